"""Who am I, who is here, who is on duty."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Permission, User
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import DeskView, ListView, detail, seen_revision, sent, written
from claims.api.bodies import Row
from claims.api.schema import UNCHANGED_ANSWER, listing, operation
from desk import pool
from desk.actions import change_staff, end_shift, start_shift
from desk.api import bodies, inputs, outputs
from desk.models import StaffProfile

LEADS = "desk.manage_staff"


def _people() -> Any:
    return StaffProfile.objects.select_related("user").prefetch_related("beats")


class Me(DeskView):
    """Whoever asks."""

    @operation("Who am I?", outputs.MeBody, name="me_read")
    def get(self, request: Request) -> Response:
        """Return who you are, your roles, and what you may do, in plain words."""
        user = self.actor
        staff = _people().filter(user=user.pk).first()
        return Response(
            {
                "username": user.username,
                "name": user.get_full_name(),
                "is_superuser": user.is_superuser,
                "roles": staff.roles if staff else [],
                "permissions": _in_words(user),
                "staff": bodies.staff_rows([staff])[0] if staff else None,
            }
        )


def _in_words(user: User) -> list[dict[str, str]]:
    """Return what `user` may do, as names and sentences, in the order of the names."""
    held = user.get_all_permissions()
    rows = Permission.objects.filter(content_type__app_label__in=("claims", "desk"))
    named = rows.values_list("content_type__app_label", "codename", "name")
    words = {f"{app}.{codename}": says for app, codename, says in named}
    return [{"name": name, "says": words[name]} for name in sorted(held & set(words))]


class MyShift(DeskView):
    """Your own duty."""

    @operation(
        "Go on duty",
        outputs.ShiftBody,
        takes=inputs.ShiftInput,
        status=201,
        name="me_shift_start",
    )
    def post(self, request: Request) -> Response:
        """Put yourself on duty until `ends_at`."""
        data = sent(request, inputs.ShiftInput)
        shift = start_shift(actor=self.actor, staff=pool.staff_of(self.actor), **data)
        return written(bodies.shift(shift), status=201)

    @operation("Go off duty", outputs.OffDuty, name="me_shift_end")
    def delete(self, request: Request) -> Response:
        """End your shift now; tasks that you have not started go back to the queue."""
        returned = end_shift(actor=self.actor, staff=pool.staff_of(self.actor))
        return Response({"returned_tasks": [task.pk for task in returned]})


@listing("List the people of the desk", outputs.StaffBody, name="staff_list")
class Staff(ListView):
    """The people of the desk."""

    needs = {"GET": LEADS}
    orderings = {"id": ("id",), "-id": ("-id",)}

    def get(self, request: Request) -> Response:
        """List who is here: load against capacity, and who is on duty."""
        return self.paged(StaffProfile.objects.values("id"), _rows)


def _rows(page: list[dict[str, int]]) -> list[Row]:
    ids = [row["id"] for row in page]
    rows = bodies.staff_rows(list(_people().filter(pk__in=ids)))
    return sorted(rows, key=lambda row: ids.index(row["id"]))


class OneOfStaff(DeskView):
    """Somebody of the desk."""

    needs = {"GET": LEADS, "PATCH": LEADS}

    @operation("Read somebody", outputs.StaffBody, also=UNCHANGED_ANSWER, name="staff_read")
    def get(self, request: Request, pk: int) -> Response:
        """Return what they cover, how much they hold, and whether they are on duty."""
        (body,) = bodies.staff_rows([_people().get(pk=pk)])
        return detail(request, body, body["revision"])

    @operation(
        "Change somebody",
        outputs.StaffBody,
        takes=inputs.StaffChange,
        refuses=(412, 428),
        name="staff_change",
    )
    def patch(self, request: Request, pk: int) -> Response:
        """Change what they cover and how much they take on; lost beats return their tasks."""
        staff = StaffProfile.objects.get(pk=pk)
        revision = seen_revision(request, staff.revision)
        changes = sent(request, inputs.StaffChange, partial=True)
        beats = changes.pop("beats", None)
        staff = change_staff(
            actor=self.actor,
            staff=staff,
            changes=changes,
            beats=beats,
            expected_revision=revision,
        )
        (body,) = bodies.staff_rows([_people().get(pk=pk)])
        return written(body, staff.revision)


class ShiftOfStaff(DeskView):
    """Somebody's duty."""

    needs = {"POST": LEADS, "DELETE": LEADS}

    @operation(
        "Put somebody on duty",
        outputs.ShiftBody,
        takes=inputs.ShiftInput,
        status=201,
        name="staff_shift_start",
    )
    def post(self, request: Request, pk: int) -> Response:
        """Put them on duty until `ends_at`."""
        staff = StaffProfile.objects.get(pk=pk)
        data = sent(request, inputs.ShiftInput)
        shift = start_shift(actor=self.actor, staff=staff, **data)
        return written(bodies.shift(shift), status=201)

    @operation("Take somebody off duty", outputs.OffDuty, name="staff_shift_end")
    def delete(self, request: Request, pk: int) -> Response:
        """End their shift now; tasks that they have not started go back to the queue."""
        staff = StaffProfile.objects.select_related("user").get(pk=pk)
        returned = end_shift(actor=self.actor, staff=staff)
        return Response({"returned_tasks": [task.pk for task in returned]})
