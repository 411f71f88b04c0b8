"""The check page: what each person sees, and what it costs."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.actions import (
    accept_claim,
    add_version,
    approve_verdict,
    read_version,
    return_verdict,
)
from claims.models import Article, ArticleVersion
from desk.actions import reassign_task, save_draft, submit_task
from desk.models import VerificationTask
from tests.factories import BODY, ArticleFactory, ClaimFactory, default_scale, rating
from tests.pages.checks import Desk
from tests.steps import assigned, in_review, queued, started, with_evidence

pytestmark = pytest.mark.django_db
MINE = "40 per cent of the city&#x27;s buses ran late in March"


@pytest.fixture(autouse=True)
def scale(db):
    return default_scale()


@pytest.fixture
def task(lead, checker):
    return started(lead, checker)


def test_its_holder_sees_the_article_what_we_know_and_the_verdict(task, checker):
    with_evidence(checker, task.claim)
    says = Desk(checker, task).look()
    for words in (
        "40 per cent of Lindenau's buses were late in March",  # the claim
        "A report by the transport office puts the share at 23 per cent.",  # the article
        "Of 2,114 departures in March, 486 were late.",  # the evidence
        rating("half-true").definition,
        "Say in a sentence or two what you found.",  # what is missing
        "yours until",
    ):
        assert words in says
    assert "You can only look" not in says


@pytest.mark.parametrize("who", ["another_checker", "editor", "lead", "superuser"])
def test_others_of_the_desk_only_look_and_are_told_why(who, request, task):
    page = Desk(request.getfixturevalue(who), task)
    says = page.look()
    assert "You can only look at this verdict. alice holds this check." in says
    assert 'id="verdict-form"' not in page.get(page.at).content.decode()


@pytest.mark.parametrize("who", ["reporter", "integration", "stranger"])
def test_who_is_not_of_the_desk_is_refused(who, request, task):
    page = Desk(request.getfixturevalue(who), task)
    assert page.get(page.at).status_code == 403
    assert page.post(f"{page.at}submit/").status_code == 403


def test_a_check_that_is_not_there_is_not_found(checker, task):
    assert Desk(checker, task).get("/tasks/999/").status_code == 404


def test_it_says_why_nobody_works_on_it(lead, checker, editor):
    waiting = queued(lead, words="It rained")
    assert "waits in the queue" in Desk(editor, waiting).look()
    verdict = in_review(lead, checker)
    page = Desk(checker, verdict.task)
    assert "has been submitted and waits for an editor" in page.look()
    approve_verdict(actor=editor, verdict=verdict)
    assert "This check is finished." in page.look()


# --- The article ---------------------------------------------------------------------------------


def marks(page):
    return page.get(page.at).content.decode()


def test_every_claim_is_marked_where_it_is(lead, checker, editor, task):
    article = task.claim.article
    approve_verdict(
        actor=editor,
        verdict=in_review(lead, checker, article=article, words="23 per cent", slug="true"),
    )
    in_review(lead, checker, article=article, words="ten new buses")
    ClaimFactory(article=article, words="It rained for nine days")
    html = marks(Desk(checker, task))
    assert '<mark class="in_check mine" id="mine" tabindex="-1">40 per cent' in html
    assert 'aria-label="Approved: True"' in html
    assert 'data-sign="True"' in html
    assert 'class="submitted">ten new buses' in html
    assert 'class="open">It rained for nine days' in html


def test_claims_that_overlap_are_both_seen(checker, task):
    ClaimFactory(article=task.claim.article, words="the city's buses ran late")
    html = marks(Desk(checker, task))
    assert html.count('aria-label="In check"') == html.count('aria-label="Open"') == 1
    assert 'class="open both mine">the city&#x27;s buses ran late' in html


def test_older_texts_are_read_and_compared(editor, checker, task):
    body = BODY.replace("nine days", "ten days")
    add_version(actor=editor, article=task.claim.article, headline="Later", body=body)
    page = Desk(checker, task)
    assert "2 texts of it" in page.look()
    old = page.look("article/", version="1")
    assert "This is version 1, not the newest." in old and "nine days" in old
    changed = page.get(f"{page.at}article/?against=1").content.decode()
    assert "<del>nine</del>" in changed and "<ins>ten</ins>" in changed
    assert "What changed from version 1 to version 2." in page.look(against="1")


def test_claims_are_marked_in_an_older_text_where_they_stood_in_it(editor, checker, task):
    article = task.claim.article
    gone = ClaimFactory(article=article, words="It rained for nine days")
    before = BODY.replace("It rained for nine days.", "Nobody minded.")
    add_version(actor=editor, article=article, headline="Later", body=f"An opening.\n\n{before}")
    read_version(version_id=article.versions.get(number=2).pk)
    page = Desk(checker, task)
    new = page.get(f"{page.at}article/").content.decode()
    assert f'tabindex="-1">{MINE}</mark>' in new and gone.quote not in new
    old = page.get(f"{page.at}article/?version=1").content.decode()
    assert f'tabindex="-1">{MINE}</mark>' in old
    assert f">{gone.quote}</mark>" in old
    assert "Claims are marked where they stood in it" in old and "To the claim of this" in old


def test_an_older_text_without_the_claim_says_so(editor, checker, task):
    article = task.claim.article
    body = "Another text altogether, about trams and the snow on their rails."
    add_version(actor=editor, article=article, headline="Later", body=body)
    add_version(actor=editor, article=article, headline="Latest", body=BODY)
    for number in (2, 3):
        read_version(version_id=article.versions.get(number=number).pk)
    page = Desk(checker, task)
    assert "The claim of this check does not stand in it." in page.look("article/", version="2")


@pytest.mark.parametrize("asked", ["version=9", "against=x", "version=-1", "against=99999999999"])
def test_a_text_that_is_not_there_is_not_found(asked, checker, task):
    page = Desk(checker, task)
    assert page.get(f"{page.at}article/?{asked}").status_code == 404


def test_text_in_other_scripts_is_shown_as_it_is(lead, checker):
    arabic = "قال الوزير إن الأسعار انخفضت بنسبة عشرة في المئة."
    task = started(
        lead, checker, article=ArticleFactory(body=arabic), words="الأسعار انخفضت", statement=""
    )
    html = marks(Desk(checker, task))
    assert 'tabindex="-1">الأسعار انخفضت</mark>' in html
    assert '<p dir="auto">' in html


def test_what_somebody_typed_is_never_mark_up(lead, checker, editor):
    body = "He said <script>alert(1)</script> is 40 per cent."
    task = started(lead, checker, article=ArticleFactory(body=body), words="<script>alert(1)")
    with_evidence(checker, task.claim, excerpt="<img src=x>", url="javascript:alert(1)")
    html = marks(Desk(editor, task))
    assert "<script>alert" not in html and "<img" not in html
    assert 'href="javascript' not in html


# --- The verdict ---------------------------------------------------------------------------------


def test_after_a_return_the_comment_stands_on_top_with_what_changed_since(
    lead, checker, editor, task
):
    with_evidence(checker, task.claim)
    words = {"rating": rating(), "summary": "It was 23 per cent.", "explanation": "See the table."}
    verdict = submit_task(actor=checker, task=task, token=task.hold.token, **words)
    return_verdict(actor=editor, verdict=verdict, comment="Which month is meant?")
    page = Desk(checker, task)
    says = page.look()
    assert "Returned by edda" in says and "Which month is meant?" in says
    assert "Nothing yet." in says
    words["summary"] = "In March it was 23 per cent."
    save_draft(actor=checker, task=task, token=None, **words)
    html = page.get(f"{page.at}progress/").content.decode()
    assert "<del>It</del>" in html and "<ins>In March it</ins>" in html


def test_the_new_holder_sees_what_the_one_before_typed_and_nobody_else_does(
    lead, checker, another_checker, editor, task
):
    save_draft(
        actor=checker, task=task, token=None, rating=rating(), summary="Mine.", explanation="Why."
    )
    reassign_task(actor=lead, task=task, person=another_checker, reason="Ill.")
    says = Desk(another_checker, task).look()
    assert "alice typed on this check too" in says
    assert "Put it after mine" in says
    assert "Mine." not in Desk(editor, task).look()
    own = Desk(checker, task).look()
    assert "bob holds this check." in own and "Mine." in own


def test_earlier_checks_of_the_claim_and_of_similar_ones_are_shown(lead, checker, editor, task):
    nearly = "40 per cent of Lindenau's buses were late in April"
    other = in_review(lead, checker, words="It rained for nine days", statement=nearly)
    approve_verdict(actor=editor, verdict=other)
    says = Desk(checker, task).look()
    assert nearly in says and "% alike" in says


def test_the_state_line_is_a_part_of_its_own(checker, task):
    page = Desk(checker, task)
    answer = page.get(f"{page.at}state/").content.decode()
    assert f'data-token="{task.hold.token}"' in answer
    VerificationTask.objects.filter(pk=task.pk).update(due_at=timezone.now() - timedelta(hours=1))
    assert 'class="late"' in page.get(page.at).content.decode()


def test_a_signed_out_script_is_told_so(checker, task):
    page = Desk(checker, task)
    page.logout()
    assert page.get(f"{page.at}state/", headers={"HX-Request": "true"}).status_code == 401


# --- What it costs -------------------------------------------------------------------------------

WORDS = 5000
CLAIMS = 150
PAGE_BUDGET = 30
MOST_BYTES = 100_000


def long_article() -> tuple[Article, list[str]]:
    """Return an article of 5,000 words in 250 sentences."""
    sentences = [
        f"In district {n} the office counted {n * 7} late buses and {n * 13} others out of all "
        f"those that were on the road in the month of March of that year alone."
        for n in range(1, WORDS // 27 + 66)
    ]
    body = "\n\n".join(" ".join(sentences[at : at + 5]) for at in range(0, len(sentences), 5))
    return ArticleFactory(body=body), sentences


def queries(page):
    with CaptureQueriesContext(connection) as asked:
        answer = page.get(page.at)
    assert answer.status_code == 200
    return len(asked), answer


def test_it_costs_the_same_with_a_long_article_and_many_claims(lead, checker):
    article, sentences = long_article()
    task = assigned(lead, checker, article=article, words=sentences[0])
    page = Desk(checker, task)
    page.get(page.at)  # what is read once for every page of a session
    few, _ = queries(page)
    for words in sentences[1:CLAIMS]:
        claim = ClaimFactory(article=article, words=words)
        accept_claim(actor=lead, claim=claim)
    for _ in range(30):
        with_evidence(checker, task.claim)
    many, answer = queries(page)
    assert many == few <= PAGE_BUDGET, (few, many)
    assert answer.content.count(b"<mark") == CLAIMS
    version = ArticleVersion.objects.get(article=article)
    assert len(version.body.split()) >= WORDS
    assert len(answer.content) - len(version.body.encode()) < MOST_BYTES
