"""Sentences: people know better than the desk what there is to check in them."""

from django.contrib.auth.models import User
from django.db import transaction

from claims.errors import Invalid
from claims.history import record
from claims.locking import lock_row
from claims.models import Sentence
from claims.permissions import require


@transaction.atomic
def set_sentence_kind(*, actor: User, sentence: Sentence, kind: str) -> Sentence:
    """Say what a sentence is: put page furniture back, or mark that there is nothing to check.

    Returns the sentence. Raises `NotAllowed` and `Invalid` for an unknown kind.
    """
    require(actor, "claims.triage_claim", "say what a sentence is")
    if kind not in Sentence.Kind.values:
        raise Invalid(kind=f"Choose one of: {', '.join(Sentence.Kind.values)}.")
    locked = lock_row(Sentence.objects.select_related("version"), sentence.pk)
    before = locked.kind
    if before == kind:
        return locked
    locked.kind, locked.set_by = kind, actor
    locked.save(update_fields=["kind", "set_by"])
    record(
        actor=actor,
        verb="reclassify",
        subject=locked,
        article_id=locked.version.article_id,
        version_id=locked.version_id,
        detail={"before": before, "after": kind, "start": locked.start, "end": locked.end},
    )
    return locked
