"""What a new version does to the claims of its article: carry them over, reopen, give up.

`claims.anchoring` decides; here its decisions are written, in the transaction that stores the
version, so that there is no moment in which a changed statement is shown as cleared.
"""

from collections import defaultdict
from collections.abc import Iterable

from django.contrib.auth.models import User

from claims.actions.publication_following import hold_back_unless_it_holds
from claims.anchoring import Anchor, Outcome, Status, reanchor
from claims.changes import WHY
from claims.history import record
from claims.locking import save_row
from claims.models import Article, ArticleVersion, Claim, Event, Passage, Reanchoring, Verdict
from claims.states import ClaimState
from claims.work import desk


def anchor_of(passage: Passage) -> Anchor:
    """Return a stored passage as `claims.anchoring` sees it."""
    return Anchor(passage.exact, passage.prefix, passage.suffix, passage.start, passage.end)


def passage_at(version: ArticleVersion, anchor: Anchor) -> Passage:
    """Return an unsaved passage of `version` at `anchor`."""
    return Passage(
        version=version,
        exact=anchor.exact,
        prefix=anchor.prefix,
        suffix=anchor.suffix,
        start=anchor.start,
        end=anchor.end,
    )


def carry_claims(*, actor: User, article: Article, version: ArticleVersion) -> list[Reanchoring]:
    """Re-anchor every claim of `article` in its new `version`; return what became of each.

    Called with the article locked. `actor` sent the version and is on record for what follows.
    """
    claims = list(
        article.claims.select_for_update(of=("self",), no_key=True)
        .select_related("passage__version", "article")
        .order_by("pk")
    )
    outcomes = _outcomes({claim.pk: claim.passage for claim in claims}, version)
    rows = _store(claims, outcomes, version)
    kept = _verdicts_that_hold(claims, version)
    reshaped = _reshaped(claims)
    for claim in claims:
        outcome = outcomes[claim.pk]
        if claim.state == ClaimState.DISMISSED and outcome.reopened and claim.pk not in reshaped:
            _suggest_again(actor, claim, _in_words(outcome))
        _follow(actor, claim, outcome, kept.get(claim.pk))
    return rows


def _reshaped(claims: Iterable[Claim]) -> set[int]:
    """Return the ids of claims that were split or merged: other claims hold their words now."""
    events = Event.objects.filter(claim__in=[claim.pk for claim in claims], subject="claim")
    return set(events.filter(verb__in=("split", "merge")).values_list("subject_id", flat=True))


def _suggest_again(actor: User, claim: Claim, reason: str) -> None:
    """What was dismissed were other words: let people decide on these. Saved with the rest."""
    before, claim.state = claim.state, ClaimState.SUGGESTED
    _note(actor, claim, "suggest", reason, before)


def _outcomes(passages: dict[int, Passage], version: ArticleVersion) -> dict[int, Outcome]:
    """Return what became of each passage in `version`, comparing each old version once."""
    by_version: dict[ArticleVersion, list[int]] = defaultdict(list)
    for key, passage in passages.items():
        by_version[passage.version].append(key)
    outcomes: dict[int, Outcome] = {}
    for old, keys in by_version.items():
        anchors = [anchor_of(passages[key]) for key in keys]
        outcomes |= zip(keys, reanchor(old.body, version.body, anchors), strict=True)
    return outcomes


def _store(
    claims: Iterable[Claim], outcomes: dict[int, Outcome], version: ArticleVersion
) -> list[Reanchoring]:
    """Write the new passages and what became of each claim; move the claims onto them."""
    rows = []
    for claim in claims:
        outcome = outcomes[claim.pk]
        after = passage_at(version, outcome.anchor) if outcome.anchor else None
        rows.append(_row(claim, version, outcome, after))
    Passage.objects.bulk_create(row.after for row in rows if row.after)
    Reanchoring.objects.bulk_create(rows)
    for row in rows:
        if row.after:
            row.claim.passage = row.after
    Claim.objects.bulk_update((row.claim for row in rows), ["passage"], batch_size=500)
    return rows


def _row(
    claim: Claim, version: ArticleVersion, outcome: Outcome, after: Passage | None
) -> Reanchoring:
    return Reanchoring(
        claim=claim,
        version=version,
        before=claim.passage,
        after=after,
        status=outcome.status.value,
        cosmetic=outcome.cosmetic,
        moved=outcome.moved,
        reasons=[reason.value for reason in outcome.reasons],
        diff=[[segment.kind.value, segment.text] for segment in outcome.diff],
    )


def _verdicts_that_hold(
    claims: Iterable[Claim], version: ArticleVersion
) -> dict[int, Verdict | None]:
    """Return for each claim with an approved verdict the newest one whose words stand again."""
    verdicts = (
        Verdict.objects.approved()
        .filter(claim__in=[claim.pk for claim in claims])
        .select_related("passage__version")
        .order_by("number")
    )
    rows = {verdict.pk: verdict for verdict in verdicts}
    outcomes = _outcomes({pk: verdict.passage for pk, verdict in rows.items()}, version)
    holding: dict[int, Verdict | None] = {}
    for pk, verdict in rows.items():
        holding.setdefault(verdict.claim_id, None)
        if outcomes[pk].kept:
            holding[verdict.claim_id] = verdict
    return holding


def _follow(actor: User, claim: Claim, outcome: Outcome, holding: Verdict | None) -> None:
    """Write what follows from the outcome for the claim, its verdict and its work."""
    was_in_text, claim.in_text = claim.in_text, outcome.status is not Status.GONE
    stood, claim.standing = claim.standing_id, holding if claim.in_text else None
    if outcome.anchor:
        claim.quote = outcome.anchor.exact
    save_row(claim, "quote", "in_text", "standing", "state")
    reason = _in_words(outcome)
    hold_back_unless_it_holds(claim, reason)
    if not claim.in_text:
        if was_in_text:
            _note(actor, claim, "lose", reason)
            desk().claim_gone(claim, actor=actor, reason=reason)
    elif claim.standing and not (stood and was_in_text):
        reason = "The words that the verdict was given for stand in the article again."
        _note(actor, claim, "restore", reason)
        desk().claim_restored(claim, actor=actor, reason=reason)
    elif outcome.reopened or not was_in_text or (stood and not claim.standing):
        _note(actor, claim, "touch", reason)
        if claim.state == ClaimState.ACCEPTED:
            desk().claim_touched(claim, actor=actor, reason=reason)


def _in_words(outcome: Outcome) -> str:
    if outcome.status is Status.GONE:
        return "The new version no longer says this."
    if not outcome.reopened:
        return "The new version says this again."
    return f"The new version changed: {', '.join(WHY[reason] for reason in outcome.reasons)}."


def _note(actor: User, claim: Claim, verb: str, reason: str, before: str = "") -> None:
    record(
        actor=actor,
        verb=verb,
        subject=claim,
        claim=claim,
        from_state=before or claim.state,
        to_state=claim.state,
        reason=reason,
    )
