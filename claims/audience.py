"""Who may be told of an event now: asked when the job is made, and again when it is sent."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User

from claims.models import Article, FactCheck, Verdict, WebhookDelivery, WebhookEvent
from claims.publication_querysets import OUT as OUT_STATES
from claims.querysets import SEES_ALL
from claims.webhook_querysets import USES
from claims.webhooks.catalogue import GONE, KINDS, OUT, Audience

SEES_QUEUE = "desk.view_verificationtask"


@dataclass(frozen=True)
class Answer:
    """Whether somebody may be told: yes, or not before a time, or no, and why, as a sentence."""

    yes: bool
    not_before: datetime | None = None
    why: str = ""


_YES = Answer(yes=True)
_NO = Answer(yes=False, why="The owner of the webhook may not see this.")
_NOT_OUT = Answer(yes=False, why="The fact-check is not public.")


def people(ids: Iterable[int]) -> dict[int, User]:
    """Return people as they are now, by id, with what their roles are read from."""
    return User.objects.select_related("staff").in_bulk(list(ids))


def may_use(person: User) -> bool:
    """Return whether anything at all is sent on this person's account."""
    return person.is_active and person.has_perm(USES)


def holders(fact_check_ids: Iterable[int]) -> dict[int, set[int]]:
    """Return the ids of the webhooks that were, or are about to be, told of each fact-check."""
    told = WebhookDelivery.objects.filter(
        event__fact_check__in=list(fact_check_ids), event__type__in=OUT
    ).exclude(state=WebhookDelivery.State.NOT_SENT)
    found: dict[int, set[int]] = {}
    for fact_check, webhook in told.values_list("event__fact_check", "webhook").distinct():
        found.setdefault(fact_check, set()).add(webhook)
    return found


class Sight:
    """What one person may be told of some events at `now`: few queries, however many they are."""

    def __init__(self, person: User, events: Iterable[WebhookEvent], now: datetime) -> None:
        self._person, self._now = person, now
        by_audience: dict[Audience, list[WebhookEvent]] = {}
        for event in events:
            by_audience.setdefault(KINDS[event.type].audience, []).append(event)
        self._articles = self._seen_articles(by_audience.get(Audience.ARTICLE, []))
        self._verdicts = self._seen_verdicts(by_audience.get(Audience.VERDICT, []))
        ids = {one.fact_check_id for one in by_audience.get(Audience.PUBLIC, [])}
        self._checks = FactCheck.objects.in_bulk([pk for pk in ids if pk]) if ids else {}

    def answer(self, event: WebhookEvent, webhook_id: int) -> Answer:
        """Return whether the person's webhook may be told of `event`."""
        audience = KINDS[event.type].audience
        if audience is Audience.PUBLIC:
            return self._of_public(event, webhook_id)
        return _YES if self._sees(audience, event) else _NO

    def _sees(self, audience: Audience, event: WebhookEvent) -> bool:
        match audience:
            case Audience.ARTICLE:
                return event.article_id in self._articles
            case Audience.VERDICT:
                return event.data.get("verdict") in self._verdicts
            case Audience.DESK:
                return self._person.has_perm(SEES_ALL)
            case Audience.QUEUE:
                return self._person.has_perm(SEES_QUEUE)
            case _:
                return True

    def _of_public(self, event: WebhookEvent, webhook_id: int) -> Answer:
        """Say yes for what the world may see, and for what is the desk's own.

        What was retracted for somebody's safety is shown to nobody; but who has it must take it
        down, so they are told, by its id alone.
        """
        check = self._checks[event.fact_check_id or 0]
        if self._person.has_perm(SEES_ALL):
            return _YES
        if check.withheld:
            has_it = event.type in GONE and _was_sent(event, webhook_id)
            return _YES if has_it else _NOT_OUT
        if check.state not in OUT_STATES or check.goes_out_at is None:
            return _NOT_OUT
        early = check.goes_out_at > self._now
        return Answer(yes=False, not_before=check.goes_out_at) if early else _YES

    def _seen_articles(self, events: list[WebhookEvent]) -> set[int]:
        ids = {one.article_id for one in events if one.article_id}
        seen = Article.objects.visible_to(self._person).filter(pk__in=ids)
        return set(seen.values_list("pk", flat=True)) if ids else set()

    def _seen_verdicts(self, events: list[WebhookEvent]) -> set[int]:
        ids = {one.data["verdict"] for one in events}
        seen = Verdict.objects.visible_to(self._person).filter(pk__in=ids)
        return set(seen.values_list("pk", flat=True)) if ids else set()


def _was_sent(event: WebhookEvent, webhook_id: int) -> bool:
    """Return whether the webhook may have got an earlier event of the same fact-check."""
    tried = WebhookDelivery.objects.filter(
        webhook=webhook_id,
        event__fact_check=event.fact_check_id,
        event__type__in=OUT,
        event__lt=event.pk,
        attempts__gt=0,
    )
    return tried.exists()
