"""Notices: what a person should know, unread first."""

from dataclasses import dataclass
from typing import cast

from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from desk import notice_words
from desk.actions import read_notices
from desk.models import Notice
from desk.pages.access import page
from desk.pages.frame import unread_of
from desk.pages.notice_links import link_of
from desk.querysets import NoticeQuerySet

MOST_UNREAD = 100
PAGE = 50


@dataclass(frozen=True)
class Line:
    """A notice as the page shows it."""

    notice: Notice
    sentence: str
    about: str
    remark: str


@require_safe
@page()
def notices(request: HttpRequest) -> HttpResponse:
    """Show the person's notices; to htmx the part that keeps itself fresh alone."""
    mine = _of(request).select_related("by", "claim", "article")
    unread = list(mine.unread()[: MOST_UNREAD + 1])
    read = mine.filter(read_at__isnull=False)
    before = request.GET.get("before", "")
    if before.isdecimal() and len(before) < 19:
        read = read.filter(pk__lt=int(before))
    rows = list(read[: PAGE + 1])
    context = {
        "unread_lines": [_line(one) for one in unread[:MOST_UNREAD]],
        "more_unread": len(unread) > MOST_UNREAD,
        "read_lines": [_line(one) for one in rows[:PAGE]],
        "older": rows[PAGE - 1].pk if len(rows) > PAGE else None,
        "address": request.get_full_path(),
    }
    part = request.headers.get("HX-Request")
    template = "desk/notices/part.html" if part else "desk/notices/notices.html"
    return render(request, template, context)


@require_safe
@page()
def unread(request: HttpRequest) -> HttpResponse:
    """Show the badge alone, for the part of each page that keeps itself fresh."""
    waiting = unread_of(cast(User, request.user))
    return render(request, "includes/unread.html", {"unread": waiting})


@require_safe
@page()
def open_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Go where the notice leads; it counts as read from then on."""
    user = cast(User, request.user)
    notice = Notice.objects.visible_to(user).select_related("article").filter(pk=pk).first()
    if notice is None:
        raise Http404(_("There is no such notice."))
    if request.method == "GET":
        read_notices(actor=user, notices=Notice.objects.filter(pk=pk))
    return redirect(link_of(notice, user))


@require_POST
@page()
def read_one(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark one notice as read."""
    return _read(request, _of(request).filter(pk=pk))


@require_POST
@page()
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark as read what the person saw when they pressed: nothing that came later."""
    newest = request.POST.get("newest", "")
    up_to = int(newest) if newest.isdecimal() and len(newest) < 19 else 0
    return _read(request, _of(request).filter(pk__lte=up_to))


def _read(request: HttpRequest, rows: NoticeQuerySet[Notice]) -> HttpResponse:
    read_notices(actor=cast(User, request.user), notices=rows.order_by())
    return redirect("desk:notices")


def _of(request: HttpRequest) -> NoticeQuerySet[Notice]:
    return Notice.objects.visible_to(cast(User, request.user)).on_page()


def _line(notice: Notice) -> Line:
    return Line(
        notice=notice,
        sentence=notice_words.sentence(notice),
        about=notice_words.about(notice),
        remark=notice_words.remark(notice),
    )
