"""The people of the desk: what they cover, which roles they have, when they are on duty."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from claims.admin.base import ActionAdmin, ActionForm, Formsets, actor_of
from claims.admin.history import entries
from claims.admin.verbs import Verb, VerbForm, VerbsAdmin
from claims.local_times import LocalMoment
from claims.models import Event
from desk.actions import change_staff, end_shift, start_shift
from desk.actions.people import add_staff, change_roles
from desk.models import Assignment, Shift, StaffProfile
from desk.models.staff import Role

COVERS = ("beats", "languages", "capacity", "time_zone")
USUAL_SHIFT = timedelta(hours=8)


class LanguagesField(forms.CharField):
    """Languages as people write them, with commas: en, pt-BR."""

    def prepare_value(self, value: Any) -> Any:
        """Return the codes with commas between them."""
        return ", ".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        """Return the codes as a list."""
        return [code.strip() for code in (value or "").split(",") if code.strip()]


class RolesField(forms.MultipleChoiceField):
    """A tick for each role."""

    def __init__(self) -> None:
        super().__init__(choices=Role.choices, widget=forms.CheckboxSelectMultiple, required=False)


class NewStaffForm(ActionForm):
    """Who is new at the desk, and in which roles."""

    roles = RolesField()


class CoversForm(ActionForm):
    """What somebody covers; roles are changed by a button of their own."""

    languages = LanguagesField(help_text="Codes with commas between them: en, pt-BR.")
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = self.instance.revision


class RolesForm(VerbForm):
    """Asks for the roles somebody is to have."""

    roles = RolesField()
    reason = forms.CharField(required=False, widget=forms.TextInput(attrs={"size": 60}))


class ShiftForm(VerbForm):
    """Asks from when until when."""

    starts_at = LocalMoment(label="From", required=False, help_text="Empty: from now.")
    ends_at = LocalMoment(label="Until")


def _roles(actor: User, staff: StaffProfile, data: dict[str, Any]) -> str:
    changed = change_roles(
        actor=actor,
        staff=staff,
        roles=data["roles"],
        reason=data["reason"],
        expected_revision=data["revision"],
    )
    return f"{changed} is now: {roles_of(changed) or 'without a role'}."


def _start(actor: User, staff: StaffProfile, data: dict[str, Any]) -> str:
    start_shift(actor=actor, staff=staff, starts_at=data["starts_at"], ends_at=data["ends_at"])
    return f"{staff} has a new shift."


def _end(actor: User, staff: StaffProfile, data: dict[str, Any]) -> str:
    back = end_shift(actor=actor, staff=staff)
    return f"{staff} is off duty; {len(back)} tasks not started went back to the queue."


def _why_not_manage(actor: User, staff: StaffProfile) -> str:
    if actor.has_perm("desk.manage_staff"):
        return ""
    return "Your role does not let you change what others do."


def _why_not_end(actor: User, staff: StaffProfile) -> str:
    on_duty = Shift.objects.covering(timezone.now()).filter(staff=staff).exists()
    return _why_not_manage(actor, staff) or ("" if on_duty else f"{staff} is not on duty.")


def roles_of(staff: StaffProfile) -> str:
    """Return the roles in words."""
    return ", ".join(str(Role(role).label) for role in staff.roles)


CHANGE_ROLES: Verb[StaffProfile] = Verb(
    name="roles",
    label="Change roles",
    why_not=_why_not_manage,
    act=_roles,
    form=RolesForm,
    asks="Which roles is this person to have?",
    initial=lambda staff: {"roles": staff.roles},
)
START_SHIFT: Verb[StaffProfile] = Verb(
    name="start-shift",
    label="Add a shift",
    why_not=_why_not_manage,
    act=_start,
    form=ShiftForm,
    asks="When is this person on duty?",
    initial=lambda staff: {"ends_at": timezone.now() + USUAL_SHIFT},
)
END_SHIFT: Verb[StaffProfile] = Verb(
    name="end-shift",
    label="End the shift now",
    why_not=_why_not_end,
    act=_end,
    asks="Take this person off duty now? Tasks they have not started go back to the queue.",
)


class RoleFilter(admin.SimpleListFilter):
    """Who has a role."""

    title = "role"
    parameter_name = "role"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return the roles."""
        return [(str(role.value), str(role.label)) for role in Role]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[StaffProfile]
    ) -> QuerySet[StaffProfile]:
        """Return who has the chosen role. A newsroom is small, and SQLite looks into no lists."""
        if not self.value():
            return queryset
        everybody = StaffProfile.objects.values_list("pk", "roles")
        return queryset.filter(pk__in=[pk for pk, roles in everybody if self.value() in roles])


@admin.register(StaffProfile)
class StaffAdmin(VerbsAdmin, ActionAdmin):
    """Who is at the desk."""

    verbs = (CHANGE_ROLES, START_SHIFT, END_SHIFT)
    subject = "staff"
    list_title = "Staff"
    change_form_template = "admin/desk/staffprofile/change_form.html"
    list_display = ("name", "roles_held", "covers", "spoken", "load", "duty", "time_zone")
    list_filter = (RoleFilter, "beats")
    search_fields = ("user__username", "user__first_name", "user__last_name", "user__email")
    search_help_text = "Name or e-mail address."
    list_select_related = ("user",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[StaffProfile]:
        """Return everybody with their beats."""
        return StaffProfile.objects.select_related("user").prefetch_related("beats")

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """Return the list with load and duty, read in two queries for all of it."""
        changelist = super().get_changelist_instance(request)
        loads = Assignment.objects.loads()
        on_duty = set(Shift.objects.covering(timezone.now()).values_list("staff", flat=True))
        for staff in changelist.result_list:
            now = {"load": loads.get(staff.user_id, 0), "on_duty": staff.pk in on_duty}
            staff.__dict__["now"] = now
        return changelist

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Leads bring people to the desk."""
        return request.user.has_perm("desk.manage_staff")

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """Return the form for somebody new, or the one for what somebody covers."""
        kwargs["form"] = CoversForm if obj else NewStaffForm
        return super().get_form(request, obj, change, **kwargs)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Return what is asked of somebody new, or may be changed of what they cover."""
        if obj is None:
            return ("user", "roles")
        return (*COVERS, "seen") if self.has_change_permission(request, obj) else COVERS

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """Offer the people who have no profile yet."""
        if db_field.name == "user":
            kwargs["queryset"] = User.objects.filter(staff__isnull=True, is_active=True)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """Offer the beats as ticks."""
        kwargs["widget"] = forms.CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def act(self, request: HttpRequest, form: Any, formsets: Formsets, change: bool) -> Any:
        """Bring somebody to the desk, or change what they cover."""
        data, actor = form.cleaned_data, actor_of(request)
        if not change:
            return add_staff(actor=actor, user=data["user"], roles=data["roles"])
        return change_staff(
            actor=actor,
            staff=form.instance,
            changes={name: data[name] for name in ("languages", "capacity", "time_zone")},
            beats=data["beats"],
            expected_revision=data["seen"],
        )

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show roles, load, shifts and conflicts beside the form, and the history below."""
        staff = self.row_or_404(request, object_id)
        context = {
            "title": str(staff),
            "subtitle": "",
            "staff": staff,
            "roles": roles_of(staff),
            "load": Assignment.objects.active().filter(person=staff.user_id).count(),
            "shifts": staff.shifts.filter(ends_at__gt=timezone.now()),
            "conflicts": staff.conflicts.select_related("source", "article"),
            "buttons": self.buttons(actor_of(request), staff),
            "history": entries(_events(staff)),
        }
        return super().change_view(
            request, object_id, form_url, {**context, **(extra_context or {})}
        )

    @admin.display(description="name", ordering="user__first_name")
    def name(self, staff: StaffProfile) -> str:
        """Return the person's name."""
        return str(staff)

    @admin.display(description="roles")
    def roles_held(self, staff: StaffProfile) -> str:
        """Return the roles in words."""
        return roles_of(staff)

    @admin.display(description="beats")
    def covers(self, staff: StaffProfile) -> str:
        """Return the beats by name."""
        return ", ".join(beat.name for beat in staff.beats.all())

    @admin.display(description="languages")
    def spoken(self, staff: StaffProfile) -> str:
        """Return the languages."""
        return ", ".join(staff.languages)

    @admin.display(description="tasks held")
    def load(self, staff: StaffProfile) -> str:
        """Return how many tasks they hold, of how many they are given."""
        return f"{staff.__dict__['now']['load']} of {staff.capacity}"

    @admin.display(description="on duty", boolean=True)
    def duty(self, staff: StaffProfile) -> bool:
        """Return whether a shift is on now."""
        return bool(staff.__dict__["now"]["on_duty"])


def _events(staff: StaffProfile) -> QuerySet[Event]:
    about = Event.objects.filter(subject="staff", subject_id=staff.pk)
    return about.select_related("actor", "version").order_by("id")
