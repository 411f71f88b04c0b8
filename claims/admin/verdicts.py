"""Waiting for approval: the list of verdicts, and the page on which an editor decides on one."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from claims.actions import approve_verdict, return_verdict
from claims.admin import review
from claims.admin.base import ReadOnlyAdmin, actor_of
from claims.admin.linked import DecidedFilter
from claims.admin.publication_verbs import PREPARE, REVIEW_DATE
from claims.admin.verbs import Verb, VerbForm, VerbsAdmin
from claims.admin.words import age_words, due_words
from claims.ids import id_in
from claims.models import Approval, Attribution, FactCheck, Rating, ReviewDate, Verdict
from claims.states import Decision, VerdictState

_COMMENT = forms.Textarea(attrs={"rows": 6, "cols": 80, "dir": "auto"})


class ApproveForm(VerbForm):
    """Lets the editor add a remark."""

    comment = forms.CharField(
        required=False, widget=_COMMENT, help_text="Optional. It is kept with your vote."
    )


class ReturnForm(VerbForm):
    """Asks what the checker should change."""

    comment = forms.CharField(
        widget=_COMMENT,
        error_messages={"required": "Say what the checker should change."},
        help_text="What should the checker change? They get this with their task.",
    )


def _approve(actor: User, verdict: Verdict, data: dict[str, Any]) -> str:
    done = approve_verdict(
        actor=actor,
        verdict=verdict,
        comment=data["comment"],
        expected_revision=data["revision"],
    )
    if done.state == VerdictState.APPROVED:
        return f"Approved: “{done.claim}”."
    missing = done.quorum - done.approvals.count()
    return f"Your approval of “{done.claim}” is recorded; it needs {missing} more."


def _return(actor: User, verdict: Verdict, data: dict[str, Any]) -> str:
    done = return_verdict(
        actor=actor,
        verdict=verdict,
        comment=data["comment"],
        expected_revision=data["revision"],
    )
    return f"Returned “{done.claim}” to {done.author.get_full_name() or done.author}."


APPROVE: Verb[Verdict] = Verb(
    name="approve",
    label="Approve",
    why_not=lambda actor, verdict: review.why_not(actor, verdict, "approve"),
    act=_approve,
    form=ApproveForm,
    asks="Approve this verdict?",
    css="good",
)
RETURN: Verb[Verdict] = Verb(
    name="return",
    label="Return",
    why_not=lambda actor, verdict: review.why_not(actor, verdict, "return"),
    act=_return,
    form=ReturnForm,
    asks="Return this verdict to its author?",
    css="bad",
)


class ReviewFilter(admin.SimpleListFilter):
    """Opens on what waits for approval; everything else is one click away."""

    title = "review"
    parameter_name = "review"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return the choices beside waiting."""
        decided = [(str(s.value), str(s.label)) for s in VerdictState if s != "in_review"]
        return [*decided, ("all", "All")]

    def choices(self, changelist: Any) -> Any:
        """Return the choices with what is waiting in the place of Django's All."""
        first, *others = super().choices(changelist)
        return [{**first, "display": VerdictState.IN_REVIEW.label}, *others]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Verdict]) -> QuerySet[Verdict]:
        """Return the verdicts of the chosen state; what is waiting without a choice."""
        if self.value() == "all":
            return queryset
        return queryset.filter(state=self.value() or VerdictState.IN_REVIEW)


class DueFilter(admin.SimpleListFilter):
    """When the decision is needed."""

    title = "due"
    parameter_name = "due"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return the choices."""
        return [("late", "Late"), ("hour", "Within an hour"), ("day", "Within a day")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Return what is due by then; what is late counts as due within an hour, too."""
        ahead = {
            "late": timedelta(),
            "hour": timedelta(hours=1),
            "day": timedelta(days=1),
        }.get(self.value() or "")
        return queryset if ahead is None else queryset.filter(due_at__lt=timezone.now() + ahead)


class RatingFilter(admin.SimpleListFilter):
    """The rating, with its scale: two scales may both have a “False”."""

    title = "rating"
    parameter_name = "rating"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return every rating."""
        ratings = Rating.objects.select_related("scale").order_by("scale__name", "position")
        return [(str(one.pk), f"{one.label} ({one.scale.name})") for one in ratings]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Verdict]) -> QuerySet[Verdict]:
        """Return the verdicts with the chosen rating."""
        chosen = self.value()
        return queryset.filter(rating=id_in(chosen)) if chosen else queryset


def _claimant() -> Subquery:
    links = Attribution.objects.filter(claim=OuterRef("claim"), role=Attribution.Role.CLAIMANT)
    return Subquery(links.values("source__name")[:1])


def _approvals() -> Coalesce:
    """Count them for the rows of the page only, and not by joining every verdict there is."""
    votes = Approval.objects.filter(verdict=OuterRef("pk"), decision=Decision.APPROVE)
    counted = votes.order_by().values("verdict").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)


@admin.register(Verdict)
class VerdictAdmin(VerbsAdmin, ReadOnlyAdmin):
    """The verdicts; what waits for approval first, what is due first on top."""

    verbs = (APPROVE, RETURN, PREPARE, REVIEW_DATE)
    verb_summary = "admin/claims/verdict/summary.html"
    list_display = ("claim_said", "due", "age", "claimant", "rating", "checker", "approvals_given")
    list_display_links = ("claim_said",)
    list_filter = (ReviewFilter, DueFilter, "claim__beat", RatingFilter, DecidedFilter)
    search_fields = ("claim__statement", "claim__quote", "summary", "author__username")
    search_help_text = "Claim, summary or checker."

    def get_queryset(self, request: HttpRequest) -> QuerySet[Verdict]:
        """Return what the list shows in one query, whatever the number of rows."""
        seen = Verdict.objects.visible_to(actor_of(request))
        return seen.select_related("claim", "rating", "author").annotate(
            claimant_name=_claimant(),
            given=_approvals(),
        )

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        """Return due first for what is waiting, newest first for the others."""
        waiting = request.GET.get("review", VerdictState.IN_REVIEW) == VerdictState.IN_REVIEW
        return ("due_at", "pk") if waiting else ("-pk",)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Name the list for what it shows."""
        state = request.GET.get("review", VerdictState.IN_REVIEW)
        title = VerdictState(state).label if state in VerdictState.values else "All verdicts"
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    @admin.display(description="claim", ordering="claim__statement")
    def claim_said(self, verdict: Verdict) -> str:
        """Return the claim in its neutral wording."""
        return str(verdict.claim)

    @admin.display(description="due", ordering="due_at")
    def due(self, verdict: Verdict) -> str:
        """Return when the decision is needed, in words."""
        return due_words(verdict.due_at, waiting=verdict.state == VerdictState.IN_REVIEW)

    @admin.display(description="age", ordering="submitted_at")
    def age(self, verdict: Verdict) -> str:
        """Return how long ago it was submitted."""
        return age_words(verdict.submitted_at)

    @admin.display(description="claimant", empty_value="Not said")
    def claimant(self, verdict: Verdict) -> str | None:
        """Return who says it."""
        name: str | None = getattr(verdict, "claimant_name", None)
        return name

    @admin.display(description="checker", ordering="author__username")
    def checker(self, verdict: Verdict) -> str:
        """Return who wrote the verdict."""
        return verdict.author.get_full_name() or verdict.author.get_username()

    @admin.display(description="approvals")
    def approvals_given(self, verdict: Verdict) -> str:
        """Return how many editors have approved it, of how many it needs."""
        return f"{getattr(verdict, 'given', 0)} of {verdict.quorum}"

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show everything an editor needs to decide; deciding has addresses of its own."""
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        verdict = self.row_or_404(request, object_id)
        actor = actor_of(request)
        context = {
            **self.admin_site.each_context(request),
            "title": str(verdict.claim),
            "opts": self.opts,
            "review": review.review_of(verdict),
            "buttons": self.buttons(actor, verdict),
            "why_not": review.why_not(actor, verdict, "approve"),
            "due": due_words(verdict.due_at, waiting=verdict.state == VerdictState.IN_REVIEW),
            "following": review.next_waiting(actor, verdict),
            "fact_check": FactCheck.objects.filter(claim=verdict.claim_id).first(),
            "review_date": ReviewDate.objects.filter(verdict=verdict).first(),
        }
        return TemplateResponse(request, "admin/claims/verdict/review.html", context)

    def row_or_404(self, request: HttpRequest, object_id: str) -> Verdict:
        """Return the verdict that the address names, with what the review page reads."""
        seen = review.REVIEWED.visible_to(actor_of(request))
        verdict = seen.filter(pk=id_in(object_id)).first()
        if verdict is None:
            raise Http404("There is no such verdict.")
        return verdict

    def after(self, request: HttpRequest, row: Verdict, verb: Verb[Verdict]) -> str:
        """Go to what was prepared; else on to the next verdict of this editor, or to the list."""
        if verb.name == PREPARE.name:
            return reverse("admin:claims_factcheck_change", args=[row.claim.fact_check.pk])
        if verb.name == REVIEW_DATE.name:
            return self.url("change", row.pk)
        following = review.next_waiting(actor_of(request), row)
        return self.url("change", following.pk) if following else self.url("changelist")
