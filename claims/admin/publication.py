"""Fact-checks for editors: what is ready, what waits, what is out, and what to do with it."""

from typing import Any, cast

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.safestring import SafeString

from claims.admin.base import ReadOnlyAdmin, actor_of
from claims.admin.history import entries
from claims.admin.publication_verbs import FACT_CHECK_VERBS
from claims.admin.verbs import Verb, VerbForm, VerbsAdmin
from claims.admin.verdicts import RatingFilter
from claims.admin.words import moment
from claims.days import day_of, desk_zone
from claims.drafting import warnings_of
from claims.ids import id_in
from claims.models import Claim, Event, FactCheck, ReviewDate
from claims.prose import prose
from claims.published import preview
from claims.states import FactCheckState

_ROWS = FactCheck.objects.select_related(
    "edition__verdict__rating__scale", "claim__article", "claim__standing"
)
_MOST = 8
"""How many of what waits stand above the list."""
_DRAFTS = (FactCheckState.UNPUBLISHED, FactCheckState.SCHEDULED)


class PublicationFilter(admin.SimpleListFilter):
    """Where publication stands in this moment."""

    title = "publication"
    parameter_name = "publication"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return the states."""
        return [(str(state.value), str(state.label)) for state in FactCheckState]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Return the fact-checks in the chosen state."""
        chosen, rows = self.value(), cast(Any, queryset)
        if chosen not in FactCheckState.values:
            return queryset
        found: QuerySet[Any] = rows.in_state(str(chosen), timezone.now())
        return found


class EditionRatingFilter(RatingFilter):
    """The rating that is or will be public."""

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Return the fact-checks with the chosen rating."""
        chosen = self.value()
        if not chosen:
            return queryset
        return queryset.filter(edition__verdict__rating=id_in(chosen))


@admin.register(FactCheck)
class FactCheckAdmin(VerbsAdmin, ReadOnlyAdmin):
    """The fact-checks, the newest first; above them what is ready and what is due again."""

    verbs = FACT_CHECK_VERBS
    verb_summary = "admin/claims/factcheck/summary.html"
    change_list_template = "admin/claims/factcheck/change_list.html"
    list_display = ("headline", "publication", "goes_out", "rating", "claimant", "corrected")
    list_display_links = ("headline",)
    list_filter = (PublicationFilter, EditionRatingFilter, "claim__beat", "edition__language")
    search_fields = ("edition__headline", "edition__claim_reviewed", "slug")
    search_help_text = "Headline, claim or address."
    ordering = ("-pk",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[FactCheck]:
        """Return what the list shows in one query, whatever the number of rows."""
        seen = FactCheck.objects.visible_to(actor_of(request), timezone.now())
        return seen.select_related("edition__verdict__rating").annotate(
            corrections_made=Count("corrections")
        )

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Put above the list what is ready to publish and whose review date has passed."""
        above = {"ready": ready_to_publish(), "passed": reviews_passed(), "most": _MOST}
        return super().changelist_view(request, {**above, **(extra_context or {})})

    @admin.display(description="headline", ordering="edition__headline")
    def headline(self, row: FactCheck) -> str:
        """Return what it is called."""
        return str(row)

    @admin.display(description="publication", ordering="state")
    def publication(self, row: FactCheck) -> str:
        """Return where publication stands in this moment."""
        withheld = ", withheld" if row.withheld else ""
        return f"{row.state_at(timezone.now()).label}{withheld}"

    @admin.display(description="goes out", ordering="goes_out_at", empty_value="Not decided")
    def goes_out(self, row: FactCheck) -> SafeString | None:
        """Return from when the world may see it."""
        return moment(row.goes_out_at) if row.goes_out_at else None

    @admin.display(description="rating")
    def rating(self, row: FactCheck) -> str:
        """Return the rating that is or will be public."""
        return str(row.edition.verdict.rating) if row.edition else ""

    @admin.display(description="claimant", empty_value="Not said")
    def claimant(self, row: FactCheck) -> str | None:
        """Return who said it."""
        return row.edition.claimant_name or None if row.edition else None

    @admin.display(description="corrections")
    def corrected(self, row: FactCheck) -> int:
        """Return how often it was corrected or annotated."""
        return int(getattr(row, "corrections_made", 0))

    def verb_form(self, verb: Verb[Any], row: Any, data: Any = None, **initial: Any) -> VerbForm:
        """Return the form of `verb`, which may want to know what it is about."""
        form = super().verb_form(verb, row, data, **initial)
        about = getattr(form, "about", None)
        if about is not None:
            about(row)
        return form

    def row_or_404(self, request: HttpRequest, object_id: str) -> FactCheck:
        """Return the fact-check that the address names, with what its page reads."""
        seen = _ROWS.visible_to(actor_of(request), timezone.now())
        row = seen.filter(pk=id_in(object_id)).first()
        if row is None:
            raise Http404("There is no such fact-check.")
        return row

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show what the world sees or would see, what to think about, and what happened."""
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        row, now = self.row_or_404(request, object_id), timezone.now()
        check, state = preview(row, now), row.state_at(now)
        context = {
            **self.admin_site.each_context(request),
            "title": str(row),
            "opts": self.opts,
            "row": row,
            "state": state,
            "is_draft": state in _DRAFTS,
            "check": check,
            "text": prose(check.text),
            "warnings": warnings_of(row.edition) if row.edition and state in _DRAFTS else [],
            "overtaken": state in _DRAFTS
            and row.edition is not None
            and row.claim.standing_id != row.edition.verdict_id,
            "buttons": self.buttons(actor_of(request), row),
            "history": history_of(row),
        }
        return TemplateResponse(request, "admin/claims/factcheck/page.html", context)


def history_of(row: FactCheck) -> Any:
    """Return what happened to the fact-check, in words."""
    events = Event.objects.filter(subject="factcheck", subject_id=row.pk)
    return entries(events.select_related("actor", "version").order_by("id"))


def ready_to_publish() -> list[Claim]:
    """Return claims whose approved verdict holds and has no fact-check yet, the newest first."""
    ready = Claim.objects.filter(standing__isnull=False, fact_check__isnull=True)
    return list(
        ready.select_related("standing__rating", "article").order_by("-standing_id")[:_MOST]
    )


def reviews_passed() -> list[ReviewDate]:
    """Return review dates that have come while their verdicts still hold, the oldest first."""
    passed = ReviewDate.objects.passed(day_of(timezone.now(), desk_zone()))
    return list(passed.select_related("verdict__claim", "verdict__rating")[:_MOST])
