"""Sources: named once, used again."""

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from claims.errors import Invalid, NotAllowed
from claims.history import record
from claims.models import Source

_ENOUGH = ("claims.add_evidence", "claims.add_claim")


@transaction.atomic
def name_source(
    *,
    actor: User,
    name: str,
    kind: str = Source.Kind.ORGANISATION,
    description: str = "",
    url: str = "",
) -> Source:
    """Return the source of this name and kind, in any case of letters; add it when it is new.

    What is known of a source already stays as it is. Raises `NotAllowed` and `Invalid`.
    """
    if not any(actor.has_perm(permission) for permission in _ENOUGH):
        raise NotAllowed(gettext("Your role does not let you name sources."))
    name = name.strip()
    if not name:
        raise Invalid(source=gettext("Give the source a name."))
    known = Source.objects.named([name]).filter(kind=kind)
    if found := known.first():
        return found
    try:
        with transaction.atomic():
            return _add(actor, Source(name=name, kind=kind, description=description, url=url))
    except IntegrityError:
        # Somebody else named it in the same moment.
        return known.get()


def _add(actor: User, source: Source) -> Source:
    source.save()
    record(actor=actor, verb="name", subject=source, detail={"name": source.name})
    return source
