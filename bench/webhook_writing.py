"""What `bench.webhooks` has done in processes that know the desk: each returns what is printed."""

import time
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from claims.actions import add_webhook, change_article, disable_webhook, receive_article
from claims.actions.articles import ArticleContent
from claims.history import record
from claims.models import Article, Beat, OutboxEntry, WebhookAttempt, WebhookEvent
from desk.models import StaffProfile


def cost(_: str, number: int) -> dict[str, float]:
    """Measure what a row of the history costs, without webhooks and with one."""
    lead = _lead()
    article = _articles(lead, 1)[0]
    subject = {"actor": lead, "subject": article, "article_id": article.pk}
    _each(number // 4, subject)
    without = _each(number, subject)
    made = add_webhook(actor=lead, url="https://cms.example/hooks", types=["article.*"])
    with_one = _each(number, subject)
    not_told = _each(number, subject | {"subject": made.webhook})
    OutboxEntry.objects.all().delete()
    disable_webhook(actor=lead, webhook=made.webhook, reason="It was for measuring only.")
    return {
        "no webhook": without,
        "a webhook, and the row is for the outbox": with_one,
        "a webhook, and the row is not": not_told,
    }


def _each(number: int, subject: dict[str, Any]) -> float:
    """Return microseconds for one of `number` rows written in one transaction."""
    began = time.perf_counter()
    with transaction.atomic():
        for _ in range(number):
            record(verb="change", **subject)
    return (time.perf_counter() - began) / number * 1_000_000


def setup(url: str, articles: int) -> dict[str, str]:
    """Make articles, and a webhook that is told of changes to them."""
    lead = _lead()
    _articles(lead, articles)
    made = add_webhook(actor=lead, url=url, types=["article.changed"])
    return {"secret": made.secret}


def write(number: str, events: int) -> dict[str, float]:
    """Change articles, one after the other, both writers all of them."""
    lead = _lead()
    articles = list(Article.objects.order_by("pk"))
    began = time.monotonic()
    for turn in range(events):
        article = articles[(turn * 7 + int(number)) % len(articles)]
        byline = f"Writer {number}, turn {turn}"
        change_article(actor=lead, article=article, changes={"byline": byline})
    return {"seconds": time.monotonic() - began}


def told(_: str, __: int) -> dict[str, Any]:
    """Return the sequence of everything that was to be told, and how many attempts broke off."""
    events = WebhookEvent.objects.filter(type="article.changed", deliveries__isnull=False)
    broken_off = WebhookAttempt.objects.filter(milliseconds__isnull=True).count()
    return {
        "sequences": list(events.values_list("pk", flat=True)),
        "broken_off": broken_off,
    }


def _lead() -> User:
    lead, _ = User.objects.get_or_create(username="lead")
    StaffProfile.objects.get_or_create(user=lead, defaults={"roles": ["lead"]})
    return User.objects.get(pk=lead.pk)


def _articles(lead: User, number: int) -> list[Article]:
    beat, _ = Beat.objects.get_or_create(slug="politics", defaults={"name": "Politics"})
    contents = (
        ArticleContent(headline=f"Story {one}", body="It rained.", beat=beat)
        for one in range(number)
    )
    return [receive_article(actor=lead, content=content)[0] for content in contents]
