"""Where articles are fetched from: single addresses, and feeds that are followed."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.actions import follow_feed, request_article, stop_feed
from claims.admin.base import ActionAdmin, ActionForm, Formsets, actor_of
from claims.admin.verbs import ButtonsAdmin, Verb
from claims.admin.words import linked, moment, until
from claims.models import Feed, IntakeRequest

FOLLOW = "claims.follow_feed"
MOST_MINUTES = 10_080
"""A week: a feed that is looked at less often is not followed."""
_NOT_YOURS = "Your role does not let you follow feeds."


class FeedForm(ActionForm):
    """A feed to follow; one that was stopped may be followed again by its address."""

    left_to_action = frozenset({"url"})
    every_minutes = forms.IntegerField(
        label="Look every … minutes", min_value=1, max_value=MOST_MINUTES, initial=15
    )


def _stop(actor: User, feed: Feed, data: dict[str, Any]) -> str:
    stop_feed(actor=actor, feed=feed)
    return f"“{feed}” is not followed any more. What came from it stays."


def _follow(actor: User, feed: Feed, data: dict[str, Any]) -> str:
    follow_feed(
        actor=actor, url=feed.url, beat=feed.beat, every_minutes=feed.every_minutes, name=feed.name
    )
    return f"“{feed}” is followed again; it is looked at now."


def _why_not_stop(actor: User, feed: Feed) -> str:
    if not actor.has_perm(FOLLOW):
        return _NOT_YOURS
    return "" if feed.active else "It is not followed any more."


def _why_not_follow(actor: User, feed: Feed) -> str:
    if not actor.has_perm(FOLLOW):
        return _NOT_YOURS
    return "It is followed already." if feed.active else ""


STOP: Verb[Feed] = Verb(
    name="stop",
    label="Stop following",
    why_not=_why_not_stop,
    act=_stop,
    asks="Stop following this feed?",
    css="bad",
)
FOLLOW_AGAIN: Verb[Feed] = Verb(
    name="follow-again",
    label="Follow again",
    why_not=_why_not_follow,
    act=_follow,
    asks="Follow this feed again?",
)


class FetchedAdmin(ActionAdmin):
    """Rows that are entered once; a worker writes what follows."""

    entered: tuple[str, ...] = ()
    """What is asked for a new row."""
    shown: tuple[str, ...] = ()
    """What the page of a row tells."""

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing of it is changed by hand."""
        return False

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Return what is asked for a new row, or told of one."""
        return self.shown if obj else self.entered

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Everything of a row that is there."""
        return self.shown if obj else ()


@admin.register(Feed)
class FeedAdmin(ButtonsAdmin, FetchedAdmin):
    """The feeds, with what went wrong and when each is looked at next."""

    form = FeedForm
    verbs = (STOP, FOLLOW_AGAIN)
    change_form_template = "admin/claims/feed/change_form.html"
    list_display = ("__str__", "active", "beat", "every_minutes", "next_look", "error")
    list_filter = ("active", "beat")
    search_fields = ("name", "url")
    search_help_text = "Name or address."
    ordering = ("-active", "name", "pk")
    entered = ("url", "name", "beat", "every_minutes")
    shown = ("where", "name", "beat", "active", "every_minutes", "next_look", "error", "by")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Whoever may follow feeds."""
        return request.user.has_perm(FOLLOW)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Feed]:
        """Return the feeds with what a line shows."""
        return Feed.objects.select_related("beat", "followed_by")

    def act(self, request: HttpRequest, form: Any, formsets: Formsets, change: bool) -> Feed:
        """Follow the feed."""
        return follow_feed(actor=actor_of(request), **form.cleaned_data)

    def beside(self, row: Feed) -> dict[str, Any]:
        """Return the feed itself, under its own title."""
        return {"title": str(row), "subtitle": "", "feed": row}

    @admin.display(description="next look", ordering="due_at", empty_value="Never")
    def next_look(self, feed: Feed) -> SafeString | None:
        """Return when a worker looks at it next."""
        if not feed.active:
            return None
        now = timezone.now()
        return moment(feed.due_at, "now" if feed.due_at <= now else until(feed.due_at, now))

    @admin.display(description="address")
    def where(self, feed: Feed) -> str:
        """Return where it is."""
        return linked(feed.url)

    @admin.display(description="followed by")
    def by(self, feed: Feed) -> str:
        """Return who follows it: articles come in on their account."""
        return str(feed.followed_by.get_full_name() or feed.followed_by)


@admin.register(IntakeRequest)
class IntakeRequestAdmin(FetchedAdmin):
    """Articles asked for by their address, and those that feeds brought."""

    list_title = "Articles from an address"
    list_display = ("url", "state", "got", "error", "beat", "feed", "by", "requested_at")
    list_filter = ("state", "beat", "feed")
    search_fields = ("url", "article__headline")
    search_help_text = "Address, or headline of what came."
    ordering = ("-pk",)
    entered = ("url", "beat")
    shown = (
        "where",
        "state",
        "got",
        "error",
        "warned",
        "beat",
        "feed",
        "by",
        "requested_at",
        "attempts",
        "attempted_at",
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Whoever may send in articles."""
        return request.user.has_perm("claims.add_article")

    def get_queryset(self, request: HttpRequest) -> QuerySet[IntakeRequest]:
        """Return the requests with what a line shows."""
        return IntakeRequest.objects.select_related("beat", "feed", "article", "requested_by")

    def act(
        self, request: HttpRequest, form: Any, formsets: Formsets, change: bool
    ) -> IntakeRequest:
        """Have a worker fetch it."""
        return request_article(actor=actor_of(request), **form.cleaned_data)

    @admin.display(description="article")
    def got(self, request: IntakeRequest) -> SafeString | None:
        """Return the article that came, as a link."""
        if request.article is None:
            return None
        url = reverse("admin:claims_article_change", args=[request.article_id])
        return format_html('<a href="{}" dir="auto">{}</a>', url, request.article.headline)

    @admin.display(description="asked for by")
    def by(self, request: IntakeRequest) -> str:
        """Return who asked for it."""
        return str(request.requested_by.get_full_name() or request.requested_by)

    @admin.display(description="warnings")
    def warned(self, request: IntakeRequest) -> str:
        """Return what was not right with the document."""
        return " ".join(map(str, request.warnings))

    @admin.display(description="address")
    def where(self, request: IntakeRequest) -> str:
        """Return where it was asked from."""
        return linked(request.url)
