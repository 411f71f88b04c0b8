"""What the desk read in an article and what became of its claims, for the article's page."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.db.models import Count, Max, Min, QuerySet

from claims.actions import accept_suggestions, read_again
from claims.admin.verbs import Verb, VerbForm
from claims.anchoring import Kind, Reason, Segment
from claims.changes import WHY
from claims.coverage import Coverage, coverage_of
from claims.models import Article, ArticleVersion, Claim, Reanchoring, Sentence, VersionReading
from claims.states import ClaimState

APART_SHOWN = 200
"""So many pieces of page furniture are listed; the list of sentences has the rest."""
TRIAGE = "claims.triage_claim"


@dataclass(frozen=True)
class Stretch:
    """A stretch of an article's text: a claim holds on to it, or it is set `apart` for a reason."""

    text: str
    claim: Claim | None = None
    apart: str = ""


@dataclass(frozen=True)
class Apart:
    """A sentence that was set apart as page furniture: its words, and why."""

    sentence: Sentence
    text: str
    why: str


@dataclass(frozen=True)
class Became:
    """What became of one claim in a version."""

    claim: Claim
    status: str
    label: str
    why: str
    segments: list[Segment]


@dataclass(frozen=True)
class Living:
    """What the page of an article shows beyond its text, for one version of it."""

    reading: VersionReading | None
    coverage: Coverage | None
    waiting: list[Claim]
    by_score: bool
    apart: list[Apart]
    changed: list[Became]
    same: list[Became]


def living_of(version: ArticleVersion, claims: Iterable[Claim], *, by_score: bool) -> Living:
    """Return what is known of `version`, whose article has `claims` (in reading order).

    Coverage is counted for the newest version alone: the claims have moved on from older ones.
    """
    waiting = [one for one in claims if one.in_text and one.state == ClaimState.SUGGESTED]
    if by_score:
        waiting.sort(key=lambda one: -(one.check_worthiness or 0))
    became = _became(version)
    return Living(
        reading=VersionReading.objects.filter(pk=version.pk).first(),
        coverage=None if _has_newer(version) else coverage_of(version),
        waiting=waiting,
        by_score=by_score,
        apart=_apart(version),
        changed=[one for one in became if one.status != Reanchoring.Status.SAME],
        same=[one for one in became if one.status == Reanchoring.Status.SAME],
    )


def _has_newer(version: ArticleVersion) -> bool:
    newer = ArticleVersion.objects.filter(article=version.article_id, number__gt=version.number)
    return newer.exists()


def newest_of(article: Article) -> ArticleVersion:
    """Return the newest version of `article`."""
    return article.versions.order_by("-number")[0]


# --- The text -------------------------------------------------------------------------------------


def stretches(body: str, claims: Iterable[Claim], apart: Iterable[Apart] = ()) -> list[Stretch]:
    """Cut `body` where claims and what is set apart begin and end; of overlaps the first counts."""
    marks: list[tuple[int, int, Claim | None, str]] = [
        (one.passage.start, one.passage.end, one, "") for one in claims
    ]
    marks += [(one.sentence.start, one.sentence.end, None, one.why) for one in apart]
    found, at = [], 0
    for start, end, claim, why in sorted(marks, key=lambda mark: mark[:2]):
        if start < at:
            continue
        found += [Stretch(body[at:start]), Stretch(body[start:end], claim, why)]
        at = end
    return [*found, Stretch(body[at:])]


def _apart(version: ArticleVersion) -> list[Apart]:
    rows = version.sentences.filter(kind=Sentence.Kind.FURNITURE).select_related("set_by")
    return [
        Apart(row, version.body[row.start : row.end], _why_apart(row))
        for row in rows.order_by("start")[:APART_SHOWN]
    ]


def _why_apart(row: Sentence) -> str:
    """Return who or what set a sentence apart."""
    if row.set_by:
        return f"Set apart by {row.set_by.get_full_name() or row.set_by}"
    return (row.reason or row.get_kind_display()).capitalize()


# --- From version to version ----------------------------------------------------------------------


def _became(version: ArticleVersion) -> list[Became]:
    rows = Reanchoring.objects.filter(version=version).select_related("claim")
    return [
        Became(
            claim=row.claim,
            status=row.status,
            label=_label(row),
            why=", ".join(WHY[Reason(one)] for one in row.reasons),
            segments=[Segment(Kind(kind), text) for kind, text in row.diff],
        )
        for row in rows.order_by("before__start", "pk")
    ]


def _label(row: Reanchoring) -> str:
    label = str(row.get_status_display())
    if row.cosmetic:
        label += ", but nothing that means anything else"
    return f"{label}, moved" if row.moved else label


# --- Buttons --------------------------------------------------------------------------------------


class AcceptForm(VerbForm):
    """From which score on suggestions are accepted."""

    at_least = forms.FloatField(
        label="Accept from this score on",
        min_value=0,
        max_value=1,
        widget=forms.NumberInput(attrs={"step": "0.01"}),
    )


def scores_of(article: Article) -> str:
    """Return which scores the suggestions of `article` have, for whoever is to choose one."""
    scored = _waiting(article).filter(check_worthiness__isnull=False)
    found = scored.aggregate(Count("pk"), Min("check_worthiness"), Max("check_worthiness"))
    how_many, lowest, highest = found.values()
    if not how_many:
        return "No suggestion that waits has a score."
    those = "1 waits" if how_many == 1 else f"{how_many} wait"
    return (
        f"{those}, scoring from {lowest:.2f} to {highest:.2f}. A score ranks within its article;"
        " 0 accepts all that have one."
    )


def _waiting(article: Article) -> QuerySet[Claim]:
    return article.claims.filter(in_text=True, state=ClaimState.SUGGESTED)


def _accept(actor: User, article: Article, data: dict[str, Any]) -> str:
    accepted = accept_suggestions(actor=actor, article=article, at_least=data["at_least"])
    left = _waiting(article).count()
    claims = "suggestion" if len(accepted) == 1 else "suggestions"
    return f"{len(accepted)} {claims} accepted; their checks are in the queue. {left} left."


def _why_no_accepting(actor: User, article: Article) -> str:
    if not actor.has_perm(TRIAGE):
        return "Your role does not let you accept claims."
    if not _waiting(article).exists():
        return "No suggestion of this article waits."
    return ""


def _read_again(actor: User, article: Article, data: dict[str, Any]) -> str:
    version = newest_of(article)
    read_again(actor=actor, version=version)
    return f"Version {version.number} waits to be read again. What people decided stays."


def _why_no_reading(actor: User, article: Article) -> str:
    if not actor.has_perm(TRIAGE):
        return "Your role does not let you have articles read again."
    newest = VersionReading.objects.filter(version__article=article).order_by("-pk").first()
    if newest is None:
        return "There is no reading of this text."
    if newest.state == VersionReading.State.WAITING:
        return "It waits to be read already."
    return ""


ACCEPT_SUGGESTIONS: Verb[Article] = Verb(
    name="accept-suggestions",
    label="Accept suggestions from a score on",
    why_not=_why_no_accepting,
    act=_accept,
    form=AcceptForm,
    asks="Accept suggestions from which score on?",
    css="good",
)
READ_AGAIN: Verb[Article] = Verb(
    name="read-again",
    label="Read again",
    why_not=_why_no_reading,
    act=_read_again,
    asks="Have the newest text read again?",
)
