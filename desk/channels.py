"""By which ways people are told: what they set, else the desk's defaults."""

from collections.abc import Iterable
from dataclasses import dataclass

from claims.prepared import Prepared
from desk.models import Notice, Preferences


@dataclass(frozen=True)
class Way:
    """How one kind of notice reaches a person: on the page, and by which mail (or none)."""

    page: bool
    mail: str


DEFAULT = Way(page=True, mail=Notice.MailHow.DIGEST)
"""On the page at once, and in the next digest whatever is unread by then."""


_OF_ONE = Prepared(lambda person: Preferences.objects.filter(person=person), int)


def way_of(preferences: Preferences | None, kind: str) -> Way:
    """Return how the person with these preferences (None: the defaults) is told of `kind`."""
    chosen = preferences.channels.get(kind) if preferences else None
    return Way(**chosen) if chosen else DEFAULT


def ways_of(people: Iterable[int], kind: str) -> dict[int, Way]:
    """Return the way for each person who has preferences, by the person's id."""
    ids = list(people)
    rows = _OF_ONE.rows(*ids) if len(ids) == 1 else Preferences.objects.filter(person__in=ids)
    return {one.person_id: way_of(one, kind) for one in rows}
