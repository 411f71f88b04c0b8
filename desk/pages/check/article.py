"""The article's column: the text with every claim marked, older texts, and what changed."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from claims.anchoring import Segment, word_diff
from claims.ids import id_in
from claims.models import ArticleVersion, Claim, RatingScale, Reanchoring
from claims.states import ClaimState
from desk.marking import Mark, Paragraph, Where, paragraphs
from desk.models import VerificationTask
from desk.pages.access import page
from desk.pages.check.common import SEES, task_of, user_of
from desk.pages.check.forms import SelectionForm
from desk.states import HELD, LIVE, TaskState

WORDS = {
    Where.OPEN: gettext_lazy("Open"),
    Where.IN_CHECK: gettext_lazy("In check"),
    Where.SUBMITTED: gettext_lazy("Submitted"),
    Where.APPROVED: gettext_lazy("Approved"),
    Where.REOPENED: gettext_lazy("Reopened"),
}
LETTERS = {
    Where.OPEN: gettext_lazy("O"),
    Where.IN_CHECK: gettext_lazy("C"),
    Where.SUBMITTED: gettext_lazy("S"),
    Where.APPROVED: gettext_lazy("A"),
    Where.REOPENED: gettext_lazy("R"),
}
_BIGGEST = 2**31 - 1
Row = dict[str, Any]
LOW, HIGH = 0.4, 0.7
"""Below and above which share of its scale a rating is coloured as low or high."""


@dataclass(frozen=True)
class Sign:
    """One line of the legend."""

    where: str
    letter: str
    says: str
    count: int


@dataclass(frozen=True)
class Text:
    """The text that the column shows: as it is, or what differs from an older one."""

    version: ArticleVersion
    is_newest: bool
    versions: list[Row]
    paragraphs: list[Paragraph]
    has_mine: bool
    legend: list[Sign]
    against: ArticleVersion | None
    diff: list[Segment]
    headline_diff: list[Segment]


def text_of(
    task: VerificationTask, *, number: int | None = None, against: int | None = None
) -> Text:
    """Return the text `number` of the task's article (the newest), compared with `against`.

    6 queries, for an older text 7, whatever the length. Raises `Http404` for a text that is not
    there.
    """
    article = task.claim.article
    rows: Any = article.versions.order_by("-number")
    known: list[Row] = list(rows.values("number", "created_at", "created_by__username"))
    newest = known[0]["number"]
    version = _version(article.versions, number or newest)
    older = _version(article.versions, against) if against else None
    is_newest = version.number == newest
    places = None if is_newest else _places(version)
    marks = _marks(version, places) if older is None else []
    counts = Counter(mark.where for mark in marks)
    return Text(
        version=version,
        is_newest=is_newest,
        versions=known,
        paragraphs=[] if older else paragraphs(version.body, marks, task.claim_id),
        has_mine=any(mark.claim_id == task.claim_id for mark in marks),
        legend=[_sign(where, counts[where]) for where in Where if counts[where]],
        against=older,
        diff=word_diff(older.body, version.body) if older else [],
        headline_diff=word_diff(older.headline, version.headline) if older else [],
    )


def _sign(where: Where, count: int) -> Sign:
    return Sign(where.value, str(LETTERS[where]), str(WORDS[where]), count)


def _version(versions: Any, number: int) -> ArticleVersion:
    try:
        found: ArticleVersion = versions.get(number=number)
    except ArticleVersion.DoesNotExist:
        raise Http404(_("There is no such text of this article.")) from None
    return found


Places = dict[int, tuple[int, int]]


def _places(version: ArticleVersion) -> Places:
    """Return where each claim stood in an older text, by its id. 1 query."""
    stood = Reanchoring.objects.filter(
        Q(before__version=version) | Q(after__version=version), claim__article=version.article_id
    )
    rows: Any = stood.values(
        "claim_id", "before__version", "before__start", "before__end", "after__start", "after__end"
    )
    places: Places = {}
    for row in rows:
        side = "before" if row["before__version"] == version.pk else "after"
        places[row["claim_id"]] = (row[f"{side}__start"], row[f"{side}__end"])
    return places


def _marks(version: ArticleVersion, places: Places | None) -> list[Mark]:
    """Return a mark for each claim of the text that was not dismissed. 3 queries.

    `places` are those of an older text: there every claim is marked that stood in it, also one that
    the newest text no longer makes.
    """
    here = Q(passage__version=version)
    of_text = here & Q(in_text=True) if places is None else here | Q(pk__in=places)
    claims = Claim.objects.filter(of_text).exclude(state=ClaimState.DISMISSED)
    rows: Any = claims.values(
        "id",
        "state",
        "quote",
        start=F("passage__start"),
        end=F("passage__end"),
        label=F("standing__rating__label"),
        value=F("standing__rating__value"),
        scale=F("standing__rating__scale"),
    )
    found: list[Row] = [_placed(row, places or {}) for row in rows]
    tasks = _newest_tasks([row["id"] for row in found])
    tones = _tones({row["scale"] for row in found if row["scale"]})
    return [_mark(row, tasks.get(row["id"]), tones) for row in found]


def _placed(row: Row, places: Places) -> Row:
    start, end = places.get(row["id"], (row["start"], row["end"]))
    return row | {"start": start, "end": end}


def _newest_tasks(claims: list[int]) -> dict[int, Row]:
    rows: Any = VerificationTask.objects.filter(claim__in=claims).order_by("pk")
    # Of several, the last one in the order wins: the newest.
    return {
        row["claim_id"]: row for row in rows.values("id", "claim_id", "state", "predecessor_id")
    }


def _tones(scales: set[int]) -> dict[tuple[int, int], str]:
    """Return for each value of these scales whether it lies low, in the middle or high."""
    tones = {}
    for scale in RatingScale.objects.filter(pk__in=scales).prefetch_related("ratings"):
        values = sorted(r.value for r in scale.ratings.all() if r.value is not None)
        for value in values:
            share = (value - values[0]) / max(values[-1] - values[0], 1)
            tones[scale.pk, value] = "low" if share < LOW else "high" if share > HIGH else "middle"
    return tones


def _mark(row: Row, task: Row | None, tones: dict[tuple[int, int], str]) -> Mark:
    where = _where(row, task)
    approved = where == Where.APPROVED
    return Mark(
        claim_id=row["id"],
        start=row["start"],
        end=row["end"],
        where=where,
        says=row["label"] if approved else str(LETTERS[where]),
        tone=tones.get((row["scale"], row["value"]), "") if approved else "",
        task_id=task["id"] if task else None,
        words=f"{WORDS[where]}: {row['label']}" if approved else str(WORDS[where]),
    )


def _where(row: Row, task: Row | None) -> Where:
    if task is not None and task["state"] in LIVE:
        if task["state"] == TaskState.SUBMITTED:
            return Where.SUBMITTED
        if task["predecessor_id"]:
            return Where.REOPENED
        return Where.IN_CHECK if task["state"] in HELD else Where.OPEN
    return Where.APPROVED if row["label"] else Where.OPEN


def asked_number(request: HttpRequest, name: str) -> int | None:
    """Return the number of a text that the address asks for. Raises `Http404` for nonsense."""
    asked = request.GET.get(name, "")
    if not asked:
        return None
    if not 0 < (number := id_in(asked)) < _BIGGEST:
        raise Http404(_("There is no such text of this article."))
    return number


@require_safe
@page(SEES)
def article_part(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the article's column by itself: another text, or what changed since one."""
    task = task_of(user_of(request), pk)
    number, against = asked_number(request, "version"), asked_number(request, "against")
    text = text_of(task, number=number, against=against)
    context = {"task": task, "text": text, "selection_form": SelectionForm()}
    return render(request, "desk/check/article.html", context)
