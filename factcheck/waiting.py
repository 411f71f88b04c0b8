"""What waits for somebody, read for the start page: counts, and the few rows that come first."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Count, Prefetch, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.models import Article, Claim, Verdict, Webhook
from claims.states import VerdictState
from desk.heartbeats import webhooks_standing_still
from desk.models import Notice, VerificationTask
from desk.states import TaskState
from desk.why import in_words

FIRST = 5
"""How many rows of a list the start page shows."""


@dataclass(frozen=True)
class Pile:
    """A number of things that wait, and the list that holds them."""

    title: str
    count: int
    url: str
    late: bool = False
    reasons: list[tuple[str, int]] = field(default_factory=list)


@dataclass(frozen=True)
class Waiting:
    """What waits for one person, by what they are at the desk."""

    piles: list[Pile]
    verdicts: Iterable[Verdict]
    held: Iterable[VerificationTask]
    articles: Iterable[Article]


def waiting_for(user: User) -> Waiting:
    """Return what waits for `user`; what is not their business is empty and costs no query."""
    reviews, leads = user.has_perm("claims.review_verdict"), user.has_perm("desk.assign_task")
    takes, sends = user.has_perm("desk.take_task"), user.has_perm("claims.add_article")
    own = sends and not user.has_perm("claims.view_all_articles")
    return Waiting(
        piles=[*(_reviews() if reviews else []), *(_lead(user) if leads else [])],
        verdicts=_due_first() if reviews else [],
        held=_held(user) if takes else [],
        articles=_written(user) if own else [],
    )


def _reviews() -> list[Pile]:
    waiting = Verdict.objects.filter(state=VerdictState.IN_REVIEW)
    late = waiting.filter(due_at__lt=timezone.now()).count()
    url = reverse("admin:claims_verdict_changelist")
    return [
        Pile(_("Verdicts waiting for approval"), waiting.count(), url),
        Pile(_("Verdicts that are late"), late, f"{url}?due=late", late=bool(late)),
    ]


def _due_first() -> QuerySet[Verdict]:
    waiting = Verdict.objects.awaiting_approval().select_related("claim", "rating", "author")
    return waiting[:FIRST]


def _lead(user: User) -> list[Pile]:
    tasks, now = VerificationTask.objects.all(), timezone.now()
    url = reverse("admin:desk_verificationtask_changelist")
    late = tasks.overdue(now).count()
    quarantined = tasks.filter(state=TaskState.QUARANTINED).count()
    unread = Notice.objects.visible_to(user).on_page().unread().order_by().count()
    return [
        Pile(_("Checks that are late"), late, f"{url}?work=late", late=bool(late)),
        Pile(
            _("Checks in the queue"),
            tasks.queued().count(),
            f"{url}?state__exact=queued",
            reasons=_reasons(tasks),
        ),
        Pile(_("Checks in quarantine"), quarantined, f"{url}?work=quarantined", bool(quarantined)),
        Pile(_("Unread notices"), unread, reverse("desk:notices")),
        *_untold(),
    ]


def _untold() -> list[Pile]:
    """Return the webhooks that stand still because nobody tells them, where that is so."""
    if webhooks_standing_still(timezone.now()) is None:
        return []
    url = f"{reverse('admin:claims_webhook_changelist')}?state__exact=active"
    number = Webhook.objects.active().order_by().count()
    return [Pile(_("Webhooks that stand still"), number, url, late=True)]


def _reasons(tasks: Any) -> list[tuple[str, int]]:
    """Return why checks stay in the queue, the most frequent reason first."""
    waiting = tasks.queued().exclude(why_waiting="").order_by()
    counted = waiting.values_list("why_waiting").annotate(number=Count("pk"))
    most = counted.order_by("-number", "why_waiting")[:FIRST]
    return [(in_words(reason), number) for reason, number in most]


def _held(user: User) -> QuerySet[VerificationTask]:
    held = VerificationTask.objects.held_by(user).select_related("claim", "hold")
    return held.order_by("due_at", "pk")


def _written(user: User) -> QuerySet[Article]:
    """Return the newest articles of a reporter, each with its claims in reading order."""
    claims = Claim.objects.in_reading_order().select_related("standing__rating")
    articles = Article.objects.visible_to(user).order_by("-pk")
    return articles.prefetch_related(Prefetch("claims", claims))[:FIRST]
