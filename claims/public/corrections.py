"""Everything that was corrected or taken back after publication, the newest first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from claims.models import Correction, FactCheck
from claims.public.answers import not_found, page
from claims.public.places import Place, place_from
from claims.public.showing import CORRECTIONS
from claims.published import published
from claims.publishing.data import PublishedCheck, PublishedCorrection

PAGE = 30
_CORRECTION, _RETRACTION = 1, 0  # of the same second, the retraction comes last


@dataclass(frozen=True)
class Change:
    """A correction or a retraction of one fact-check; a retraction has no `correction`."""

    at: datetime
    check: PublishedCheck
    title: str | Promise
    says: str
    correction: PublishedCorrection | None

    @property
    def key(self) -> str:
        """What names it for good, as feeds need: the fact-check's address and a number."""
        number = self.correction.number if self.correction else "retraction"
        return f"{self.check.url}#correction-{number}"


@require_safe
def corrections(request: HttpRequest) -> HttpResponseBase:
    """Show a page of the list."""
    after = place_from(request.GET.get("after", ""))
    if "after" in request.GET and after is None:
        return not_found(request)
    changes, following = changes_at(timezone.now(), PAGE, after)
    context: dict[str, object] = {
        "here": "corrections",
        "changes": changes,
        "next": following,
        "later": after,
    }
    return page(request, "public/corrections.html", context)


def changes_at(
    now: datetime, limit: int, after: Place | None = None
) -> tuple[list[Change], Place | None]:
    """Return what was changed and may be seen at `now`, and where the next page begins.

    The newest come first; `after` is where the page before ended. About ten queries.
    """
    both = (*_corrected(now, after, limit + 1), *_retracted(now, after, limit + 1))
    found = sorted(both, reverse=True)
    more, shown = len(found) > limit, found[:limit]
    return list(_written(shown, now)), shown[-1] if more else None


def _corrected(now: datetime, after: Place | None, limit: int) -> Iterator[Place]:
    seen = FactCheck.objects.holding(now).filter(pk=OuterRef("fact_check_id"))
    rows = Correction.objects.filter(Exists(seen), _before("made_at", _CORRECTION, after))
    for made_at, pk in rows.order_by("-made_at", "-pk").values_list("made_at", "pk")[:limit]:
        yield Place(made_at, _CORRECTION, pk)


def _retracted(now: datetime, after: Place | None, limit: int) -> Iterator[Place]:
    gone = FactCheck.objects.gone(now).public(now)
    rows = gone.filter(_before("retracted_at", _RETRACTION, after))
    times = rows.order_by("-retracted_at", "-pk").values_list("retracted_at", "pk")
    for retracted_at, pk in times[:limit]:
        if retracted_at is not None:
            yield Place(retracted_at, _RETRACTION, pk)


def _before(column: str, kind: int, after: Place | None) -> Q:
    """Return the condition for rows of `kind` that come after a place in the order."""
    if after is None:
        return Q()
    earlier = Q(**{f"{column}__lt": after.at})
    if kind < after.kind:
        return earlier | Q(**{column: after.at})
    if kind == after.kind:
        return earlier | Q(**{column: after.at, "pk__lt": after.id})
    return earlier


def _written(places: list[Place], now: datetime) -> Iterator[Change]:
    """Yield what is to be shown of each, read once for all of them."""
    ids = {place.id for place in places if place.kind == _CORRECTION}
    numbers = {
        pk: (check, number)
        for pk, check, number in Correction.objects.filter(pk__in=ids).values_list(
            "pk", "fact_check_id", "number"
        )
    }
    wanted = {check for check, _ in numbers.values()}
    wanted |= {place.id for place in places if place.kind == _RETRACTION}
    rows = FactCheck.objects.public(now).filter(pk__in=wanted)
    checks = {check.id: check for check in published(rows)}
    for place in places:
        if place.kind == _RETRACTION:
            yield _retraction(checks[place.id])
        else:
            check, number = numbers[place.id]
            yield _correction(checks[check], number)


def _retraction(check: PublishedCheck) -> Change:
    if check.retraction is None:
        raise ValueError(f"Fact-check {check.id} is not retracted.")
    title = gettext_lazy("Retracted")
    return Change(check.retraction.at, check, title, check.retraction.because, None)


def _correction(check: PublishedCheck, number: int) -> Change:
    found = next(one for one in check.corrections if one.number == number)
    return Change(found.made_at, check, CORRECTIONS[found.kind], found.says, found)
