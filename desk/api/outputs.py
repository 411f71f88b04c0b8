"""What answers look like, for the OpenAPI document; `desk.api.bodies` writes them."""

from typing import Any

from rest_framework import serializers
from rest_framework.serializers import BooleanField as Flag
from rest_framework.serializers import CharField as Text
from rest_framework.serializers import ChoiceField as Choice
from rest_framework.serializers import DateTimeField as Moment
from rest_framework.serializers import IntegerField as Number

from claims.api.outputs import PRIORITIES, ClaimRef, RatingRef
from desk.models.staff import Role
from desk.states import TaskState

Body = serializers.Serializer[Any]


class HoldBody(Body):
    """Somebody's hold on a task."""

    person = Text(help_text="User name.")
    token = Number(allow_null=True, help_text="The fencing token; only its holder sees it.")
    taken_at = Moment()
    started_at = Moment(allow_null=True)
    leased_until = Moment()


class TaskBody(Body):
    """One check of one claim. Its state is that of the work and of nothing else."""

    id = Number()
    claim = ClaimRef()
    slot = Number(help_text="1, or more where a claim gets several independent checks.")
    state = Choice(TaskState.choices)
    beat = Text(help_text="Slug.")
    language = Text()
    priority = Choice(PRIORITIES)
    publish_at = Moment(allow_null=True)
    due_at = Moment()
    overdue = Flag()
    queued_at = Moment()
    finished_at = Moment(allow_null=True)
    why_waiting = Text(help_text="Why nobody could be given it.")
    escalations = Number(help_text="How often it was brought before the lead.")
    text_changed_at = Moment(allow_null=True)
    hold = HoldBody(allow_null=True)
    verdict = Number(allow_null=True, help_text="The id of the verdict submitted last.")
    predecessor = Number(allow_null=True, help_text="The id of the task this one reopened.")
    revision = Number()
    allowed_actions = serializers.ListField(child=Text())


class DraftBody(Body):
    """An unfinished verdict, yours alone."""

    task = Number()
    version = Number(help_text="The number of the text it was written about.")
    rating = RatingRef(allow_null=True)
    summary = Text()
    explanation = Text()
    updated_at = Moment()
    revision = Number()


class LostHold(Body):
    """Your hold is gone, but what you typed was kept."""

    type = Text()
    errors = serializers.JSONField()  # type: ignore[assignment]  # DRF takes fields out of the class, so the name is free
    state = Text()
    kept = Flag()
    draft = DraftBody()


class ShiftBody(Body):
    """A time on duty."""

    starts_at = Moment()
    ends_at = Moment(help_text="Exclusive.")


class OffDuty(Body):
    """Off duty from now on."""

    returned_tasks = serializers.ListField(
        child=Number(), help_text="Ids of tasks that went back to the queue, not yet started."
    )


class StaffBody(Body):
    """Somebody of the desk, for the lead."""

    id = Number()
    username = Text()
    name = Text()
    roles = serializers.ListField(child=Choice(Role.choices))
    beats = serializers.ListField(child=Text(), help_text="Slugs.")
    languages = serializers.ListField(child=Text())
    capacity = Number(help_text="How many tasks the desk gives them at once.")
    load = Number(help_text="How many they hold now.")
    time_zone = Text()
    is_active = Flag()
    shift = ShiftBody(allow_null=True, help_text="The shift they are on now.")
    last_assigned_at = Moment(allow_null=True)
    revision = Number()


class PermissionBody(Body):
    """Something you may do."""

    name = Text()
    says = Text(help_text="In plain words.")


class MeBody(Body):
    """Who you are here."""

    username = Text()
    name = Text()
    is_superuser = Flag()
    roles = serializers.ListField(child=Choice(Role.choices))
    permissions = PermissionBody(many=True)
    staff = StaffBody(allow_null=True)
