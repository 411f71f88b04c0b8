"""The page on which an editor decides: everything known of one verdict."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.actions import add_version, approve_verdict, return_verdict, withdraw_evidence
from claims.models import Attribution
from desk.actions import start_task, submit_task
from desk.models import VerificationTask
from tests.claims.admin.asking import page, press, signed_in, text_of
from tests.factories import ArticleFactory, SourceFactory, rating
from tests.steps import in_review, started, with_evidence

pytestmark = pytest.mark.django_db


def path(verdict):
    return f"claims/verdict/{verdict.pk}/change/"


@pytest.fixture
def verdict(lead, checker):
    return in_review(lead, checker)


def test_the_words_of_the_claim_are_marked_in_their_paragraph(editor, verdict):
    said = text_of(page(editor, path(verdict)))
    assert "The mayor of Lindenau said that <mark>40 per cent of the city&#x27;s buses" in said
    assert "We will buy ten new buses" not in said


def test_text_from_right_to_left_finds_its_own_direction(editor, lead, checker):
    arabic = "قال الوزير إن الأسعار انخفضت بنسبة عشرة في المئة."
    verdict = in_review(lead, checker, article=ArticleFactory(body=arabic), words="الأسعار انخفضت")
    said = text_of(page(editor, path(verdict)))
    assert '<p class="reading" dir="auto">قال الوزير إن <mark>الأسعار انخفضت</mark>' in said


def test_a_paragraph_without_end_is_cut_around_the_words(editor, lead, checker):
    body = "word " * 2000 + "The bridge is closed. " + "more " * 2000
    verdict = in_review(
        lead, checker, article=ArticleFactory(body=body), words="The bridge is closed"
    )
    said = text_of(page(editor, path(verdict)))
    assert "<mark>The bridge is closed</mark>" in said
    assert said.count("more ") < 400


def test_the_chain_is_shown_in_reading_order(editor, verdict):
    for position, (role, name) in enumerate(
        [("origin", "An intercepted call"), ("via", "Sky"), ("claimant", "The commander")], start=1
    ):
        Attribution.objects.create(
            claim=verdict.claim, source=SourceFactory(name=name), role=role, position=position
        )
    said = text_of(page(editor, path(verdict)))
    assert said.index("An intercepted call") < said.index("Sky") < said.index("The commander")


def test_evidence_stands_by_stance_and_what_was_withdrawn_stands_apart(editor, lead, checker):
    task = started(lead, checker)
    with_evidence(checker, task.claim, stance="supports", excerpt="For it.")
    with_evidence(checker, task.claim, stance="context", excerpt="Around it.", locator="page 7")
    gone = with_evidence(checker, task.claim, stance="refutes", excerpt="Was wrong.")
    withdraw_evidence(actor=checker, evidence=gone, reason="The table was superseded.")
    answer = page(editor, path(_submit(checker, task)))
    stances = {one.name: one.pieces for one in answer.context["review"].stances}
    assert [len(stances[name]) for name in ("supports", "refutes", "context")] == [1, 0, 1]
    said = text_of(answer)
    assert "The table was superseded." in said
    assert "page 7" in said


def test_only_web_addresses_become_links_and_they_open_without_handing_over_the_page(
    editor, lead, checker
):
    task = started(lead, checker)
    with_evidence(checker, task.claim, url="javascript:alert(1)", excerpt="")
    with_evidence(checker, task.claim, url="https://transport.example/table")
    said = text_of(page(editor, path(_submit(checker, task))))
    assert 'href="javascript' not in said
    assert 'href="https://transport.example/table" rel="noopener noreferrer"' in said


def test_the_explanation_keeps_its_paragraphs_and_is_no_markup(editor, lead, checker):
    task = started(lead, checker)
    with_evidence(checker, task.claim)
    verdict = _submit(checker, task, explanation="First.\n\n<img src=x onerror=alert(1)>")
    said = text_of(page(editor, path(verdict)))
    assert "<p>First.</p>" in said
    assert "<img src=x" not in said


def test_earlier_versions_show_what_changed_and_why_they_came_back(editor, lead, checker):
    first = in_review(lead, checker)
    return_verdict(actor=editor, verdict=first, comment="Which month do you mean?")
    task = VerificationTask.objects.get(claim=first.claim)
    again = start_task(actor=checker, task=task)
    words = {"summary": "In March it was 23.", "explanation": first.explanation}
    second = _submit(checker, again, **words)
    answer = page(editor, path(second))
    [earlier] = answer.context["review"].earlier
    assert (earlier.verdict, earlier.votes[0].comment) == (first, "Which month do you mean?")
    assert [change.name for change in earlier.changes] == ["Summary"]
    assert "<del>" in text_of(answer)


def test_the_votes_of_other_editors_are_shown(editor, another_editor, lead, checker):
    verdict = in_review(lead, checker, slug="fabricated")
    approve_verdict(actor=another_editor, verdict=verdict, comment="Forged, no doubt.")
    said = text_of(page(editor, path(verdict)))
    assert "Forged, no doubt." in said
    assert "1 of 2" in said


def test_the_history_tells_everything_in_words(editor, verdict):
    said = text_of(page(editor, path(verdict)))
    for words in (
        "accepted the claim",
        "assigned the check",
        "added evidence",
        "submitted a verdict",
    ):
        assert words in said


def test_it_says_so_when_the_article_has_changed_since(editor, lead, verdict):
    article = verdict.claim.article
    body = article.versions.get().body.replace("40 per cent", "46 per cent")
    add_version(actor=lead, article=article, headline=article.headline, body=body)
    assert "The article has changed since" in text_of(page(editor, path(verdict)))


def test_the_buttons_are_there_for_an_editor_who_may_decide(editor, verdict):
    said = text_of(page(editor, path(verdict)))
    assert f"/admin/claims/verdict/{verdict.pk}/approve/" in said
    assert f"/admin/claims/verdict/{verdict.pk}/return/" in said


def test_who_gathered_evidence_sees_why_they_cannot_decide(lead, checker, editor):
    task = started(lead, checker)
    with_evidence(editor, task.claim)
    said = text_of(page(editor, path(_submit(checker, task))))
    assert "/approve/" not in said
    assert "You added evidence to this claim" in said


def test_after_voting_the_buttons_are_gone_and_the_next_verdict_is_offered(editor, lead, checker):
    verdict = in_review(lead, checker, slug="fabricated")
    other = in_review(lead, checker, statement="It rained", words="It rained")
    approve_verdict(actor=editor, verdict=verdict)
    said = text_of(page(editor, path(verdict)))
    assert "You have voted on this verdict already." in said
    assert f"/admin/claims/verdict/{other.pk}/change/" in said


def test_the_page_cannot_be_posted_to(superuser, verdict):
    assert press(superuser, path(verdict), state="approved").status_code == 405
    verdict.refresh_from_db()
    assert verdict.state == "in_review"


def test_a_verdict_that_is_not_there_is_not_found(editor):
    assert page(editor, "claims/verdict/404/change/").status_code == 404
    assert page(editor, "claims/verdict/x/change/").status_code == 404


def test_more_evidence_costs_no_more_queries(editor, lead, checker):
    client = signed_in(editor)
    counts = []
    for pieces, words in ((1, "40 per cent"), (40, "23 per cent")):
        task = started(lead, checker, words=words)
        for _ in range(pieces):
            with_evidence(checker, task.claim)
        verdict = _submit(checker, task)
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/admin/{path(verdict)}")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def _submit(checker, task, **words):
    usual = {"summary": "It is 23 per cent.", "explanation": "The table gives 486 of 2,114."}
    task.refresh_from_db()
    return submit_task(
        actor=checker, task=task, token=task.hold.token, rating=rating(), **(usual | words)
    )
