"""What every list and form of the admin has in common: nothing is deleted, actions write."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.db import DataError, models
from django.forms import BaseInlineFormSet, ModelForm
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst

from claims.errors import DeskError, Invalid, Stale
from claims.local_times import LocalMoment, LocalTime

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
    StackedInline = admin.StackedInline[Any, Any]
    RowForm = ModelForm[Any]
    Formset = BaseInlineFormSet[Any, Any, Any]
    Pages = Paginator[Any]
else:
    # Django's classes take no type parameters at run time.
    ModelAdmin, StackedInline = admin.ModelAdmin, admin.StackedInline
    RowForm, Formset, Pages = ModelForm, BaseInlineFormSet, Paginator

Formsets = Sequence[Formset]


class CappedPaginator(Pages):
    """Counts no further than `cap` rows, so that a list of 100,000 opens as fast as one of 100."""

    cap = 5000

    @cached_property
    def count(self) -> int:
        """Return the number of rows, or `cap` when there are as many or more."""
        rows = cast(models.QuerySet[Any], self.object_list)
        return rows.order_by()[: self.cap].count()

    @property
    def capped(self) -> bool:
        """Whether there may be more rows than can be paged through."""
        return self.count >= self.cap


class DeskAdmin(ModelAdmin):
    """A list of the desk: fast with many rows, and without any way to delete."""

    list_per_page = 50
    list_max_show_all = 0
    show_full_result_count = False
    paginator = CappedPaginator
    show_facets = admin.ShowFacets.NEVER
    formfield_overrides = {
        models.DateTimeField: {"form_class": LocalMoment, "widget": LocalTime},
        models.URLField: {"assume_scheme": "https"},
    }
    list_title = ""
    """What the list is called, where that is not the plural of the model's name."""
    subject = ""
    """What the history calls these rows, where that is not the model's name."""

    def has_delete_permission(self, request: HttpRequest, obj: Any | None = None) -> bool:
        """Nothing is deleted here."""
        return False

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Return this list's own actions; never Django's bulk delete."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Name the list for what it holds."""
        title = self.list_title or capfirst(self.opts.verbose_name_plural)
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """Return the list; a filter with a value that no row can have is none (`?e=1` says so)."""
        try:
            return super().get_changelist_instance(request)
        except (OverflowError, ValueError, DataError):
            raise IncorrectLookupParameters from None

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Offer to add another only where one was just added."""
        context.setdefault("show_save_and_add_another", context["original"] is None)
        return super().render_change_form(request, context, *args, **kwargs)

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """Return the field without Django's icons for editing what it refers to in a window."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        return field

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Send to the desk's history of this row: Django's own log is not kept."""
        query = {"subject": self.subject or self.opts.model_name, "subject_id": unquote(object_id)}
        return redirect(reverse("admin:claims_event_changelist", query=query))

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Write nothing: the desk's own history has it."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Write nothing: the desk's own history has it."""


class ReadOnlyAdmin(DeskAdmin):
    """A list that can be read and nothing else."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Rows come from the desk's actions."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any | None = None) -> bool:
        """Rows change by the desk's actions."""
        return False


class ActionForm(RowForm):
    """A form whose action may refuse: then it comes back with the reason and all that was typed."""

    refusal: DeskError | None = None
    left_to_action: frozenset[str] = frozenset()
    """Fields whose constraints the action checks itself, with a sentence for people."""

    def _get_validation_exclusions(self) -> set[str]:
        usual: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]  # not in the stubs
        return usual | self.left_to_action

    def full_clean(self) -> None:
        """Check as Django does, and add what the action said when it refused."""
        if isinstance(self.refusal, Stale):
            # Whoever reads the reason and saves again means it.
            data = cast(QueryDict, self.data).copy()
            data["seen"] = str(self.refusal.current)
            self.data = data
        super().full_clean()
        if self.refusal is not None and self.is_bound:
            self._add_refusal(self.refusal)

    def _add_refusal(self, refusal: DeskError) -> None:
        if not isinstance(refusal, Invalid):
            self.add_error(None, str(refusal))
            return
        for name, sentence in refusal.fields.items():
            self.add_error(name if name in self.fields else None, sentence)


class ActionAdmin(DeskAdmin):
    """A form of the admin that saves through an action, never through the row itself.

    Subclasses give `act`. A refusal by the action (`DeskError`) shows the form again, with the
    sentence at its field and everything that was typed.
    """

    form = ActionForm

    def act(
        self, request: HttpRequest, form: Any, formsets: Formsets, change: bool
    ) -> models.Model:
        """Call the action that saves what `form` and `formsets` hold; return the row."""
        raise NotImplementedError

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show the form and save it; show it again with the reason when the action refuses."""
        # Without the transaction that Django would open here: each action has its own.
        try:
            return self._changeform_view(request, object_id, form_url, extra_context)  # type: ignore[attr-defined, no-any-return]  # Django's stubs leave it out
        except DeskError as refusal:
            request._desk_refusal = refusal  # type: ignore[attr-defined]  # read by get_form below
            return self._changeform_view(request, object_id, form_url, extra_context)  # type: ignore[attr-defined, no-any-return]  # as above

    def get_form(
        self, request: HttpRequest, obj: Any | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """Return the form class, which says what the action refused in this request."""
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.refusal = getattr(request, "_desk_refusal", None)
        return form

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: Any) -> None:
        """Write nothing: `save_related` has the whole of what was sent and calls the action."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Let the action save, and make the form's row the one that was saved."""
        saved = self.act(request, form, formsets, change)
        form.instance.__dict__.update(saved.__dict__)

    def construct_change_message(
        self, request: HttpRequest, form: Any, formsets: Any, add: bool = False
    ) -> list[dict[str, Any]]:
        """Return nothing: the action has put it on record."""
        return []


def actor_of(request: HttpRequest) -> User:
    """Return who acts: the person signed in, whom the admin's door has let in."""
    return cast(User, request.user)
