"""What an editor sees before deciding: everything known of one verdict, read in a few queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from django.contrib.auth.models import User
from django.db.models import Q

from claims.actions.verdicts import why_not_review
from claims.admin.excerpts import Excerpt, excerpt_of
from claims.admin.history import Entry, entries
from claims.admin.words import web_address
from claims.anchoring import Segment, word_diff
from claims.models import Approval, Attribution, CitedEvidence, Claim, Event, Evidence, Verdict
from claims.states import VERDICT_TRANSITIONS, Decision, VerdictState

REVIEWED = Verdict.objects.select_related(
    "claim__article",
    "claim__beat",
    "claim__passage__version",
    "passage__version",
    "version",
    "rating__scale",
    "author",
)
"""Verdicts with what the review page reads of them."""


@dataclass(frozen=True)
class Piece:
    """A piece of evidence as the page shows it: links only where a browser may follow them."""

    evidence: Evidence
    cited: bool
    url: str
    archived_url: str


@dataclass(frozen=True)
class Stance:
    """The evidence that does the same to the claim."""

    name: str
    label: str
    pieces: list[Piece]


@dataclass(frozen=True)
class Change:
    """What one verdict says otherwise than the one before it."""

    name: str
    segments: list[Segment]


@dataclass(frozen=True)
class Earlier:
    """An earlier verdict on the claim, with the votes on it and what the next one changed."""

    verdict: Verdict
    votes: list[Approval]
    changes: list[Change]


@dataclass(frozen=True)
class Review:
    """Everything the review page shows of one verdict."""

    verdict: Verdict
    excerpt: Excerpt
    moved_on: bool
    chain: list[Attribution]
    stances: list[Stance]
    withdrawn: list[Piece]
    earlier: list[Earlier]
    votes: list[Approval]
    given: int
    needed: int
    history: list[Entry]


def review_of(verdict: Verdict) -> Review:
    """Return what is known of `verdict`, which must come from `REVIEWED`."""
    claim = verdict.claim
    pieces = _pieces(verdict)
    verdicts = list(
        Verdict.objects.filter(claim=claim, number__lte=verdict.number)
        .select_related("rating", "author", "passage")
        .order_by("number")
    )
    votes = _votes(verdicts)
    own = votes.get(verdict.pk, [])
    return Review(
        verdict=verdict,
        excerpt=excerpt_of(verdict.passage),
        moved_on=claim.quote != verdict.passage.exact,
        chain=list(claim.attributions.select_related("source")),
        stances=_by_stance(piece for piece in pieces if not piece.evidence.withdrawn_at),
        withdrawn=[piece for piece in pieces if piece.evidence.withdrawn_at],
        earlier=_earlier(verdicts, votes),
        votes=own,
        given=sum(vote.decision == Decision.APPROVE for vote in own),
        needed=verdict.quorum,
        history=history_of(claim),
    )


def why_not(actor: User, verdict: Verdict, verb: str) -> str:
    """Return why `actor` may not `verb` this verdict, as a sentence; empty when they may."""
    if verdict.state not in VERDICT_TRANSITIONS[verb].sources:
        return f"This verdict is no longer in review: it was {_decided(verdict)}."
    if refusal := why_not_review(actor, verdict):
        return refusal
    if verdict.approvals.filter(editor=actor).exists():
        return "You have voted on this verdict already."
    return ""


def _decided(verdict: Verdict) -> str:
    return VerdictState(verdict.state).label.lower()


def _pieces(verdict: Verdict) -> list[Piece]:
    cited = set(CitedEvidence.objects.filter(verdict=verdict).values_list("evidence_id", flat=True))
    evidence = Evidence.objects.filter(claim=verdict.claim_id)
    return [
        Piece(
            evidence=piece,
            cited=piece.pk in cited,
            url=web_address(piece.url),
            archived_url=web_address(piece.archived_url),
        )
        for piece in evidence.select_related("source", "added_by", "withdrawn_by")
    ]


def _by_stance(pieces: Iterable[Piece]) -> list[Stance]:
    found = list(pieces)
    return [
        Stance(
            stance.value,
            str(stance.label),
            [piece for piece in found if piece.evidence.stance == stance],
        )
        for stance in Evidence.Stance
    ]


def _votes(verdicts: Iterable[Verdict]) -> dict[int, list[Approval]]:
    votes: dict[int, list[Approval]] = {}
    cast = Approval.objects.filter(verdict__in=verdicts).select_related("editor")
    for vote in cast.order_by("pk"):
        votes.setdefault(vote.verdict_id, []).append(vote)
    return votes


def _earlier(verdicts: list[Verdict], votes: dict[int, list[Approval]]) -> list[Earlier]:
    """Return the verdicts before the last, newest first."""
    found = [
        Earlier(old, votes.get(old.pk, []), _changes(old, new)) for old, new in pairwise(verdicts)
    ]
    return found[::-1]


def _changes(old: Verdict, new: Verdict) -> list[Change]:
    said = (
        ("Rating", old.rating.label, new.rating.label),
        ("Summary", old.summary, new.summary),
        ("Explanation", old.explanation, new.explanation),
        ("Words of the article", old.passage.exact, new.passage.exact),
    )
    return [Change(name, word_diff(was, now)) for name, was, now in said if was != now]


def history_of(claim: Claim) -> list[Entry]:
    """Return what happened to the claim and to its article as such, in order."""
    its_own, the_article_s = Q(claim=claim), Q(article=claim.article_id, claim__isnull=True)
    events = Event.objects.filter(its_own | the_article_s)
    return entries(events.select_related("actor", "version").order_by("id"))


def next_waiting(actor: User, after: Verdict) -> Verdict | None:
    """Return the verdict due next on which `actor` may decide; None when there is none."""
    waiting = Verdict.objects.visible_to(actor).awaiting_approval().exclude(pk=after.pk)
    barred = waiting.exclude(author=actor).exclude(claim__evidence__added_by=actor)
    return barred.exclude(approvals__editor=actor).first()
