"""The articles, newest first: find one, see whether it may go out, and open its proof."""

from typing import Any, cast
from urllib.parse import urlencode

from django.contrib.auth.models import User
from django.db.models import Count, F, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from claims.clearance import cleared
from claims.clearance.reading import facts_of_newest, newest_texts
from claims.models import Article, Beat, Message
from desk.pages.access import page
from desk.pages.proof.page import SEES

A_PAGE = 20
Row = dict[str, Any]


@require_safe
@page(SEES)
def articles(request: HttpRequest) -> HttpResponse:
    """List the articles that the person may see, twenty a page, by search and beat."""
    user = cast(User, request.user)
    words, beat = request.GET.get("q", "").strip()[:200], request.GET.get("beat", "")
    found = list(_found(user, words, beat, _before(request))[: A_PAGE + 1])
    more = len(found) > A_PAGE
    rows = found[:A_PAGE]
    context = {
        "rows": _with_clearance(rows, user),
        "words": words.replace("\0", ""),
        "beat": beat,
        "beats": list(Beat.objects.values_list("slug", "name")),
        "next": _address(words, beat, rows[-1]["id"]) if more else "",
        "is_first": "before" not in request.GET,
    }
    part = request.headers.get("HX-Request") and not request.headers.get("HX-History-Restore")
    template = "desk/proof/articles_part.html" if part else "desk/proof/articles.html"
    return render(request, template, context)


def _before(request: HttpRequest) -> int | None:
    before = request.GET.get("before", "")
    return int(before) if before.isascii() and before.isdecimal() and len(before) < 19 else None


def _found(user: User, words: str, beat: str, before: int | None) -> Any:
    rows = Article.objects.visible_to(user).order_by("-id")
    words = words.replace("\0", "")
    if words:
        matching = Q(headline__icontains=words) | Q(cms_id__iexact=words)
        rows = rows.filter(matching | Q(byline__icontains=words))
    if beat:
        rows = rows.filter(beat__slug=beat.replace("\0", ""))
    if before is not None:
        rows = rows.filter(pk__lt=before)
    columns = ("id", "headline", "byline", "publish_at", "embargo_until")
    return rows.values(*columns, beat_name=F("beat__name"))


def _address(words: str, beat: str, before: int) -> str:
    named = {"q": words, "beat": beat, "before": before}
    return "?" + urlencode({name: value for name, value in named.items() if value})


def _with_clearance(rows: list[Row], user: User) -> list[Row]:
    """Add to each row the answer for its newest text, and how many questions the author has.

    A constant number of statements, however many rows.
    """
    ids = [row["id"] for row in rows]
    now = timezone.now()
    texts = facts_of_newest(newest_texts(ids), seen_by=user)
    answers = {text.article_id: (text, cleared(text, now)) for text in texts}
    asked = Message.objects.visible_to(user).unanswered()
    asked = asked.filter(claim__article__in=ids, for_reporter=True).order_by()
    questions = dict(asked.values_list("claim__article").annotate(Count("pk")))
    for row in rows:
        row["text"], row["clearance"] = answers[row["id"]]
        row["questions"] = questions.get(row["id"], 0)
    return rows
