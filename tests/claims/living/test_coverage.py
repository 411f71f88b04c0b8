"""Coverage: how much of what there is to check has been cleared."""

import pytest

from claims.actions import accept_claim, dismiss_claim, set_sentence_kind
from claims.coverage import coverage_of
from desk.models import VerificationTask
from tests.claims.living.story import (
    FOLLOW,
    REPORT,
    STORY,
    claim_on,
    newest,
    received,
    revised,
    sentence,
    suggested,
)
from tests.claims.living.test_versions import approved

pytestmark = pytest.mark.django_db


def test_before_it_is_read_nothing_is_cleared(integration):
    coverage = coverage_of(newest(received(integration)))
    assert (coverage.is_read, coverage.share) == (False, 0.0)


def test_furniture_and_opinion_are_not_to_be_checked(integration):
    article = suggested(integration)
    coverage = coverage_of(newest(article))
    kinds = list(newest(article).sentences.values_list("kind", flat=True))
    assert coverage.sentences == len(kinds)
    assert coverage.to_check == kinds.count("checkable") + kinds.count("quotation")
    assert (coverage.cleared, coverage.share) == (0, 0.0)


def test_an_approved_verdict_clears_its_sentence(integration, lead, checker, editor):
    article = suggested(integration)
    approved(lead, checker, editor, article)
    assert coverage_of(newest(article)).cleared == 1


def test_so_does_a_dismissal(integration, editor):
    article = suggested(integration)
    dismiss_claim(actor=editor, claim=claim_on(article, REPORT), reason="Trivial.")
    assert coverage_of(newest(article)).cleared == 1


def test_a_verdict_that_waits_for_approval_clears_nothing(integration, lead, checker):
    article = suggested(integration)
    accept_claim(actor=lead, claim=claim_on(article, REPORT))
    assert VerificationTask.objects.exists()
    assert coverage_of(newest(article)).cleared == 0


def test_a_changed_statement_is_not_cleared_and_restored_it_is(integration, lead, checker, editor):
    article = suggested(integration)
    approved(lead, checker, editor, article)
    revised(integration, article, STORY.replace("23 per cent", "27 per cent"))
    assert coverage_of(newest(article)).cleared == 0
    revised(integration, article, STORY)
    assert coverage_of(newest(article)).cleared == 1


def test_what_people_say_of_a_sentence_counts(integration, checker):
    article = suggested(integration)
    before = coverage_of(newest(article)).to_check
    set_sentence_kind(actor=checker, sentence=sentence(article, FOLLOW), kind="checkable")
    assert coverage_of(newest(article)).to_check == before + 1
    set_sentence_kind(actor=checker, sentence=sentence(article, REPORT), kind="nothing")
    assert coverage_of(newest(article)).to_check == before


def test_it_says_when_the_desk_has_no_rules_for_the_language(integration):
    article = suggested(integration, language="fr")
    assert "no rules" in coverage_of(newest(article)).note


def test_nothing_but_checked_statements_is_wholly_cleared(integration, editor):
    article = suggested(integration, f"{REPORT}")
    for claim in article.claims.all():
        dismiss_claim(actor=editor, claim=claim, reason="Trivial.")
    assert coverage_of(newest(article)).share == 1.0
