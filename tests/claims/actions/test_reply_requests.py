"""Right of reply: asked, put off, answered, declined, in vain, withdrawn."""

from datetime import timedelta

import pytest
from django.utils import timezone

from claims.actions import (
    accept_claim,
    give_up_reply,
    put_off_reply,
    record_refusal,
    record_reply,
    request_reply,
    withdraw_reply_request,
)
from claims.errors import Conflict, Invalid, NotAllowed, Stale
from claims.models import ReplyRequest
from tests.factories import ClaimFactory, SourceFactory
from tests.record import refused, verbs_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim(editor):
    SourceFactory()
    return accept_claim(actor=editor, claim=ClaimFactory())


def later(hours=2):
    return timezone.now() + timedelta(hours=hours)


def asked(actor, claim, **how):
    usual = {"source": SourceFactory(), "channel": "email", "question": "Is it so?"}
    return request_reply(actor=actor, claim=claim, **(usual | {"due_at": later()} | how))


def test_whom_we_asked_how_and_until_when(checker, claim):
    request = asked(checker, claim, contact=" press@office.example ")
    assert (request.state, request.asked_by, request.contact) == (
        "asked",
        checker,
        "press@office.example",
    )
    assert list(ReplyRequest.objects.waiting()) == [request]
    assert verbs_of(request) == ["ask"]


def test_what_came_back_closes_it(checker, another_checker, claim):
    request = record_reply(actor=another_checker, request=asked(checker, claim), reply=" No. ")
    assert (request.state, request.reply, request.closed_by) == ("replied", "No.", another_checker)
    assert request.closed_at is not None


def test_a_reply_that_comes_late_is_still_a_reply(checker, claim):
    request = give_up_reply(actor=checker, request=asked(checker, claim))
    assert request.state == "silent"
    assert record_reply(actor=checker, request=request, reply="Sorry!").state == "replied"


def test_they_may_decline(checker, claim):
    request = record_refusal(actor=checker, request=asked(checker, claim), reason="“No comment.”")
    assert (request.state, request.closed_because) == ("declined", "“No comment.”")


def test_they_may_be_given_more_time(checker, claim):
    request, then = asked(checker, claim), later(24)
    put_off_reply(actor=checker, request=request, due_at=then)
    request.refresh_from_db()
    assert (request.state, request.due_at) == ("asked", then)
    assert not ReplyRequest.objects.overdue(timezone.now()).exists()
    assert list(ReplyRequest.objects.overdue(then + timedelta(seconds=1))) == [request]


def test_it_may_be_withdrawn_with_a_reason(checker, claim):
    request = asked(checker, claim)
    with refused(Invalid, "why you no longer ask"):
        withdraw_reply_request(actor=checker, request=request, reason=" ")
    assert withdraw_reply_request(actor=checker, request=request, reason="Wrong office").state == (
        "withdrawn"
    )


def test_what_came_back_never_changes(checker, claim):
    request = record_reply(actor=checker, request=asked(checker, claim), reply="No.")
    for again in (give_up_reply, record_refusal):
        with refused(Conflict, "it is replied"):
            again(actor=checker, request=request)


def test_two_people_do_not_overwrite_each_other(checker, claim):
    request = asked(checker, claim)
    put_off_reply(actor=checker, request=request, due_at=later(5))
    with refused(Stale, "has changed since you opened it"):
        give_up_reply(actor=checker, request=request, expected_revision=1)


@pytest.mark.parametrize(
    ("how", "says"),
    [
        ({"question": " "}, "what they were asked"),
        ({"channel": "pigeon"}, "Choose one of: email"),
        ({"due_at": timezone.now() - timedelta(days=1)}, "this moment has passed"),
    ],
)
def test_what_cannot_be_asked(checker, claim, how, says):
    with refused(Invalid, says):
        asked(checker, claim, **how)


def test_nobody_is_asked_about_a_claim_that_is_not_checked(checker):
    suggested = ClaimFactory()
    SourceFactory()
    with refused(Conflict, "Accept this claim"):
        asked(checker, suggested)


@pytest.mark.parametrize("who", ["reporter", "integration", "stranger"])
def test_the_desk_asks_and_nobody_else_sees_it(who, request, checker, claim):
    somebody, waiting = request.getfixturevalue(who), asked(checker, claim)
    with refused(NotAllowed, "ask for replies"):
        asked(somebody, claim)
    with refused(NotAllowed, "ask for replies"):
        record_reply(actor=somebody, request=waiting, reply="Ha.")
    assert not ReplyRequest.objects.visible_to(somebody).exists()
