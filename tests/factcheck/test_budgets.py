"""What a list costs does not grow with its rows, and stays within its budget."""

import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.models import (
    Article,
    ArticleVersion,
    Attribution,
    Beat,
    CitedEvidence,
    Claim,
    Event,
    Evidence,
    FactCheck,
    Feed,
    LearnedModel,
    Message,
    Reanchoring,
    ReplyRequest,
    RequiredChange,
    Ruling,
    Sentence,
    Source,
    Verdict,
    Webhook,
    WebhookAttempt,
    WebhookDelivery,
    WebhookEvent,
)
from desk.models import Notice, VerificationTask
from tests.api import Caller
from tests.budgets import DETAILS, LISTS
from tests.claims.living.rows import living_rows
from tests.factcheck.addresses import rest_addresses
from tests.factories import BeatFactory, StaffFactory, UserFactory
from tests.publication.steps import published
from tests.steps import in_review
from tests.webhooks.rows import webhook_rows

pytestmark = pytest.mark.django_db
MANY = 200
AT_ONE, AMONG_MANY = "at 1 row", f"at {MANY} rows"


@pytest.fixture
def rows(lead, checker, editor):
    """One of everything; returns the ids by which addresses name them."""
    verdict = in_review(lead, checker)
    fact_check = published(lead, checker, editor)
    Article.objects.filter(pk=verdict.claim.article_id).update(cms_id="story-1")
    Notice.objects.create(person=lead, kind="overdue", task=verdict.task, claim=verdict.claim)
    return {
        "article": verdict.claim.article_id,
        "claim": verdict.claim_id,
        "task": verdict.task.pk,
        "verdict": verdict.pk,
        "fact-check": fact_check.pk,
        "lead": lead.pk,
        "staff": checker.staff.pk,
        **webhook_rows(lead),
        **living_rows(verdict.claim, asked_by=lead, lead=lead),
    }


def multiply(rows):
    """Make two hundred of what the lists show, as copies of the one there is."""
    claim = Claim.objects.get(pk=rows["claim"])
    published_claim = FactCheck.objects.get(pk=rows["fact-check"]).claim_id
    for model in (Claim, Evidence, Event, Message, ReplyRequest):
        copies(model)
    copies(ArticleVersion, number=lambda n: n + 2)
    copies(Sentence, start=lambda n: n + 1, end=lambda n: n + 9)
    copies(RequiredChange)
    ended = {"ended_at": lambda n: timezone.now(), "ended_because": lambda n: "It was said anew."}
    copies(Ruling, **ended)
    copies(LearnedModel)
    copies(Feed, url=lambda n: f"https://a.example/feed{n}")
    copies(Source, name=lambda n: f"Source {n}")
    copies(Webhook)
    copies(Notice, person_id=lambda n: rows["lead"])
    copies(WebhookEvent, uid=lambda n: uuid4())
    events = WebhookEvent.objects.order_by("pk")
    copies(WebhookDelivery, event_id=lambda n: events[n + 1].pk)
    copies(WebhookAttempt, number=lambda n: n + 2)
    claims = Claim.objects.exclude(pk__in=(claim.pk, published_claim)).order_by("pk")
    copies(Reanchoring, claim_id=lambda n: claims[n].pk)
    _suggest_the_last(20)
    copies(Verdict, claim_id=lambda n: claims[n].pk)
    draft = {"state": "unpublished", "goes_out_at": None, "modified_at": None, "edition_id": None}
    copies(
        FactCheck,
        claim_id=lambda n: claims[n].pk,
        slug=lambda n: f"check-{n}",
        **{name: lambda n, value=value: value for name, value in draft.items()},
    )
    verdicts = dict(Verdict.objects.values_list("claim_id", "pk"))
    copies(
        VerificationTask,
        claim_id=lambda n: claims[n].pk,
        verdict_id=lambda n: verdicts[claims[n].pk],
    )
    for n in range(20):
        BeatFactory(slug=f"beat{n}")
        StaffFactory(user=UserFactory(), beats=Beat.objects.all()[:3])
    _cite_everything(rows)


def _suggest_the_last(number):
    """Turn the last of the copied claims into suggestions with chains of their own."""
    last = Claim.objects.order_by("-pk")[:number]
    source = Source.objects.all()[0]
    for claim in last:
        Claim.objects.filter(pk=claim.pk).update(state="suggested")
        Attribution.objects.create(claim=claim, source=source, role="via", position=1)


def copies(model, **unique):
    row = model.objects.order_by("pk")[0]
    fields = [field.attname for field in model._meta.concrete_fields if not field.primary_key]
    values = {name: getattr(row, name) for name in fields}
    model.objects.bulk_create(
        model(**values | {name: make(n) for name, make in unique.items()}) for n in range(MANY - 1)
    )


def _cite_everything(rows):
    known = set(CitedEvidence.objects.values_list("evidence_id", flat=True))
    CitedEvidence.objects.bulk_create(
        CitedEvidence(verdict_id=rows["verdict"], evidence=piece)
        for piece in Evidence.objects.exclude(pk__in=known)
    )


def cost(caller, path):
    with CaptureQueriesContext(connection) as asked:
        answer = caller.get(path)
    assert answer.status_code == 200, (path, answer.content)
    return len(asked), "\n".join(query["sql"][:300] for query in asked)


def check(caller, budgets, rows, when):
    for path, allowed in budgets.items():
        at_one, among_many = allowed if isinstance(allowed, tuple) else (allowed, allowed)
        budget = at_one if when == AT_ONE else among_many
        spent, sql = cost(caller, path.format(**rows))
        assert spent == budget, f"{path} costs {spent} statements {when}, budget {budget}\n{sql}"


def test_lists_keep_to_their_budget_at_one_row_and_at_two_hundred(lead, rows):
    lena = Caller(lead)
    paged = {path + ("&" if "?" in path else "?") + "page_size=200": n for path, n in LISTS.items()}
    check(lena, paged, rows, AT_ONE)
    multiply(rows)
    check(lena, paged, rows, AMONG_MANY)
    for path in ("/claims/", "/tasks/", "/verdicts/", "/claims/{claim}/history/"):
        results = lena.get(path.format(**rows) + "?page_size=200").json()["results"]
        assert len(results) == MANY, path


def test_details_keep_to_their_budget_among_one_row_and_among_two_hundred(lead, checker, rows):
    alice, lena = Caller(checker), Caller(lead)
    alice.put(f"/tasks/{rows['task']}/draft/", {"hold_token": 1, "summary": "a"})
    own = {path: n for path, n in DETAILS.items() if path.endswith("/draft/")}
    others = {path: n for path, n in DETAILS.items() if path not in own}
    check(alice, own, rows, AT_ONE)
    check(lena, others, rows, AT_ONE)
    multiply(rows)
    check(alice, own, rows, AMONG_MANY)
    check(lena, others, rows, AMONG_MANY)


def test_every_list_and_detail_has_a_budget():
    named = {path.partition("?")[0] for path in [*LISTS, *DETAILS]}
    shapes = {_shape(path) for path in named}
    reads = {shape for shape, methods in rest_addresses() if "GET" in methods}
    assert reads - shapes == set()


def _shape(path):
    return re.sub(r"\{[\w-]+\}|(?<=/)\d+(?=/)", "#", path)
