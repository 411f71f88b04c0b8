"""Shaping suggestions: other words, one split into several, several merged into one."""

from collections.abc import Iterable, Sequence

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext

from claims.actions.carrying import passage_at
from claims.actions.claims import accept_claim, enter_claim, refuse_doubles
from claims.anchoring import Found, describe, locate
from claims.errors import Conflict, Invalid
from claims.history import record
from claims.locking import lock_row, save_row
from claims.models import Article, Claim, Passage, SpottingSettings
from claims.permissions import require
from claims.spotted import factors_in, part_of, particulars_in, suggestion_of
from claims.spotting import Kind, Suggestion
from claims.states import ClaimState

_WEIGHED = ("check_worthiness", "factors", "particulars")


@transaction.atomic
def requote_claim(
    *, actor: User, claim: Claim, quote: str, expected_revision: int | None = None
) -> Claim:
    """Let a suggestion hold other words of the same text: longer, shorter; return it.

    Raises `NotAllowed`, `Stale`, `Conflict` (not a suggestion any more) and `Invalid`.
    """
    require(actor, "claims.change_claim", gettext("change claims"))
    lock_row(Article.objects.all(), claim.article_id)
    locked = _lock_suggestion(claim.pk, expected_revision)
    before, body = locked.quote, locked.passage.version.body
    passage = _passage_of(locked, quote)
    refuse_doubles(locked.article, passage, besides=locked.pk)
    passage.save()
    spotted = suggestion_of(locked)
    locked.passage, locked.quote = passage, passage.exact
    _weigh(locked, [spotted], body)
    save_row(locked, "passage", "quote", *_WEIGHED)
    detail = {"before": {"quote": before}, "after": {"quote": locked.quote}}
    record(actor=actor, verb="change", subject=locked, claim=locked, detail=detail)
    return locked


def _passage_of(claim: Claim, quote: str) -> Passage:
    """Return the unsaved passage of `quote`: in the words of `claim`, or nearest to them."""
    version, words = claim.passage.version, quote.strip()
    start = version.body.find(words, claim.passage.start, claim.passage.end) if words else -1
    if start >= 0:
        return passage_at(version, describe(version.body, start, start + len(words)))
    found = locate(version.body, words, near=claim.passage.start) if words else None
    if not isinstance(found, Found):
        raise Invalid(quote=gettext("These words are not in the article."))
    return passage_at(version, describe(version.body, found.anchor.start, found.anchor.end))


def _weigh(claim: Claim, spotted: Iterable[Suggestion], body: str) -> None:
    """Set what was spotted in the words `claim` has now, out of what was spotted around them.

    A claim in which nothing had been spotted keeps what a person gave it.
    """
    around = [one for one in spotted if one.factors]
    if not around:
        return
    given = SpottingSettings.objects.first() or SpottingSettings()
    start, end = claim.passage.start, claim.passage.end
    found = part_of(around, start, end, Kind(claim.kind), given.weights)
    claim.check_worthiness = found.check_worthiness
    claim.factors, claim.particulars = factors_in(found, body), particulars_in(found, body)


@transaction.atomic
def split_claim(
    *, actor: User, claim: Claim, quotes: Sequence[str], expected_revision: int | None = None
) -> list[Claim]:
    """Split a suggestion into one claim for each of `quotes`; return them.

    The parts keep its attribution, beat and priority; the whole is dismissed. Raises `NotAllowed`,
    `Stale`, `Conflict`, and `Invalid` for fewer than two quotes or one that is not in the text.
    """
    require(actor, "claims.triage_claim", gettext("split claims"))
    if len(quotes) < 2:
        raise Invalid(quotes=gettext("Give the words of at least two claims."))
    lock_row(Article.objects.all(), claim.article_id)
    whole = _lock_suggestion(claim.pk, expected_revision)
    parts = [_part(actor, whole, quote) for quote in quotes]
    numbers = [part.pk for part in parts]
    _set_aside(actor, whole, "split", f"Split into claims {_listed(numbers)}.", into=numbers)
    return parts


def _part(actor: User, whole: Claim, quote: str) -> Claim:
    here = _passage_of(whole, quote)
    part = enter_claim(
        actor=actor,
        article=whole.article,
        quote=here.exact,
        prefix=here.prefix,
        suffix=here.suffix,
        beat=whole.beat,
        priority=whole.priority,
        language=whole.language,
        kind=whole.kind,
        check_worthiness=whole.check_worthiness,
    )
    _weigh(part, [suggestion_of(whole)], whole.passage.version.body)
    save_row(part, *_WEIGHED)
    _copy_chain(whole, part)
    return part


def _copy_chain(source: Claim, target: Claim) -> None:
    for link in source.attributions.all():
        link.pk, link.claim = None, target
        link.save(force_insert=True)


@transaction.atomic
def merge_claims(*, actor: User, claims: Iterable[Claim]) -> Claim:
    """Merge suggestions of one article into one claim from the first to the last of their words.

    Returns the new claim; it keeps the attribution of the first in reading order, and the others
    are dismissed. Raises `NotAllowed`, `Conflict`, and `Invalid` for fewer than two.
    """
    require(actor, "claims.triage_claim", gettext("merge claims"))
    chosen = {one.pk: one.article_id for one in claims}
    if len(chosen) < 2:
        raise Invalid(claims=gettext("Choose at least two claims."))
    if len(set(chosen.values())) > 1:
        raise Invalid(claims=gettext("Choose claims of one article."))
    lock_row(Article.objects.all(), next(iter(chosen.values())))
    rows = sorted((_lock_suggestion(pk) for pk in sorted(chosen)), key=_place)
    if len({row.passage.version_id for row in rows}) > 1:
        raise Invalid(claims=gettext("Choose claims of the newest version."))
    merged = _whole_of(rows) or _enter_whole(actor, rows)
    for row in rows:
        if row.pk != merged.pk:
            _set_aside(actor, row, "merge", f"Merged into claim {merged.pk}.", into=[merged.pk])
    return merged


def _whole_of(rows: Sequence[Claim]) -> Claim | None:
    """Return the one of `rows` that holds the words of all of them, if there is one."""
    start, end = rows[0].passage.start, max(row.passage.end for row in rows)
    return next((row for row in rows if _place(row) == (start, end)), None)


def _enter_whole(actor: User, rows: Sequence[Claim]) -> Claim:
    """Enter a claim from the first to the last word of `rows`, which are in reading order."""
    first, body = rows[0], rows[0].passage.version.body
    anchor = describe(body, first.passage.start, max(row.passage.end for row in rows))
    merged = enter_claim(
        actor=actor,
        article=first.article,
        quote=anchor.exact,
        prefix=anchor.prefix,
        suffix=anchor.suffix,
        beat=first.beat,
        priority=max(row.priority for row in rows),
        language=first.language,
        kind=first.kind,
        check_worthiness=max(row.check_worthiness or 0 for row in rows),
    )
    _weigh(merged, map(suggestion_of, rows), body)
    save_row(merged, *_WEIGHED)
    _copy_chain(first, merged)
    return merged


@transaction.atomic
def accept_suggestions(*, actor: User, article: Article, at_least: float = 0.0) -> list[Claim]:
    """Accept every suggestion of `article` that scores `at_least` that much; return them.

    The score runs from 0 to 1 and ranks within the article. Raises `NotAllowed` and `Invalid`.
    """
    require(actor, "claims.triage_claim", gettext("accept claims"))
    if not 0 <= at_least <= 1:
        raise Invalid(at_least=gettext("A score lies between 0 and 1."))
    lock_row(Article.objects.all(), article.pk)
    waiting = article.claims.suggested().filter(in_text=True, check_worthiness__gte=at_least)
    return [accept_claim(actor=actor, claim=claim) for claim in waiting.order_by("pk")]


def _lock_suggestion(pk: int, expected_revision: int | None = None) -> Claim:
    rows = Claim.objects.select_related("passage__version", "article", "beat")
    claim = lock_row(rows, pk, expected_revision=expected_revision)
    if claim.state != ClaimState.SUGGESTED:
        raise Conflict(
            f"This claim is {claim.state}; only suggestions can be reshaped.", state=claim.state
        )
    return claim


def _place(claim: Claim) -> tuple[int, int]:
    return claim.passage.start, claim.passage.end


def _set_aside(actor: User, claim: Claim, verb: str, reason: str, *, into: list[int]) -> None:
    before, claim.state = claim.state, ClaimState.DISMISSED
    save_row(claim, "state")
    record(
        actor=actor,
        verb=verb,
        subject=claim,
        claim=claim,
        from_state=before,
        to_state=claim.state,
        reason=reason,
        detail={"into": into},
    )


def _listed(numbers: Sequence[int]) -> str:
    return ", ".join(str(number) for number in numbers)
