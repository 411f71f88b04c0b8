"""Sentences: what is page furniture, what has something to check. Shown by their article."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.functions import Substr
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.actions import set_sentence_kind
from claims.admin.base import ReadOnlyAdmin, actor_of
from claims.admin.living import TRIAGE
from claims.admin.verbs import Verb, VerbsAdmin
from claims.models import Article, ArticleVersion, Sentence

OF_VERSION = "version__id__exact"
"""What narrows the list to one text, in its address."""
NOTHING_THERE = (Sentence.Kind.FURNITURE, Sentence.Kind.NOTHING)


def _why_not_say(actor: User, sentence: Sentence) -> str:
    if not actor.has_perm(TRIAGE):
        return "Your role does not let you say what a sentence is."
    return "A newer version of the text is there. Say it of that one." if _is_old(sentence) else ""


def _is_old(sentence: Sentence) -> bool:
    """Return whether a newer text is there, as the list has looked up."""
    return bool(getattr(sentence, "is_old", False))


def _why_not_back(actor: User, sentence: Sentence) -> str:
    if why_not := _why_not_say(actor, sentence):
        return why_not
    if sentence.kind in NOTHING_THERE:
        return ""
    return f"It is there already, as this: {sentence.get_kind_display().lower()}."


def _why_not_nothing(actor: User, sentence: Sentence) -> str:
    if why_not := _why_not_say(actor, sentence):
        return why_not
    return "It has nothing to check already." if sentence.kind in NOTHING_THERE else ""


def _put_back(actor: User, sentence: Sentence, data: dict[str, Any]) -> str:
    known = sentence.spotted_kind
    kind = Sentence.Kind.CHECKABLE.value if known in NOTHING_THERE else known
    set_sentence_kind(actor=actor, sentence=sentence, kind=kind)
    return "Put back: what the sentence says is suggested. Later versions will remember."


def _nothing(actor: User, sentence: Sentence, data: dict[str, Any]) -> str:
    set_sentence_kind(actor=actor, sentence=sentence, kind=Sentence.Kind.NOTHING.value)
    return "Nothing to check in that sentence. Suggestions in it were dismissed."


PUT_BACK: Verb[Sentence] = Verb(
    name="put-back",
    label="Put back",
    why_not=_why_not_back,
    act=_put_back,
    asks="Put this back into what is checked?",
)
NOTHING: Verb[Sentence] = Verb(
    name="nothing-to-check",
    label="Nothing to check",
    why_not=_why_not_nothing,
    act=_nothing,
    asks="Is there nothing to check in this sentence?",
)


@admin.register(Sentence)
class SentenceAdmin(VerbsAdmin, ReadOnlyAdmin):
    """The sentences of a text in reading order, each with what may be said of it."""

    verbs = (PUT_BACK, NOTHING)
    verb_summary = "admin/claims/sentence/summary.html"
    list_display = ("words", "kind", "reason", "set_by", "article", "acts")
    list_display_links = None
    list_filter = ("kind",)
    ordering = ("-version", "start")

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Keep it out of the index: sentences are come upon through their article."""
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Sentence]:
        """Return the sentences of what this person may see, with their words."""
        articles = Article.objects.visible_to(actor_of(request))
        rows = Sentence.objects.filter(version__article__in=articles)
        rows = rows.select_related("version__article", "set_by").defer("version__body")
        newer = ArticleVersion.objects.filter(
            article=OuterRef("version__article"), number__gt=OuterRef("version__number")
        )
        text = Substr("version__body", F("start") + 1, F("end") - F("start"))
        return rows.annotate(text=text, is_old=Exists(newer))

    def get_list_display(self, request: HttpRequest) -> tuple[str, ...]:
        """Leave out the article where it is one, and the buttons for whom they are not."""
        left_out = {"article"} if OF_VERSION in request.GET else set()
        if not request.user.has_perm(TRIAGE):
            left_out.add("acts")
        return tuple(name for name in map(str, self.list_display) if name not in left_out)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Send to the article: a sentence is read where it stands."""
        return redirect(_in_article(self.row_or_404(request, object_id)))

    def after(self, request: HttpRequest, row: Any, verb: Verb[Any]) -> str:
        """Go back to where the button is: furniture is on the article's page."""
        if verb is PUT_BACK:
            return _in_article(row)
        query = {OF_VERSION: row.version_id}
        return reverse("admin:claims_sentence_changelist", query=query)

    @admin.display(description="sentence")
    def words(self, sentence: Sentence) -> SafeString:
        """Return what it says."""
        css = "apart" if sentence.kind == Sentence.Kind.FURNITURE else ""
        text = getattr(sentence, "text", "")
        return format_html('<span dir="auto" class="{}">{}</span>', css, text)

    @admin.display(description="article")
    def article(self, sentence: Sentence) -> SafeString:
        """Return the text it stands in, as a link."""
        version = sentence.version
        words = f"{version.article.headline}, version {version.number}"
        return format_html('<a href="{}" dir="auto">{}</a>', _in_article(sentence), words)

    @admin.display(description="say of it")
    def acts(self, sentence: Sentence) -> SafeString:
        """Return the button that fits the kind it has; none in an older text."""
        if _is_old(sentence):
            return SafeString("")
        verb = PUT_BACK if sentence.kind in NOTHING_THERE else NOTHING
        url = self.url(verb.name, sentence.pk)
        return format_html('<a href="{}">{}</a>', url, verb.label)


def _in_article(sentence: Sentence) -> str:
    """Return the address of the article's page with the version the sentence is in."""
    version = sentence.version
    query = {"version": version.number}
    return reverse("admin:claims_article_change", args=[version.article_id], query=query)
