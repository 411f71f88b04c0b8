"""Claims: enter by hand, change, accept, dismiss."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext

from claims.actions.carrying import passage_at
from claims.anchoring import NotFound, describe, locate
from claims.errors import Conflict, Invalid
from claims.history import record
from claims.locking import lock_row, save_row
from claims.models import Appearance, Article, ArticleVersion, Attribution, Claim, Passage, Source
from claims.moments import require_within_reach
from claims.permissions import require, require_reason, require_transition
from claims.states import CLAIM_TRANSITIONS, ClaimState
from claims.work import desk

CHANGEABLE = ("statement", "beat", "priority", "check_worthiness", "language")
"""What `change_claim` may change; the quote holds on to the article's own words for good."""


@dataclass(frozen=True)
class AttributionLink:
    """One link of the chain a claim came through, in reading order."""

    source: Source
    role: str
    words: str = ""


@transaction.atomic
def enter_claim(
    *,
    actor: User,
    article: Article,
    quote: str,
    statement: str = "",
    prefix: str = "",
    suffix: str = "",
    attribution: Sequence[AttributionLink] = (),
    appearances: Sequence[Mapping[str, Any]] = (),
    **particulars: Any,
) -> Claim:
    """Enter a claim by hand: find `quote` in the newest text of `article`; return the claim.

    `prefix` and `suffix` are the words around it, to tell equal passages apart. `appearances` say
    where else it was said (`url`, `place`, `said_at`). `particulars` are the other `CHANGEABLE`
    ones. Raises `NotAllowed`, and `Invalid` when the quote is not in the
    text (naming the nearest passage) or is a claim already.
    """
    require(actor, "claims.add_claim", gettext("enter claims"))
    # The article's row is the lock that makes "look, then add" safe, and the text the newest.
    lock_row(Article.objects.all(), article.pk)
    version = article.versions.order_by("-number")[0]
    passage = _find_passage(version, quote, prefix, suffix)
    refuse_doubles(article, passage)
    passage.save()
    claim = Claim.objects.create(
        article=article,
        passage=passage,
        quote=passage.exact,
        statement=statement.strip(),
        created_by=actor,
        **_particulars(article, particulars),
    )
    _write_chain(claim, attribution)
    _write_appearances(claim, appearances)
    record(
        actor=actor,
        verb="enter",
        subject=claim,
        claim=claim,
        to_state=claim.state,
        detail={"quote": claim.quote},
    )
    return claim


def _particulars(article: Article, given: dict[str, Any]) -> dict[str, Any]:
    defaults = {
        "beat": article.beat,
        "language": article.language,
        "priority": article.priority,
    }
    return defaults | {name: value for name, value in given.items() if value is not None}


def _find_passage(version: ArticleVersion, quote: str, prefix: str, suffix: str) -> Passage:
    if not quote.strip():
        raise Invalid(quote=gettext("Give the words of the article that make the claim."))
    found = locate(version.body, quote, prefix=prefix, suffix=suffix)
    if isinstance(found, NotFound):
        sentence = gettext("These words are not in the article.")
        if found.nearest:
            nearest = gettext("The nearest passage is: “%(words)s”")
            sentence += " " + nearest % {"words": found.nearest.exact}
        raise Invalid(quote=sentence)
    return passage_at(version, describe(version.body, found.anchor.start, found.anchor.end))


def refuse_doubles(article: Article, passage: Passage, *, besides: int | None = None) -> None:
    """Raise `Invalid` when a claim, other than `besides`, has the words of `passage` already."""
    same = article.claims.filter(
        passage__version=passage.version, passage__start=passage.start, passage__end=passage.end
    )
    double = same.exclude(pk=besides or 0).first()
    if double:
        words = gettext("These words are a claim already: number %(number)d.")
        raise Invalid(quote=words % {"number": double.pk})


def _write_chain(claim: Claim, chain: Iterable[AttributionLink]) -> None:
    links = [
        Attribution(
            claim=claim, source=link.source, role=link.role, words=link.words, position=position
        )
        for position, link in enumerate(chain, start=1)
    ]
    if sum(link.role == Attribution.Role.CLAIMANT for link in links) > 1:
        raise Invalid(
            attribution=gettext("A claim has one claimant; give the others the role via or origin.")
        )
    Attribution.objects.bulk_create(links)


def _write_appearances(claim: Claim, said: Iterable[Mapping[str, Any]]) -> None:
    rows = [Appearance(claim=claim, **one) for one in said]
    for row in rows:
        require_within_reach(said_at=row.said_at)
    if len({row.url for row in rows}) < len(rows):
        raise Invalid(appearances=gettext("The same address is named twice."))
    Appearance.objects.bulk_create(rows)


@transaction.atomic
def change_claim(
    *,
    actor: User,
    claim: Claim,
    changes: dict[str, Any],
    attribution: Sequence[AttributionLink] | None = None,
    expected_revision: int | None = None,
) -> Claim:
    """Change particulars of a claim, and its attribution chain when one is given; return it.

    Raises `NotAllowed`, `Stale`, and `Invalid` for what cannot be changed.
    """
    require(actor, "claims.change_claim", gettext("change claims"))
    locked = lock_row(
        Claim.objects.select_related("passage"), claim.pk, expected_revision=expected_revision
    )
    unknown = set(changes) - set(CHANGEABLE)
    if unknown:
        raise Invalid(**dict.fromkeys(unknown, gettext("This cannot be changed here.")))
    differing = {name: new for name, new in changes.items() if getattr(locked, name) != new}
    before = {name: str(getattr(locked, name)) for name in differing}
    after = {name: str(new) for name, new in differing.items()}
    if attribution is not None:
        before["attribution"] = _chain_in_words(locked)
        locked.attributions.all().delete()
        _write_chain(locked, attribution)
        after["attribution"] = _chain_in_words(locked)
    for name, new in differing.items():
        setattr(locked, name, new)
    if before == after:
        return locked
    save_row(locked, *differing)
    record(
        actor=actor,
        verb="change",
        subject=locked,
        claim=locked,
        detail={"before": before, "after": after},
    )
    desk().claim_changed(locked, actor=actor)
    return locked


def _chain_in_words(claim: Claim) -> str:
    links = claim.attributions.select_related("source")
    return " → ".join(f"{link.source.name} ({link.role})" for link in links)


@transaction.atomic
def accept_claim(
    *, actor: User | None, claim: Claim, expected_revision: int | None = None
) -> Claim:
    """Accept a claim for checking, which queues its task; return it.

    `actor` None is the desk itself, where its settings accept what scores high. Raises
    `NotAllowed`, `Conflict` and `Stale`.
    """
    locked = _lock_for_triage(actor, claim, "accept", expected_revision)
    _move(actor, locked, "accept")
    desk().claim_accepted(locked, actor=actor)
    return locked


@transaction.atomic
def dismiss_claim(
    *, actor: User, claim: Claim, reason: str, expected_revision: int | None = None
) -> Claim:
    """Dismiss a claim, saying why; what is still to do on it is cancelled. Return it.

    Raises `NotAllowed`, `Conflict` (also when a verdict on it was approved), `Stale`, `Invalid`.
    """
    locked = _lock_for_triage(actor, claim, "dismiss", expected_revision)
    reason = require_reason(reason, "reason", gettext("Say why this claim needs no check."))
    if locked.verdicts.approved().exists():
        raise Conflict(
            gettext("A verdict on this claim was approved, so it stays."), state=locked.state
        )
    _move(actor, locked, "dismiss", reason)
    desk().claim_dismissed(locked, actor=actor, reason=reason)
    return locked


def _lock_for_triage(
    actor: User | None, claim: Claim, verb: str, expected_revision: int | None
) -> Claim:
    row = CLAIM_TRANSITIONS[verb]
    if actor is not None:
        require(actor, row.permission or "", f"{verb} claims")
    locked = lock_row(
        Claim.objects.select_related("passage", "article"),
        claim.pk,
        expected_revision=expected_revision,
    )
    require_transition(row, locked.state, "claim")
    return locked


def _move(actor: User | None, claim: Claim, verb: str, reason: str = "") -> None:
    before, claim.state = claim.state, ClaimState(CLAIM_TRANSITIONS[verb].target)
    save_row(claim, "state")
    record(
        actor=actor,
        verb=verb,
        subject=claim,
        claim=claim,
        from_state=before,
        to_state=claim.state,
        reason=reason,
    )
