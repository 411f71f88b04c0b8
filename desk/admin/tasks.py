"""Tasks for the lead: what is late, what waits and why, who holds what, and moving it."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.admin.base import ReadOnlyAdmin, actor_of
from claims.admin.history import entries
from claims.admin.verbs import ReasonForm, Verb, VerbForm, VerbsAdmin
from claims.admin.words import due_words, moment, span
from claims.models import Event
from desk.actions import (
    assign_task,
    cancel_task,
    reassign_task,
    release_task,
    reopen_task,
    requeue_task,
)
from desk.admin.linked import AgeFilter, ArticleFilter, HolderFilter, ReasonFilter
from desk.models import Assignment, Draft, Shift, StaffProfile, VerificationTask
from desk.models.staff import Role
from desk.states import HELD, LIVE, TASK_TRANSITIONS, TaskState


def checkers() -> list[StaffProfile]:
    """Return the active people who check claims, with their beats."""
    people = StaffProfile.objects.active().select_related("user").prefetch_related("beats")
    return [one for one in people if Role.CHECKER in one.roles]


if TYPE_CHECKING:
    PersonChoice = forms.ModelChoiceField[User]
else:
    PersonChoice = forms.ModelChoiceField


class PersonField(PersonChoice):
    """A choice among the checkers, with what a lead wants to know of each."""

    def __init__(self, people: Iterable[StaffProfile]) -> None:
        self.people = {one.user_id: one for one in people}
        self.loads = Assignment.objects.loads()
        on_duty = Shift.objects.covering(timezone.now()).values_list("staff", flat=True)
        self.on_duty = set(on_duty)
        users = User.objects.filter(pk__in=self.people).order_by("first_name", "username")
        super().__init__(users, empty_label="Choose somebody")

    def label_from_instance(self, obj: Any) -> str:
        """Return the name, whether they are on duty, their load and their beats."""
        staff = self.people[obj.pk]
        duty = "on duty" if staff.pk in self.on_duty else "off duty"
        load = f"{self.loads.get(obj.pk, 0)} of {staff.capacity} tasks"
        beats = ", ".join(beat.name for beat in staff.beats.all()) or "no beat"
        return f"{staff}: {duty}, {load}, {beats}"


class AssignForm(VerbForm):
    """Asks who is to check it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"] = PersonField(checkers())
        self.order_fields(["person", "reason", "revision"])


class ReassignForm(AssignForm, ReasonForm):
    """Asks who is to check it instead, and why."""


class ReleaseForm(ReasonForm):
    """Lets the lead say why."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = False


def _why_not(verb: str) -> Callable[[User, VerificationTask], str]:
    """Return the check that a lead may do `verb` now; the holder's own verbs are the pages'."""

    def why_not(actor: User, task: VerificationTask) -> str:
        if not actor.has_perm("desk.assign_task"):
            return f"Your role does not let you {verb} tasks."
        if task.state not in TASK_TRANSITIONS[verb].sources:
            return f"It is {task.get_state_display().lower()}, so you cannot {verb} it."
        return ""

    return why_not


def _act(
    action: Callable[..., VerificationTask], done: str, actor: User, task: Any, data: dict[str, Any]
) -> str:
    """Call a task's action with what its form asked for; say what was done."""
    given = {name: data[name] for name in ("person", "reason") if name in data}
    result = action(actor=actor, task=task, expected_revision=data["revision"], **given)
    holder = result.hold.person if result.hold else None
    return done.format(claim=task.claim, person=holder and (holder.get_full_name() or holder))


def _verb(
    name: str,
    action: Callable[..., VerificationTask],
    asks: str,
    done: str,
    form: type[VerbForm] = VerbForm,
    css: str = "",
) -> Verb[VerificationTask]:
    return Verb(
        name=name,
        label=name.capitalize(),
        why_not=_why_not(name),
        act=partial(_act, action, done),
        form=form,
        asks=asks,
        css=css,
    )


VERBS = (
    _verb("assign", assign_task, "Who is to check it?", "{person} has “{claim}” now.", AssignForm),
    _verb(
        "reassign",
        reassign_task,
        "Who is to check it instead?",
        "{person} has “{claim}” now.",
        ReassignForm,
    ),
    _verb(
        "release",
        release_task,
        "Put this task back into the queue?",
        "“{claim}” is back in the queue.",
        ReleaseForm,
    ),
    _verb(
        "requeue",
        requeue_task,
        "Take this task out of quarantine?",
        "“{claim}” is back in the queue.",
    ),
    _verb(
        "reopen",
        reopen_task,
        "Have this claim checked again?",
        "“{claim}” is being checked again.",
        ReasonForm,
    ),
    _verb(
        "cancel",
        cancel_task,
        "Call this check off?",
        "The check of “{claim}” is called off.",
        ReasonForm,
        "bad",
    ),
)


class WorkFilter(admin.SimpleListFilter):
    """Opens on what is still to do; picks out what needs the lead."""

    title = "what needs attention"
    parameter_name = "work"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return the choices beside everything to do."""
        return [
            ("late", "Late"),
            ("nobody", "Nobody eligible"),
            ("quarantined", "Quarantined"),
            ("all", "All, with finished ones"),
        ]

    def choices(self, changelist: Any) -> Any:
        """Return the choices with what is to do in the place of Django's All."""
        first, *others = super().choices(changelist)
        return [{**first, "display": "To do"}, *others]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[VerificationTask]
    ) -> QuerySet[VerificationTask]:
        """Return the chosen tasks."""
        chosen = {
            "late": Q(state__in=[*HELD, TaskState.QUEUED], due_at__lt=timezone.now()),
            "nobody": Q(state=TaskState.QUEUED) & ~Q(why_waiting=""),
            "quarantined": Q(state=TaskState.QUARANTINED),
            "all": Q(),
        }
        return queryset.filter(chosen.get(self.value() or "", Q(state__in=LIVE)))


@admin.register(VerificationTask)
class TaskAdmin(VerbsAdmin, ReadOnlyAdmin):
    """The checks that are to be done, what is due first on top."""

    verbs = VERBS
    subject = "task"
    list_title = "Tasks"
    verb_summary = "admin/desk/verificationtask/summary.html"
    list_display = ("said", "due", "state", "beat", "holder", "waiting", "escalations")
    list_filter = (
        WorkFilter,
        "state",
        "beat",
        "priority",
        ArticleFilter,
        HolderFilter,
        ReasonFilter,
        AgeFilter,
    )
    search_fields = ("claim__statement", "claim__quote", "hold__person__username", "=claim__id")
    search_help_text = "Words or number of the claim, or who holds it."
    ordering = ("due_at", "pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet[VerificationTask]:
        """Return the tasks this person may see, with what a line shows."""
        seen = VerificationTask.objects.visible_to(actor_of(request))
        return seen.select_related("claim__article", "beat", "hold__person", "verdict__rating")

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show the task, its holds, what was typed, and what the lead may do with it."""
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        task = self.row_or_404(request, object_id)
        context = {
            **self.admin_site.each_context(request),
            "title": str(task.claim),
            "opts": self.opts,
            "task": task,
            "due": self.due(task),
            "holder": self.holder(task),
            "buttons": self.buttons(actor_of(request), task),
            "holds": task.assignments.select_related("person", "assigned_by"),
            "drafts": Draft.objects.filter(task=task).select_related("person", "rating", "version"),
            "related": _related(task),
            "history": entries(_events(task)),
        }
        return TemplateResponse(request, "admin/desk/verificationtask/task.html", context)

    @admin.display(description="claim", ordering="claim__statement")
    def said(self, task: VerificationTask) -> SafeString:
        """Return the claim that is to be checked."""
        return format_html('<span dir="auto">{}</span>', task.claim)

    @admin.display(description="due", ordering="due_at")
    def due(self, task: VerificationTask) -> SafeString:
        """Return when it is due, marked when the work is late."""
        return due_words(task.due_at, waiting=task.state in (*HELD, TaskState.QUEUED))

    @admin.display(description="holder", ordering="hold__person__username", empty_value="Nobody")
    def holder(self, task: VerificationTask) -> SafeString | None:
        """Return who holds it, and for how long still."""
        if task.hold is None:
            return None
        person = task.hold.person.get_full_name() or task.hold.person.username
        left = task.hold.leased_until - timezone.now()
        words = f"for {span(left)}" if left.total_seconds() > 0 else "ran out"
        return format_html(
            "{} <span class='quiet'>{}</span>", person, moment(task.hold.leased_until, words)
        )

    @admin.display(description="why it waits")
    def waiting(self, task: VerificationTask) -> str:
        """Return why nobody could be given it."""
        return task.why_waiting


def _related(task: VerificationTask) -> list[tuple[str, str]]:
    """Return what this task came from and led to, each with its address."""
    found = [("the check before", task.predecessor_id)]
    found += [("the check after", pk) for pk in task.successors.values_list("pk", flat=True)]
    return [
        (name, reverse("admin:desk_verificationtask_change", args=[pk])) for name, pk in found if pk
    ]


def _events(task: VerificationTask) -> QuerySet[Event]:
    about = Event.objects.filter(subject="task", subject_id=task.pk)
    return about.select_related("actor", "version").order_by("id")
