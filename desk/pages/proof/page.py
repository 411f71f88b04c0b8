"""The page of the article proof, and the panel of one sentence on it."""

from typing import Any, cast

from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from claims.anchoring import word_diff
from claims.clearance.facts import ClaimFact
from claims.ids import id_in
from claims.models import Article, ArticleVersion
from desk.marking import paragraphs
from desk.pages.access import page
from desk.pages.proof import forms
from desk.pages.proof.words import KIND_WORDS, LEGEND, VERBS
from desk.proofs import Line, Proof, check_of, proof_of

SEES = "claims.view_article"
_BIGGEST = 2**31 - 1


@require_safe
@page(SEES)
def proof(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the proof of the newest text, or of the version asked for.

    `sentence` opens the panel of the sentence that begins there, by itself where a script asks;
    `against` shows what changed since an earlier version in place of the text.
    """
    article = article_of(request, pk)
    return show(request, article)


def show(
    request: HttpRequest,
    article: Article,
    *,
    failed: forms.ProofForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render the proof; with `failed`, a form that was refused is open with what was typed."""
    user = cast(User, request.user)
    version = _version(article, _number(request, "version"))
    seen = proof_of(version, user)
    at = failed.data.get("at", "") if failed else request.GET.get("sentence", "")
    line = seen.line_at(int(at)) if at.isdecimal() and len(at) < 10 else None
    chosen = failed.data.get("claim", "") if failed else request.GET.get("claim", "")
    context = {
        "article": article,
        "proof": seen,
        "now": timezone.now(),
        "legend": LEGEND,
        "verbs": VERBS,
        "failed": failed,
        **_panel(seen, line, chosen, user, failed),
    }
    if request.headers.get("HX-Request") and not request.headers.get("HX-History-Restore"):
        return render(request, "desk/proof/panel.html", context)
    context |= _compared(article, version, _number(request, "against"))
    if not seen.paragraphs:
        context["unread"] = paragraphs(version.body, [])
    return render(request, "desk/proof/proof.html", context, status=status)


def article_of(request: HttpRequest, pk: int) -> Article:
    """Return the article. Raises `Http404` for one that is not there or not theirs to see."""
    rows = Article.objects.visible_to(cast(User, request.user)).select_related("beat")
    article = rows.filter(pk=pk).first() if pk < 2**63 else None
    if article is None:
        raise Http404(_("There is no such article."))
    return article


def _number(request: HttpRequest, name: str) -> int | None:
    asked = request.GET.get(name, "")
    if not asked:
        return None
    if not 0 < (number := id_in(asked)) < _BIGGEST:
        raise Http404(_("There is no such text of this article."))
    return number


def _version(article: Article, number: int | None) -> ArticleVersion:
    rows = article.versions.select_related("article", "created_by").order_by("-number")
    version = (rows.filter(number=number) if number else rows).first()
    if version is None:
        raise Http404(_("There is no such text of this article."))
    return version


def _compared(article: Article, version: ArticleVersion, number: int | None) -> dict[str, Any]:
    if number is None:
        return {}
    older = _version(article, number)
    return {
        "against": older,
        "diff": word_diff(older.body, version.body),
        "headline_diff": word_diff(older.headline, version.headline),
    }


def _panel(
    seen: Proof, line: Line | None, chosen: str, user: User, failed: forms.ProofForm | None
) -> dict[str, Any]:
    """Return what the panel of a sentence shows, with the forms that this person may use."""
    if line is None:
        return {"line": None}
    one = line.marked
    claim = _chosen(one.claims, chosen)
    initial = {
        "at": line.start,
        "claim": claim.id if claim else None,
        "sentence": None if claim else one.sentence.id,
        "wording_now": claim.place.exact if claim else line.text,
    }
    checks = check_of([claim.id for claim in one.claims], user) if one.claims else {}
    given = {claim.id: _ruling_on(one, claim.id) for claim in one.claims}
    return {
        "line": line,
        "chosen": claim,
        "reasons": seen.of(line),
        "claims": [(claim, checks.get(claim.id), given[claim.id]) for claim in one.claims],
        "ruling": _ruling_on(one, None),
        "kind_words": KIND_WORDS,
        "forms": _forms(seen, user, initial, failed),
    }


def _chosen(claims: tuple[ClaimFact, ...], chosen: str) -> ClaimFact | None:
    """Return the claim that the forms are about: the one asked for, else the first."""
    asked = (claim for claim in claims if str(claim.id) == chosen)
    return next(asked, claims[0] if claims else None)


def _ruling_on(one: Any, claim_id: int | None) -> Any:
    return next((ruling for ruling in one.rulings if ruling.claim_id == claim_id), None)


def _forms(
    seen: Proof, user: User, initial: dict[str, Any], failed: forms.ProofForm | None
) -> list[forms.ProofForm]:
    """Return the forms for what this person may do here; none in an earlier text."""
    if not seen.facts.is_newest:
        return []
    may_require = user.has_perm("claims.require_change")
    wanted: list[tuple[type[forms.ProofForm], bool]] = [
        (forms.RequireForm, may_require),
        (forms.LeaveForm, may_require),
        (forms.StandForm, user.has_perm("claims.let_stand") and bool(initial["claim"])),
        (forms.AskForm, may_require and bool(initial["claim"])),
    ]
    return [
        failed if failed and type(failed) is form else form(initial=initial)
        for form, may in wanted
        if may
    ]
