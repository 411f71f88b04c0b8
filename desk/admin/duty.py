"""Shifts, conflicts of interest and notices."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.admin.base import ActionAdmin, ActionForm, Formsets, ReadOnlyAdmin, actor_of
from claims.admin.verbs import ButtonsAdmin, ReasonForm, Verb
from desk import notice_words
from desk.actions import start_shift
from desk.actions.people import lift_conflict, read_notices, record_conflict
from desk.models import ConflictOfInterest, Notice, Shift


class WhenFilter(admin.SimpleListFilter):
    """Opens on what is on or to come."""

    title = "when"
    parameter_name = "when"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return the choices beside now and later."""
        return [("now", "On now"), ("past", "Past")]

    def choices(self, changelist: Any) -> Any:
        """Return the choices with now and later in the place of Django's All."""
        first, *others = super().choices(changelist)
        return [{**first, "display": "Now and later"}, *others]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Shift]) -> QuerySet[Shift]:
        """Return the chosen shifts."""
        now = timezone.now()
        if self.value() == "now":
            return queryset.filter(starts_at__lte=now, ends_at__gt=now)
        if self.value() == "past":
            return queryset.filter(ends_at__lte=now)
        return queryset.filter(ends_at__gt=now)


class ShiftForm(ActionForm):
    """A shift, whose action knows which end comes first."""

    left_to_action = frozenset({"ends_at"})


@admin.register(Shift)
class ShiftAdmin(ActionAdmin):
    """Who is on duty when. A shift is ended on the person's page."""

    form = ShiftForm
    list_display = ("staff", "starts_at", "ends_at")
    list_filter = (WhenFilter,)
    list_select_related = ("staff__user",)
    search_fields = ("staff__user__username", "staff__user__first_name", "staff__user__last_name")
    fields = ("staff", "starts_at", "ends_at")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A shift that was agreed stays; ending it is a button of the person's page."""
        return False

    def act(self, request: HttpRequest, form: Any, formsets: Formsets, change: bool) -> Shift:
        """Add a shift."""
        return start_shift(actor=actor_of(request), **form.cleaned_data)


def _lift(actor: User, conflict: ConflictOfInterest, data: dict[str, Any]) -> str:
    staff = lift_conflict(actor=actor, conflict=conflict, reason=data["reason"])
    return f"The conflict of {staff} is lifted."


def _why_not_lift(actor: User, conflict: ConflictOfInterest) -> str:
    if actor.has_perm("desk.delete_conflictofinterest"):
        return ""
    return "Your role does not let you lift conflicts of interest."


LIFT: Verb[ConflictOfInterest] = Verb(
    name="lift",
    label="Lift",
    why_not=_why_not_lift,
    act=_lift,
    form=ReasonForm,
    asks="Does this conflict no longer hold?",
    css="bad",
)


class ConflictForm(ActionForm):
    """A conflict, whose action says that it is about one thing."""

    left_to_action = frozenset({"source", "article"})


@admin.register(ConflictOfInterest)
class ConflictAdmin(ButtonsAdmin, ActionAdmin):
    """Who must not check what, and why."""

    verbs = (LIFT,)
    change_form_template = "admin/desk/buttons_above.html"
    form = ConflictForm
    list_display = ("staff", "source", "article", "reason")
    list_select_related = ("staff__user", "source", "article")
    search_fields = ("staff__user__username", "source__name", "article__headline", "reason")
    raw_id_fields = ("source", "article")
    fields = ("staff", "source", "article", "reason")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was recorded stays; what no longer holds is lifted."""
        return False

    def act(
        self, request: HttpRequest, form: Any, formsets: Formsets, change: bool
    ) -> ConflictOfInterest:
        """Put a conflict on record."""
        return record_conflict(actor=actor_of(request), **form.cleaned_data)

    def after(self, request: HttpRequest, row: Any, verb: Verb[Any]) -> str:
        """Go back to the list: the row is gone."""
        return self.url("changelist")


class ReadFilter(admin.SimpleListFilter):
    """Opens on what is unread."""

    title = "read"
    parameter_name = "read"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return the choices beside unread."""
        return [("yes", "Read"), ("all", "All")]

    def choices(self, changelist: Any) -> Any:
        """Return the choices with unread in the place of Django's All."""
        first, *others = super().choices(changelist)
        return [{**first, "display": "Unread"}, *others]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Notice]) -> QuerySet[Notice]:
        """Return the chosen notices."""
        if self.value() == "all":
            return queryset
        return queryset.filter(read_at__isnull=self.value() != "yes")


@admin.action(description="Mark the selected notices as read", permissions=["view"])
def mark_as_read(
    model_admin: "NoticeAdmin", request: HttpRequest, queryset: QuerySet[Notice]
) -> None:
    """Mark the person's own notices as read."""
    rows = Notice.objects.filter(pk__in=queryset.values("pk"))
    count = read_notices(actor=actor_of(request), notices=rows)
    messages.success(request, f"{count} {'notice' if count == 1 else 'notices'} marked as read.")


@admin.register(Notice)
class NoticeAdmin(ReadOnlyAdmin):
    """What the desk has told the person signed in."""

    list_display = ("told", "about", "created_at", "read_at")
    list_display_links = None
    list_filter = (ReadFilter, "kind")
    ordering = ("-pk",)
    actions = (mark_as_read,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Notice]:
        """Return the person's own notices."""
        mine = Notice.objects.visible_to(actor_of(request)).on_page()
        return mine.select_related("claim", "article", "by")

    @admin.display(description="notice", ordering="kind")
    def told(self, notice: Notice) -> str:
        """Return what the notice says."""
        return notice_words.sentence(notice)

    @admin.display(description="about")
    def about(self, notice: Notice) -> SafeString:
        """Return what it is about, as a link to the task where there is one."""
        words = notice_words.about(notice)
        if notice.task_id is None:
            return format_html('<span dir="auto">{}</span>', words)
        url = reverse("admin:desk_verificationtask_change", args=[notice.task_id])
        return format_html('<a href="{}" dir="auto">{}</a>', url, words)
