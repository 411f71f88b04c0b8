"""Articles: sent in by hand, changed, given a new text, and read with their claims."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Count, Max, Q, QuerySet
from django.http import HttpRequest, HttpResponse

from claims.actions import add_version, change_article, receive_article, receive_document
from claims.actions.articles import CHANGEABLE, ArticleContent
from claims.admin.base import ActionAdmin, ActionForm, Formsets, actor_of
from claims.admin.history import entries
from claims.admin.living import (
    ACCEPT_SUGGESTIONS,
    READ_AGAIN,
    TRIAGE,
    living_of,
    newest_of,
    scores_of,
    stretches,
)
from claims.admin.verbs import Verb, VerbForm, VerbsAdmin
from claims.ids import id_in
from claims.intake.limits import MAX_DOCX_BYTES
from claims.intake.reading import BY_SUFFIX, media_type_of
from claims.models import Article, ArticleVersion, Event
from claims.models.articles import UNDETERMINED
from claims.states import ClaimState

if TYPE_CHECKING:
    PeopleChoice = forms.ModelMultipleChoiceField[User]
else:
    PeopleChoice = forms.ModelMultipleChoiceField

_TEXT = forms.Textarea(attrs={"rows": 20, "cols": 80, "dir": "auto"})


HISTORY_SHOWN = 100
"""How many events the page shows; an article with many claims has thousands."""


_ASKS = {
    "headline": "Give the article a headline.",
    "body": "Give the text, or a document that holds it.",
}


class People(PeopleChoice):
    """A choice among people, by their names."""

    def label_from_instance(self, obj: Any) -> str:
        """Return the name, and the user name where that is another."""
        name = obj.get_full_name()
        return f"{name} ({obj.username})" if name else str(obj.username)


class SendForm(ActionForm):
    """A new article: its text, or the document that holds it."""

    body = forms.CharField(
        required=False, widget=_TEXT, help_text="Plain text; an empty line between paragraphs."
    )
    document = forms.FileField(
        required=False,
        help_text=f"In place of headline and text: {', '.join(BY_SUFFIX)}, ninjs and NewsML-G2.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["headline"].required = False

    def clean(self) -> dict[str, Any]:
        """Ask for the text or for a document that can be read, and not for both."""
        data = super().clean() or self.cleaned_data
        document = data.get("document")
        if document is None:
            for name, asks in _ASKS.items():
                if not (data.get(name) or "").strip():
                    self.add_error(name, asks)
        elif (data.get("body") or "").strip():
            self.add_error("document", "Send the text or a document, not both.")
        elif document.size > MAX_DOCX_BYTES:
            self.add_error("document", "This document is larger than 20 MB.")
        elif media_type_of(document.name, document.content_type or "") is None:
            self.add_error("document", "This is no document that is read here.")
        return data


class ParticularsForm(ActionForm):
    """What may be changed of an article; its words change with a new version only."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = self.instance.revision


class VersionForm(VerbForm):
    """A new text of an article."""

    headline = forms.CharField(max_length=500, widget=forms.TextInput(attrs={"size": 80}))
    body = forms.CharField(strip=False, widget=_TEXT)


def _add_version(actor: User, article: Article, data: dict[str, Any]) -> str:
    before = newest_of(article)
    version = add_version(
        actor=actor,
        article=article,
        headline=data["headline"],
        body=data["body"],
        expected_revision=data["revision"],
    )
    if version.pk == before.pk:
        return f"The text is the same as before: it is still version {version.number}."
    return f"Version {version.number} is here. Its claims were looked up anew."


def _why_no_version(actor: User, article: Article) -> str:
    if actor.has_perm("claims.change_article"):
        return ""
    return "Your role does not let you send in new versions."


NEW_VERSION: Verb[Article] = Verb(
    name="new-version",
    label="New version",
    why_not=_why_no_version,
    act=_add_version,
    form=VersionForm,
    asks="What does the new version say?",
    initial=lambda article: {"headline": article.headline, "body": newest_of(article).body},
)


def _count(state: ClaimState) -> Count:
    return Count("claims", filter=Q(claims__state=state), distinct=True)


@admin.register(Article)
class ArticleAdmin(VerbsAdmin, ActionAdmin):
    """The articles, with their versions and claims."""

    verbs = (NEW_VERSION, ACCEPT_SUGGESTIONS, READ_AGAIN)
    change_form_template = "admin/claims/article/change_form.html"
    list_display = (
        "headline",
        "beat",
        "publish_at",
        "version",
        "to_triage",
        "to_check",
        "created_at",
    )
    list_filter = ("beat", "priority", "publish_at")
    search_fields = ("headline", "byline", "=cms_id", "=id")
    search_help_text = "Headline, byline, CMS id or number."
    ordering = ("-pk",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        """Return the articles this person may see."""
        return Article.objects.visible_to(actor_of(request)).select_related("beat")

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """Return the list, with its rows counted in two more queries, whatever their number."""
        changelist = super().get_changelist_instance(request)
        shown = {article.pk: article for article in changelist.result_list}
        counted = Article.objects.filter(pk__in=shown).order_by()
        for row in counted.annotate(
            newest=Max("versions__number"),
            suggested=_count(ClaimState.SUGGESTED),
            accepted=_count(ClaimState.ACCEPTED),
            dismissed=_count(ClaimState.DISMISSED),
        ).values("pk", "newest", "suggested", "accepted", "dismissed"):
            shown[row["pk"]].__dict__["counts"] = row
        changelist.result_list = list(shown.values())
        return changelist

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """Return the form for a new article, or the one for changing what is known of it."""
        kwargs["form"] = ParticularsForm if obj else SendForm
        return super().get_form(request, obj, change, **kwargs)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Return what is asked for a new article, or may be changed of one."""
        if obj is None:
            return ("headline", "body", "document", "cms_id", "authors", *CHANGEABLE)
        if self.has_change_permission(request, obj):
            return ("authors", *CHANGEABLE, "seen")
        return ("authors", *CHANGEABLE)

    def formfield_for_manytomany(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """Offer people of the desk and the newsroom as authors, by name, as ticks."""
        kwargs["widget"], kwargs["form_class"] = forms.CheckboxSelectMultiple, People
        known = request.resolver_match.kwargs.get("object_id", "")
        wrote = Article.authors.through.objects.filter(article=id_in(known)).values("user")
        people = User.objects.filter(Q(is_active=True) | Q(pk__in=wrote))
        kwargs["queryset"] = people.order_by("first_name", "last_name", "username")
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def act(self, request: HttpRequest, form: Any, formsets: Formsets, change: bool) -> Article:
        """Take the article in, or change what is known of it."""
        data, actor = dict(form.cleaned_data), actor_of(request)
        if not change:
            data["authors"] = list(data["authors"])
            document = data.pop("document")
            if document is not None:
                return _receive(actor, document, data)
            article, _ = receive_article(actor=actor, content=ArticleContent(**data))
            return article
        changes = {name: data[name] for name in form.changed_data if name != "seen"}
        return change_article(
            actor=actor, article=form.instance, changes=changes, expected_revision=data["seen"]
        )

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show the text with its claims marked, the claims in reading order, and the history."""
        article = self.row_or_404(request, object_id)
        version = self._version(request, article)
        claims = list(article.claims.select_related("passage", "beat").in_reading_order())
        marked = [claim for claim in claims if claim.passage.version_id == version.pk]
        living = living_of(version, claims, by_score=request.GET.get("order") == "score")
        context = {
            "title": article.headline,
            "subtitle": "",
            "article": article,
            "version": version,
            "versions": article.versions.select_related("created_by").defer("body"),
            "text": stretches(version.body, marked, living.apart),
            "claims": claims,
            "living": living,
            "may_put_back": living.coverage is not None and actor_of(request).has_perm(TRIAGE),
            "buttons": self.buttons(actor_of(request), article),
            "history": entries(_last_events(article)),
            "history_shown": HISTORY_SHOWN,
        }
        return super().change_view(
            request, object_id, form_url, {**context, **(extra_context or {})}
        )

    def verb_form(self, verb: Verb[Any], row: Any, data: Any = None, **initial: Any) -> VerbForm:
        """Return the form of `verb`; the one that asks for a score says which there are."""
        form = super().verb_form(verb, row, data, **initial)
        if verb is ACCEPT_SUGGESTIONS:
            form.fields["at_least"].help_text = scores_of(row)
        return form

    def _version(self, request: HttpRequest, article: Article) -> ArticleVersion:
        """Return the version that `?version=` names, else the newest."""
        number = id_in(request.GET.get("version", ""))
        return article.versions.filter(number=number).first() or newest_of(article)

    @admin.display(description="version")
    def version(self, article: Article) -> int:
        """Return the number of the newest version."""
        return int(article.__dict__["counts"]["newest"])

    @admin.display(description="to triage")
    def to_triage(self, article: Article) -> int:
        """Return how many claims nobody has accepted or dismissed."""
        return int(article.__dict__["counts"]["suggested"])

    @admin.display(description="claims")
    def to_check(self, article: Article) -> str:
        """Return how many claims were accepted and dismissed."""
        counts = article.__dict__["counts"]
        return f"{counts['accepted']} accepted, {counts['dismissed']} dismissed"


def _receive(actor: User, document: "UploadedFile[Any]", said: dict[str, Any]) -> Article:
    """Take in a document; what was typed beside it holds over what it says of itself."""
    if said["language"] == UNDETERMINED:
        del said["language"]
    kind = media_type_of(document.name or "", document.content_type or "") or ""
    del said["body"]
    article, _ = receive_document(actor=actor, data=document.read(), media_type=kind, **said)
    return article


def _last_events(article: Article) -> list[Event]:
    """Return what happened last to the article and its claims, oldest first."""
    events = article.events.select_related("actor", "version", "claim").order_by("-id")
    return list(events[:HISTORY_SHOWN])[::-1]
