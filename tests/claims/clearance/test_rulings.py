"""Words that may be as they are: left to the author, or let stand by an editor."""

import pytest

from claims.actions import (
    accept_claim,
    add_version,
    dismiss_claim,
    end_ruling,
    leave_claim_to_author,
    leave_sentence_to_author,
    let_stand,
)
from claims.clearance.reading import clearance_of
from claims.coverage import coverage_of
from claims.errors import Conflict, Invalid, NotAllowed
from claims.models import ArticleVersion, Ruling
from tests.claims.clearance.steps import approved, dismiss_the_rest
from tests.claims.living.story import (
    FOLLOW,
    HEADLINE,
    REPORT,
    SAID,
    STORY,
    claim_on,
    newest,
    sentence,
    suggested,
)
from tests.record import last_event, refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(integration):
    return suggested(integration)


def decision(article):
    version = ArticleVersion.objects.select_related("article").get(pk=newest(article).pk)
    return clearance_of(version).decision


def left(checker, article):
    return leave_claim_to_author(
        actor=checker, claim=claim_on(article, REPORT), reason="She read it at the office."
    )


def test_what_cannot_be_checked_is_left_to_the_author(checker, editor, article):
    dismiss_the_rest(editor, article, REPORT)
    assert decision(article) == "hold"
    ruling = left(checker, article)
    assert (decision(article), ruling.kind) == ("go", "on_author")
    coverage = coverage_of(newest(article))
    assert coverage.cleared == coverage.to_check
    assert last_event(ruling).verb == "on_author"


def test_so_is_a_sentence_without_a_claim(checker, editor, article):
    dismiss_the_rest(editor, article)
    one = sentence(article, FOLLOW)
    one.kind = "checkable"
    one.save()
    assert decision(article) == "hold"
    leave_sentence_to_author(actor=checker, sentence=one, reason="She was there.")
    assert decision(article) == "go"
    with refused(Conflict, "already"):
        leave_sentence_to_author(actor=checker, sentence=one, reason="She was there.")


def test_a_sentence_with_a_claim_is_not(checker, article):
    with refused(Conflict, "Leave the claim"):
        leave_sentence_to_author(actor=checker, sentence=sentence(article, REPORT), reason="So.")


def test_nor_is_what_has_a_verdict_or_was_dismissed(lead, checker, editor, article):
    approved(lead, checker, editor, article)
    with refused(Conflict, "A verdict says"):
        left(checker, article)
    other = claim_on(article, "4.2 million")
    dismiss_claim(actor=editor, claim=other, reason="Trivial.")
    with refused(Conflict, "dismissed"):
        leave_claim_to_author(actor=checker, claim=other, reason="So.")


def test_it_ends_with_its_words(checker, integration, article):
    ruling = left(checker, article)
    again = STORY.replace("A report", "A new beginning.\n\nA report")
    add_version(actor=integration, article=article, headline=HEADLINE, body=f"Hello.\n\n{STORY}")
    assert Ruling.objects.get(pk=ruling.pk).passage.version == newest(article)
    changed = again.replace("23 per cent", "27 per cent")
    add_version(actor=integration, article=article, headline=HEADLINE, body=changed)
    ended = Ruling.objects.get(pk=ruling.pk)
    assert (ended.ended_by, bool(ended.ended_because)) == (None, True)
    assert last_event(ended).verb == "end"


def test_who_may_say_it_may_take_it_back(checker, reporter, article):
    ruling = left(checker, article)
    with refused(NotAllowed):
        end_ruling(actor=reporter, ruling=ruling, reason="No.")
    with refused(Invalid):
        end_ruling(actor=checker, ruling=ruling, reason="")
    ended = end_ruling(actor=checker, ruling=ruling, reason="There is a document after all.")
    assert ended.ended_by == checker
    with refused(Conflict, "ended already"):
        end_ruling(actor=checker, ruling=ended, reason="Again.")


def test_an_editor_lets_a_false_quotation_stand_that_the_article_calls_false(
    lead, checker, editor, article
):
    dismiss_the_rest(editor, article, SAID)
    approved(lead, checker, editor, article, words=SAID)
    assert decision(article) == "hold"
    with refused(NotAllowed):
        let_stand(actor=checker, claim=claim_on(article, SAID), reason="It says so.")
    let_stand(actor=editor, claim=claim_on(article, SAID), reason="It says so.")
    assert decision(article) == "go"


def test_but_not_what_the_article_says_in_its_own_words(lead, checker, editor, article):
    approved(lead, checker, editor, article)
    with refused(Conflict, "in its own words"):
        let_stand(actor=editor, claim=claim_on(article, REPORT), reason="It says so.")
    assert decision(article) == "kill"


def test_nor_what_no_verdict_calls_wrong(lead, checker, editor, article):
    accept_claim(actor=lead, claim=claim_on(article, REPORT))
    with refused(Conflict, "No verdict"):
        let_stand(actor=editor, claim=claim_on(article, REPORT), reason="It says so.")


def test_what_is_said_anew_takes_the_place_of_what_was_said(checker, article):
    first, second = left(checker, article), left(checker, article)
    assert Ruling.objects.get(pk=first.pk).ended_at is not None
    assert Ruling.objects.get(pk=second.pk).ended_at is None
