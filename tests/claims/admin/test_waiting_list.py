"""The list of what waits for approval."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.html import escape

from claims.actions import approve_verdict
from claims.models import Attribution, Verdict
from tests.claims.admin.asking import cost, multiply, page, text_of
from tests.factories import BeatFactory, SourceFactory
from tests.steps import in_review

pytestmark = pytest.mark.django_db
PATH = "claims/verdict/"


def listed(answer):
    return list(answer.context["cl"].result_list)


def due(verdict, **ahead):
    Verdict.objects.filter(pk=verdict.pk).update(due_at=timezone.now() + timedelta(**ahead))


@pytest.fixture
def first(lead, checker):
    return in_review(lead, checker)


@pytest.fixture
def second(lead, checker):
    return in_review(lead, checker, statement="It rained for nine days", words="It rained")


def test_it_opens_on_what_waits_with_what_is_due_first_on_top(editor, first, second):
    due(first, hours=5)
    due(second, hours=1)
    answer = page(editor, PATH)
    assert listed(answer) == [second, first]
    assert "Waiting for approval" in text_of(answer)


def test_what_was_decided_is_not_in_it_but_one_click_away(editor, first, second):
    approve_verdict(actor=editor, verdict=first)
    assert listed(page(editor, PATH)) == [second]
    assert listed(page(editor, PATH, review="approved")) == [first]
    assert len(listed(page(editor, PATH, review="all"))) == 2


def test_it_says_how_late_a_verdict_is_and_marks_it(editor, first):
    due(first, minutes=-90)
    said = text_of(page(editor, PATH))
    assert "1 h 30 min late" in said
    assert 'class="late"' in said


def test_it_shows_claimant_rating_checker_and_the_approvals_still_needed(editor, lead, checker):
    verdict = in_review(lead, checker, slug="fabricated")
    mayor = SourceFactory(name="The mayor of Lindenau")
    Attribution.objects.create(claim=verdict.claim, source=mayor, role="claimant", position=1)
    said = text_of(page(editor, PATH))
    for words in ("The mayor of Lindenau", "Fabricated", "alice", "0 of 2", str(verdict.claim)):
        assert escape(words) in said


def test_it_can_be_narrowed_to_a_beat_a_rating_and_what_is_late(editor, first, second):
    science = BeatFactory(slug="science")
    second.claim.beat = science
    second.claim.save(update_fields=["beat"])
    due(first, hours=-1)
    due(second, hours=30)
    assert listed(page(editor, PATH, claim__beat__id__exact=science.pk)) == [second]
    assert listed(page(editor, PATH, due="late")) == [first]
    assert len(listed(page(editor, PATH, rating=first.rating_id))) == 2


def test_it_finds_a_claim_by_its_words(editor, first, second):
    assert listed(page(editor, PATH, q="rained")) == [second]


def test_it_costs_as_many_queries_for_two_hundred_verdicts_as_for_one(editor, first):
    _, for_one = cost(editor, PATH)
    multiply(first, 199)
    assert cost(editor, PATH) == (200, for_one)
    assert for_one <= 10


def test_counting_stops_at_a_cap_and_the_list_says_so(editor, first, monkeypatch):
    monkeypatch.setattr("claims.admin.base.CappedPaginator.cap", 3)
    multiply(first, 5)
    answer = page(editor, PATH)
    assert answer.context["cl"].result_count == 3
    assert "More than 3 verdicts" in text_of(answer)


def test_there_is_nothing_to_do_to_several_verdicts_at_once(superuser, first):
    assert page(superuser, PATH).context["action_form"] is None


def test_a_claim_that_looks_like_markup_is_shown_as_text(editor, lead, checker):
    in_review(lead, checker, statement="<b>Bold</b> claims <script>alert(1)</script>")
    said = text_of(page(editor, PATH))
    assert "<b>Bold</b>" not in said
    assert "<script>alert" not in said
    assert "&lt;b&gt;Bold" in said
