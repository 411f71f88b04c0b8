"""Clearance: may this text go out? For a CMS that asks before it publishes."""

from __future__ import annotations

import re
from typing import Any

from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from claims.actions import override_clearance
from claims.api import clearance_shapes as shapes
from claims.api.articles import visible_article
from claims.api.base import DeskView, detail, sent, written
from claims.api.schema import UNCHANGED_ANSWER, operation
from claims.clearance import Clearance, Reason, TextFacts, cleared
from claims.clearance.facts import ChangeFact
from claims.clearance.reading import facts_of
from claims.models import Article, ArticleVersion

Row = dict[str, Any]
_WHICH = ("version", "body_sha256")
_PARAMETERS = [
    OpenApiParameter("version", int, description="The number of a text; the newest without it."),
    OpenApiParameter(
        "body_sha256", str, description="The digest of a text, as the answer to pushing it gave it."
    ),
]
_CMS_ID = OpenApiParameter("cms_id", str, required=True, description="The story's id in the CMS.")


class OfArticle(DeskView):
    """The clearance of an article."""

    needs = {"GET": "claims.view_article"}
    query = _WHICH

    @operation(
        "Ask whether an article may go out",
        shapes.ClearanceBody,
        also=UNCHANGED_ANSWER,
        query=_PARAMETERS,
        name="articles_clearance",
    )
    def get(self, request: Request, pk: int) -> Response:
        """Return go, hold or kill for the newest text, or the one you name, with every reason."""
        return _answer(self, visible_article(self.actor, pk))


class ByCmsId(DeskView):
    """The clearance of an article, by the id it has in the CMS (which may hold slashes)."""

    needs = {"GET": "claims.view_article"}
    query = ("cms_id", *_WHICH)

    @operation(
        "Ask by cms_id whether an article may go out",
        shapes.ClearanceBody,
        also={**UNCHANGED_ANSWER, 404: None},
        query=[_CMS_ID, *_PARAMETERS],
        name="articles_clearance_by_cms_id",
    )
    def get(self, request: Request) -> Response:
        """Return the same for the article with this `cms_id`."""
        cms_id = request.query_params.get("cms_id", "")
        if not cms_id:
            raise ValidationError({"cms_id": ["Give the story's id in your CMS."]})
        if "\0" in cms_id:
            raise NotFound
        return _answer(self, Article.objects.visible_to(self.actor).get(cms_id=cms_id))


class Override(DeskView):
    """A lead's word."""

    needs = {"POST": "claims.override_clearance"}

    @operation(
        "Override a clearance",
        shapes.ClearanceBody,
        takes=shapes.OverrideInput,
        status=201,
        refuses=(409,),
        name="articles_clearance_override",
    )
    def post(self, request: Request, pk: int) -> Response:
        """Set the desk's answer for the newest text aside; `lifted` gives the word back to it.

        It ends with the next text, and does not cover a reason to kill that comes up later.
        """
        article = visible_article(self.actor, pk)
        data = sent(request, shapes.OverrideInput)
        version = _the_text(article, number=data.pop("version"))
        override_clearance(actor=self.actor, version=version, **data)
        facts = facts_of(version, seen_by=self.actor)
        return written(_body(article, facts, cleared(facts, timezone.now())), status=201)


def _answer(view: DeskView, article: Article) -> Response:
    version = _asked_for(view.request, article)
    facts = facts_of(version, seen_by=view.actor)
    return detail(
        view.request, _body(article, facts, cleared(facts, timezone.now())), version.number
    )


def _asked_for(request: Request, article: Article) -> ArticleVersion:
    """Return the text that the query names. Raises `ValidationError` and `NotFound`."""
    number, digest = (request.query_params.get(name, "") for name in _WHICH)
    problems = {}
    if number and not re.fullmatch(r"[0-9]{1,9}", number):
        problems["version"] = ["Give the number of a version."]
    if digest and not re.fullmatch(r"[0-9a-fA-F]{64}", digest):
        problems["body_sha256"] = ["Give 64 hexadecimal digits."]
    if problems:
        raise ValidationError(problems)
    return _the_text(article, int(number) if number else None, digest.lower())


def _the_text(article: Article, number: int | None = None, digest: str = "") -> ArticleVersion:
    """Return the newest text of `article`, or the newest of those asked for."""
    rows = article.versions.select_related("article").order_by("-number")
    if number is not None:
        rows = rows.filter(number=number)
    if digest:
        rows = rows.filter(body_sha256=digest)
    version = rows.first()
    if version is None:
        raise NotFound("The desk has no such text of this article. Push it, then ask again.")
    return version


def _body(article: Article, text: TextFacts, answer: Clearance) -> Row:
    names = ("is_read", "sentences", "to_check", "cleared", "share", "note")
    changes = {change.id: change for change in text.changes}
    return {
        "article": article.pk,
        "cms_id": article.cms_id,
        "version": text.number,
        "is_newest": text.is_newest,
        "newest_version": text.newest,
        "headline": text.headline,
        "body_sha256": text.body_sha256,
        "decision": answer.decision.value,
        "found": answer.found.value,
        "override": _override(answer),
        "reasons": [_reason(one, changes) for one in answer.reasons],
        "coverage": {name: getattr(answer.coverage, name) for name in names},
        "proof": reverse("desk:proof", args=[article.pk]),
    }


def _override(answer: Clearance) -> Row | None:
    given = answer.override
    if given is None:
        return None
    return {
        "decision": given.decision,
        "reason": given.reason,
        "by": given.made_by,
        "at": given.made_at,
        "in_force": answer.overridden,
    }


def _reason(one: Reason, changes: dict[int, ChangeFact]) -> Row:
    place, change = one.place, changes.get(one.change_id or 0)
    spans = ("start", "end", "exact", "prefix", "suffix")
    wordings = ("id", "wording_now", "wording_to_use", "note")
    return {
        "kind": one.kind,
        "weight": one.weight.value,
        "says": one.says,
        "resolve": one.resolve,
        "who": list(one.who),
        "claim": one.claim_id,
        "statement": one.statement,
        "quote": place.exact if place else "",
        "verdict": one.verdict_id,
        "place": {name: getattr(place, name) for name in spans} if place else None,
        "change": {name: getattr(change, name) for name in wordings} if change else None,
    }
