"""Claims: entered by hand, changed, accepted and dismissed."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.actions import accept_claim, change_claim, dismiss_claim, enter_claim, name_source
from claims.actions.claims import AttributionLink
from claims.admin.base import (
    ActionAdmin,
    ActionForm,
    Formset,
    Formsets,
    RowForm,
    StackedInline,
    actor_of,
)
from claims.admin.excerpts import excerpt_of
from claims.admin.review import history_of
from claims.admin.shaping import REQUOTE, SPLIT, merge_selected, particulars_of
from claims.admin.verbs import ReasonForm, Verb, VerbsAdmin, why_not_move
from claims.errors import DeskError
from claims.models import Attribution, Claim, Source
from claims.models.articles import Priority
from claims.states import CLAIM_TRANSITIONS

OF_ARTICLE = "article__id__exact"
"""What narrows the list to one article, in its address."""
CHANGED = ("statement", "beat", "priority", "check_worthiness", "language")


class WorthForm(ActionForm):
    """What both forms of a claim ask."""

    check_worthiness = forms.FloatField(
        required=False, min_value=0, max_value=1, help_text="From 0 to 1."
    )


class EnterForm(WorthForm):
    """A claim entered by hand: the words of the article, and what is known of them."""

    quote = forms.CharField(
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4, "cols": 80, "dir": "auto"}),
        help_text="The words of the article, verbatim; they are looked up in its newest text.",
    )
    words_before = forms.CharField(
        required=False,
        strip=False,
        help_text="The words before it, where the same words stand more than once.",
    )
    words_after = forms.CharField(required=False, strip=False, help_text="And those after it.")
    priority = forms.TypedChoiceField(
        choices=[("", "As the article"), *Priority.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.pop("priority", None)
        self.fields["beat"].required = False
        self.fields["beat"].help_text = "Empty: the article's."


class ChangeForm(WorthForm):
    """What may be changed of a claim; its quote stays the article's own words."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = self.instance.revision


class LinkForm(RowForm):
    """One link of the chain, its source by name; the action checks the chain as a whole."""

    source_name = forms.CharField(
        label="Source",
        max_length=300,
        help_text="The name. A source that is not known yet is added.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["source_name"] = self.instance.source.name


class AttributionInline(StackedInline):
    """The chain a claim came through, one source a row, in reading order."""

    model = Attribution
    form = LinkForm
    fields = (("role", "source_name"), "words")
    ordering = ("position",)
    extra = 1
    verbose_name = "link"
    verbose_name_plural = "attribution chain, in reading order"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Attribution]:
        """Return the links with their sources."""
        return super().get_queryset(request).select_related("source")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever may enter or change the claim may say who said it."""
        return request.user.has_perm("claims.change_claim")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """As for adding."""
        return request.user.has_perm("claims.change_claim")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """As for adding: the whole chain is written anew."""
        return request.user.has_perm("claims.change_claim")


def links_of(actor: User, formset: Formset) -> list[AttributionLink]:
    """Return the chain that the rows of `formset` hold, without those marked for deletion.

    A source that is not known yet is named.
    """
    kept = [form.cleaned_data for form in formset.forms if form not in formset.deleted_forms]
    return [
        AttributionLink(
            source=_source(actor, row["source_name"]),
            role=row["role"],
            words=row.get("words") or "",
        )
        for row in kept
        if row.get("source_name")
    ]


def _source(actor: User, name: str) -> Source:
    known = Source.objects.named([name]).first()
    return known or name_source(actor=actor, name=name, kind=Source.Kind.UNSPECIFIED)


def _accept(actor: User, claim: Claim, data: dict[str, Any]) -> str:
    accept_claim(actor=actor, claim=claim, expected_revision=data["revision"])
    return f"Accepted: “{claim}”. Its check is in the queue."


def _dismiss(actor: User, claim: Claim, data: dict[str, Any]) -> str:
    dismiss_claim(
        actor=actor, claim=claim, reason=data["reason"], expected_revision=data["revision"]
    )
    return f"Dismissed: “{claim}”."


ACCEPT: Verb[Claim] = Verb(
    name="accept",
    label="Accept",
    why_not=lambda actor, claim: why_not_move(
        actor, CLAIM_TRANSITIONS["accept"], claim.state, "accept claims"
    ),
    act=_accept,
    asks="Have this claim checked?",
    css="good",
)
DISMISS: Verb[Claim] = Verb(
    name="dismiss",
    label="Dismiss",
    why_not=lambda actor, claim: why_not_move(
        actor, CLAIM_TRANSITIONS["dismiss"], claim.state, "dismiss claims"
    ),
    act=_dismiss,
    form=ReasonForm,
    asks="Dismiss this claim?",
    css="bad",
)


@admin.action(description="Accept the selected claims", permissions=["triage"])
def accept_selected(
    model_admin: "ClaimAdmin", request: HttpRequest, queryset: QuerySet[Claim]
) -> None:
    """Accept each claim by itself; say of each that could not be accepted why not."""
    accepted = 0
    for claim in queryset.order_by("pk"):
        try:
            accept_claim(actor=actor_of(request), claim=claim)
            accepted += 1
        except DeskError as refusal:
            messages.error(request, f"“{claim}” was not accepted. {refusal}")
    if accepted:
        claims = "claim" if accepted == 1 else "claims"
        messages.success(request, f"{accepted} {claims} accepted.")


def _claimant() -> Subquery:
    links = Attribution.objects.filter(claim=OuterRef("pk"), role=Attribution.Role.CLAIMANT)
    return Subquery(links.values("source__name")[:1])


@admin.register(Claim)
class ClaimAdmin(VerbsAdmin, ActionAdmin):
    """The claims of every article, and the place to enter one by hand."""

    verbs = (ACCEPT, DISMISS, REQUOTE, SPLIT)
    verb_summary = "admin/claims/claim/summary.html"
    change_form_template = "admin/claims/claim/change_form.html"
    list_display = ("said", "state", "beat", "priority", "article_link", "claimant", "worth")
    list_filter = ("state", "beat", "priority", "kind", "in_text")
    search_fields = (
        "statement",
        "quote",
        "article__headline",
        "=article__id",
        "attributions__source__name",
    )
    search_help_text = "Words of the claim, its article (headline or number), or who says it."
    ordering = ("-pk",)
    actions = (accept_selected, merge_selected)
    raw_id_fields = ("article",)
    inlines = (AttributionInline,)

    def has_triage_permission(self, request: HttpRequest) -> bool:
        """Return whether this person may accept and dismiss."""
        return request.user.has_perm("claims.triage_claim")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Claim]:
        """Return what the list and the form show in one query."""
        seen = Claim.objects.visible_to(actor_of(request))
        rows = seen.select_related("article", "beat", "passage__version")
        return rows.annotate(claimant_name=_claimant())

    def get_list_display(self, request: HttpRequest) -> tuple[str, ...]:
        """Return the columns; for one article why each claim scores, not what all have alike."""
        if OF_ARTICLE in request.GET:
            return ("said", "state", "worth", "why", "claimant")
        return tuple(map(str, self.list_display))

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        """Return the newest first; the claims of one article in reading order."""
        if OF_ARTICLE in request.GET:
            return ("passage__start", "passage__end", "pk")
        return ("-pk",)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """Return the form for entering a claim, or the one for changing it."""
        kwargs["form"] = ChangeForm if obj else EnterForm
        return super().get_form(request, obj, change, **kwargs)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Return what is asked for a new claim, or may be changed of one."""
        if obj is None:
            first = ("article", "quote", "words_before", "words_after", "statement")
            return (*first, "beat", "priority", "check_worthiness")
        if self.has_change_permission(request, obj):
            return (*CHANGED, "seen")
        return CHANGED

    @transaction.atomic
    def act(self, request: HttpRequest, form: Any, formsets: Formsets, change: bool) -> Claim:
        """Enter or change the claim with its chain."""
        data, actor = dict(form.cleaned_data), actor_of(request)
        chain = links_of(actor, formsets[0]) if formsets else []
        if not change:
            around = {"prefix": data.pop("words_before"), "suffix": data.pop("words_after")}
            return enter_claim(actor=actor, attribution=chain, **data, **around)
        redone = bool(formsets and formsets[0].has_changed())
        return change_claim(
            actor=actor,
            claim=form.instance,
            changes={name: data[name] for name in CHANGED},
            attribution=chain if redone else None,
            expected_revision=data["seen"],
        )

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show the claim in its paragraph, what may be done with it, and its history."""
        claim = self.row_or_404(request, object_id)
        verdicts = claim.verdicts.select_related("rating", "author").order_by("-number")
        context = {
            "title": str(claim),
            "subtitle": "",
            "claim": claim,
            "excerpt": excerpt_of(claim.passage),
            "chain": claim.attributions.select_related("source"),
            "particulars": particulars_of(claim),
            "verdicts": verdicts,
            "buttons": self.buttons(actor_of(request), claim),
            "history": history_of(claim),
        }
        return super().change_view(
            request, object_id, form_url, {**context, **(extra_context or {})}
        )

    @admin.display(description="claim", ordering="statement")
    def said(self, claim: Claim) -> SafeString:
        """Return the claim in its neutral wording, or the words of the article."""
        return format_html('<span dir="auto">{}</span>', claim)

    @admin.display(description="article", ordering="article__headline")
    def article_link(self, claim: Claim) -> SafeString:
        """Return the article, as a link to it."""
        url = reverse("admin:claims_article_change", args=[claim.article_id])
        return format_html('<a href="{}" dir="auto">{}</a>', url, claim.article.headline)

    @admin.display(description="claimant", empty_value="Not said")
    def claimant(self, claim: Claim) -> str | None:
        """Return who says it."""
        name: str | None = getattr(claim, "claimant_name", None)
        return name

    @admin.display(description="worth a check", ordering="check_worthiness")
    def worth(self, claim: Claim) -> str:
        """Return the check-worthiness from 0 to 1, when somebody or something gave one."""
        return "" if claim.check_worthiness is None else f"{claim.check_worthiness:.2f}"

    @admin.display(description="because of")
    def why(self, claim: Claim) -> str:
        """Return the factors behind the check-worthiness with their shares, the largest first."""
        factors = sorted(claim.factors, key=lambda one: -one["share"])
        return ", ".join(f"{one['name']} {one['share']:.2f}" for one in factors)
