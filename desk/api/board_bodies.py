"""How the board is written in answers, and what the OpenAPI document says of it."""

from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone
from rest_framework import serializers
from rest_framework.serializers import CharField as Text
from rest_framework.serializers import ChoiceField as Choice
from rest_framework.serializers import DateField as Day
from rest_framework.serializers import DateTimeField as Moment
from rest_framework.serializers import FloatField as Real
from rest_framework.serializers import IntegerField as Number

from claims.api.bodies import Row
from claims.days import desk_zone
from desk.board import waits as waiting
from desk.board.ages import ages
from desk.board.past import Decided, Past, past
from desk.board.people import Load, every_load
from desk.board.waits import waits
from desk.board.work import reasons, tally
from desk.models import VerificationTask

_KINDS = (
    waiting.REVIEW,
    waiting.REDO,
    waiting.START,
    waiting.QUEUE,
    waiting.REPORTER,
    waiting.OUTSIDE,
)


class BoardOpen(serializers.Serializer[Any]):
    """The checks that are open now. A check in review is not late: its editor's list says so."""

    total = Number()
    late = Number()
    unassigned = Number()
    in_review = Number()
    quarantined = Number()
    quarantined_readings = Number(help_text="Texts that the desk could not read.")


class BoardReason(serializers.Serializer[Any]):
    """Why checks are in the queue."""

    reason = Text(help_text="Empty when the desk has not looked for anybody yet.")
    number = Number()
    since = Moment()


class BoardAge(serializers.Serializer[Any]):
    """How many open checks were asked for so long ago."""

    at_least_hours = Number()
    below_hours = Number(allow_null=True)
    waiting = Number()
    held = Number()
    in_review = Number()


class BoardPerson(serializers.Serializer[Any]):
    """A checker's work now."""

    username = Text()
    name = Text()
    on_duty_until = Moment(allow_null=True)
    capacity = Number()
    held = Number()
    started = Number()
    late = Number()
    in_review = Number()


class BoardWait(serializers.Serializer[Any]):
    """Somebody waits for somebody."""

    what = Choice(
        _KINDS,
        help_text="review: the person waits for an editor; redo: an editor waits for the person;"
        " start: the desk waits for the person; queue: a beat waits for a checker; reporter and"
        " outside: the person waits for a reporter's answer, for a reply.",
    )
    person = Text(help_text="A user name; for queue a beat's id.")
    name = Text()
    number = Number()
    since = Moment()


class BoardDecided(serializers.Serializer[Any]):
    """Decisions of editors, and how long the approved checks took."""

    approved = Number()
    returned = Number()
    returned_share = Real(allow_null=True)
    median_seconds = Real(allow_null=True, help_text="From classes: right to a fifth at worst.")
    p90_seconds = Real(allow_null=True, help_text="As exact as the median.")


class BoardStep(BoardDecided):
    """The same for some days: one day, or a week where the period is long."""

    first = Day()
    last = Day()


class BoardRating(serializers.Serializer[Any]):
    """How many verdicts were approved with a rating."""

    scale = Text()
    rating = Text()
    number = Number()


class BoardBeat(BoardDecided):
    """The same for a beat."""

    beat = Text(help_text="Its name.")
    ratings = BoardRating(many=True)


class BoardPast(BoardDecided):
    """What was decided in the period."""

    first = Day()
    last = Day()
    steps = BoardStep(many=True)
    beats = BoardBeat(many=True)
    uncounted = Number(help_text="Decisions of the last moments that are not in it yet.")


class BoardBody(serializers.Serializer[Any]):
    """The board."""

    at = Moment()
    time_zone = Text()
    open = BoardOpen()
    reasons = BoardReason(many=True)
    ages = BoardAge(many=True)
    people = BoardPerson(many=True)
    waits = BoardWait(many=True)
    past = BoardPast()


def board(user: User, days: int) -> Row:
    """Write the board as `user` sees it, with the last `days` days."""
    now = timezone.now()
    live = VerificationTask.objects.visible_to(user).live()
    counted = tally(live, now)
    return {
        "at": now,
        "time_zone": desk_zone().key,
        "open": {
            "total": counted.open,
            "late": counted.late,
            "unassigned": counted.unassigned,
            "in_review": counted.review,
            "quarantined": counted.quarantined,
            "quarantined_readings": counted.readings,
        },
        "reasons": [
            {"reason": one.words, "number": one.number, "since": one.since} for one in reasons(live)
        ],
        "ages": [
            {
                "at_least_hours": one.age.least,
                "below_hours": one.age.below,
                "waiting": one.waiting,
                "held": one.held,
                "in_review": one.review,
            }
            for one in ages(live, now)
        ],
        "people": [_person(one) for one in every_load(now)],
        "waits": [
            {
                "what": one.kind,
                "person": one.person,
                "name": one.name,
                "number": one.number,
                "since": one.since,
            }
            for one in waits(live)
        ],
        "past": _past(past(now, days)),
    }


def _person(load: Load) -> Row:
    return {
        "username": load.staff.user.username,
        "name": load.name,
        "on_duty_until": load.on_until,
        "capacity": load.staff.capacity,
        "held": load.held,
        "started": load.started,
        "late": load.late,
        "in_review": load.review,
    }


def _past(back: Past) -> Row:
    ratings = {one.pk: one for one in back.ratings}
    return {
        **_decided(back.in_all),
        "first": back.span.first,
        "last": back.span.last,
        "steps": [
            {"first": span.first, "last": span.last, **_decided(one)} for span, one in back.steps
        ],
        "beats": [
            {
                "beat": beat.name,
                **_decided(beat.decided),
                "ratings": [
                    {
                        "scale": rating.scale.slug,
                        "rating": rating.slug,
                        "number": beat.ratings[pk],
                    }
                    for pk, rating in ratings.items()
                    if pk in beat.ratings
                ],
            }
            for beat in back.beats
        ],
        "uncounted": back.uncounted,
    }


def _decided(one: Decided) -> Row:
    return {
        "approved": one.approved,
        "returned": one.returned,
        "returned_share": one.returned_share,
        "median_seconds": one.median,
        "p90_seconds": one.ninetieth,
    }
