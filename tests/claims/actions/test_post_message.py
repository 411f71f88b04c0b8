"""Messages: who may write what to whom, and who is called by it."""

import pytest

from claims.actions import post_message
from claims.errors import Invalid, NotAllowed
from claims.models import Mention, Message
from tests.factories import ClaimFactory
from tests.record import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim(reporter):
    claim = ClaimFactory()
    claim.article.authors.add(reporter)
    return claim


def say(actor, claim, body="Which table?", **how):
    return post_message(actor=actor, claim=claim, body=body, **how)


def mentioned(message):
    return sorted(message.mentions.values_list("username", flat=True))


def test_the_desk_talks_among_itself(claim, checker, editor, reporter):
    message = say(checker, claim)
    assert (message.kind, message.for_reporter) == ("note", False)
    assert list(Message.objects.visible_to(editor)) == [message]
    assert not Message.objects.visible_to(reporter).exists()


def test_what_is_meant_for_the_reporter_is_read_by_the_articles_author_alone(
    claim, checker, reporter, stranger, integration
):
    message = say(checker, claim, kind="question", for_reporter=True)
    assert list(Message.objects.visible_to(reporter)) == [message]
    assert not Message.objects.visible_to(stranger).exists()
    assert not Message.objects.visible_to(integration).exists()


def test_a_reporter_writes_on_their_own_article_and_reads_it_again(claim, reporter, checker):
    message = say(reporter, claim, "It is on page 7.")
    assert message.for_reporter
    assert list(Message.objects.visible_to(reporter)) == [message]


def test_a_reporter_does_not_write_on_somebody_elses_article(reporter):
    somebody_elses = ClaimFactory()
    with refused(NotAllowed, "cannot see this claim"):
        say(reporter, somebody_elses)


@pytest.mark.parametrize("who", ["stranger", "integration"])
def test_who_is_not_of_the_newsroom_writes_nothing(who, request, claim):
    somebody = request.getfixturevalue(who)
    with refused(NotAllowed, "write messages"):
        say(somebody, claim)


def test_names_with_an_at_sign_are_mentioned_once_whatever_their_case(claim, checker, editor, lead):
    message = say(checker, claim, "@edda, do you agree? @Edda @lena.")
    assert mentioned(message) == ["edda", "lena"]


def test_an_address_or_a_name_that_nobody_has_calls_nobody(claim, checker, editor):
    message = say(checker, claim, "Mail press@edda, or ask @mayor_of_lindenau and me, @alice.")
    assert mentioned(message) == []


def test_nobody_is_called_who_could_not_read_it(claim, checker, reporter):
    with refused(Invalid, "rosa cannot read this message. Authors read what is meant for them"):
        say(checker, claim, "@rosa, where is this from?")
    assert mentioned(say(checker, claim, "@rosa, where from?", for_reporter=True)) == ["rosa"]


def test_an_answer_goes_to_whom_the_question_went_to(claim, checker, reporter):
    question = say(checker, claim, kind="question", for_reporter=True)
    answer = say(reporter, claim, "Page 7.", answers=question)
    assert (answer.kind, answer.answers, answer.for_reporter) == ("answer", question, True)
    thanks = say(checker, claim, "Thank you.", answers=answer)
    assert thanks.answers == question


def test_a_question_is_open_until_it_is_answered(claim, checker, reporter, editor):
    question = say(checker, claim, kind="question", for_reporter=True)
    say(checker, claim, kind="question")
    assert list(Message.objects.open_to_reporters([claim.pk])) == [question]
    assert Message.objects.unanswered().count() == 2
    say(reporter, claim, "Page 7.", answers=question)
    assert not Message.objects.open_to_reporters([claim.pk]).exists()


def test_a_reporter_cannot_answer_what_they_cannot_read(claim, checker, reporter):
    hidden = say(checker, claim, kind="question")
    with refused(Invalid, "no such message"):
        say(reporter, claim, "Page 7.", answers=hidden)


def test_an_answer_stays_on_its_claim(claim, checker):
    question = say(checker, ClaimFactory(words="It rained"))
    with refused(Invalid, "no such message"):
        say(checker, claim, "Page 7.", answers=question)


@pytest.mark.parametrize(
    ("how", "says"),
    [
        ({"body": "  "}, "Write something first"),
        ({"body": "x" * 10_001}, "at most 10,000"),
        ({"kind": "answer"}, "Choose one of: note, question, help"),
        ({"kind": "rant"}, "Choose one of"),
    ],
)
def test_what_cannot_be_sent(claim, checker, how, says):
    with refused(Invalid, says):
        say(checker, claim, **how)


def test_it_is_on_record_without_its_words(claim, checker, editor):
    message = say(checker, claim, "@edda, I need you", kind="help", calling=[editor])
    event = claim.events.get(subject="message")
    assert (event.verb, event.subject_id, event.actor) == ("call", message.pk, checker)
    assert event.detail == {"for_reporter": False, "mentions": ["edda"]}
    assert Mention.objects.count() == 1
