"""Articles, their texts and their claims."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.urls import reverse
from rest_framework.request import Request
from rest_framework.response import Response

from claims.actions import add_version, change_article, receive_article
from claims.actions.articles import ArticleContent
from claims.api import bodies, inputs, outputs
from claims.api.base import DeskView, ListView, detail, seen_revision, sent, written
from claims.api.filters import ArticleFilters, ClaimFilters
from claims.api.schema import UNCHANGED_ANSWER, listing, operation
from claims.models import Article, ArticleVersion, Claim
from claims.prepared import kept


def visible_article(user: User, pk: int) -> Article:
    """Return the article, when the caller may see it. Raises `Article.DoesNotExist`."""
    rows = Article.objects.visible_to(user).select_related("beat", "submitted_by")
    return rows.get(pk=pk)


_ROWS = kept(Article.objects.for_list)


@listing("List articles", outputs.ArticleRow, name="articles_list")
class Articles(ListView):
    """Articles that came in."""

    needs = {"GET": "claims.view_article", "POST": "claims.add_article"}
    filterset_class = ArticleFilters
    orderings = {
        "-id": ("-id",),
        "id": ("id",),
        "headline": ("headline", "id"),
        "-headline": ("-headline", "-id"),
    }

    def get(self, request: Request) -> Response:
        """List the articles that you may see, the newest first."""
        rows = self.filtered(_ROWS().visible_to(self.actor))
        return self.paged(rows, lambda page: [bodies.article_row(row) for row in page])

    @operation(
        "Push an article",
        outputs.ArticleDetail,
        takes=inputs.ArticleInput,
        status=201,
        also={200: outputs.ArticleDetail},
        refuses=(409,),
        name="articles_create",
    )
    def post(self, request: Request) -> Response:
        """Take in an article (201). The same `cms_id` again makes a new version of it (200)."""
        data = sent(request, inputs.ArticleInput)
        article, is_new = receive_article(actor=self.actor, content=_content(data))
        return written(
            bodies.article_detail(article),
            article.revision,
            status=201 if is_new else 200,
            at=reverse("api:article", args=[article.pk]),
        )


def _content(data: dict[str, Any]) -> ArticleContent:
    return ArticleContent(**data, given=frozenset(data))


class OneArticle(DeskView):
    """An article."""

    needs = {"GET": "claims.view_article", "PATCH": "claims.change_article"}

    @operation(
        "Read an article", outputs.ArticleDetail, also=UNCHANGED_ANSWER, name="articles_read"
    )
    def get(self, request: Request, pk: int) -> Response:
        """Return the article; its texts are under versions/."""
        article = visible_article(self.actor, pk)
        return detail(request, bodies.article_detail(article), article.revision)

    @operation(
        "Change an article",
        outputs.ArticleDetail,
        takes=inputs.ArticleChange,
        refuses=(412, 428),
        name="articles_change",
    )
    def patch(self, request: Request, pk: int) -> Response:
        """Change particulars; open tasks follow a changed publication time."""
        article = visible_article(self.actor, pk)
        revision = seen_revision(request, article.revision)
        changes = sent(request, inputs.ArticleChange, partial=True)
        article = change_article(
            actor=self.actor, article=article, changes=changes, expected_revision=revision
        )
        return written(bodies.article_detail(article), article.revision)


@listing("List an article's texts", outputs.VersionRow, name="articles_versions_list")
class Versions(ListView):
    """The texts of an article."""

    needs = {"GET": "claims.view_article", "POST": "claims.change_article"}
    orderings = {"-number": ("-number",), "number": ("number",)}

    def get(self, request: Request, pk: int) -> Response:
        """List the versions, the newest first, without their texts."""
        article = visible_article(self.actor, pk)
        rows = ArticleVersion.objects.filter(article=article).values(
            "number", "headline", "body_sha256", "created_by__username", "created_at"
        )
        return self.paged(rows, lambda page: [_version_row(row) for row in page])

    @operation(
        "Add a text to an article",
        outputs.VersionDetail,
        takes=inputs.VersionInput,
        status=201,
        also={200: outputs.VersionDetail},
        refuses=(412,),
        name="articles_versions_create",
    )
    def post(self, request: Request, pk: int) -> Response:
        """Store a new text (201); the text that is there already changes nothing (200)."""
        article = visible_article(self.actor, pk)
        revision = seen_revision(request, article.revision, required=False)
        data = {"headline": article.headline, **sent(request, inputs.VersionInput)}
        newest = article.versions.order_by("-number").values_list("pk", flat=True).first()
        version = add_version(actor=self.actor, article=article, expected_revision=revision, **data)
        return written(
            bodies.version_detail(version),
            status=200 if version.pk == newest else 201,
            at=reverse("api:version", args=[article.pk, version.number]),
        )


def _version_row(row: dict[str, Any]) -> dict[str, Any]:
    row["created_by"] = row.pop("created_by__username")
    return row


class OneVersion(DeskView):
    """One text of an article."""

    needs = {"GET": "claims.view_article"}

    @operation(
        "Read a text", outputs.VersionDetail, also=UNCHANGED_ANSWER, name="articles_versions_read"
    )
    def get(self, request: Request, pk: int, number: int) -> Response:
        """Return the text exactly as it is checked. It never changes."""
        versions = visible_article(self.actor, pk).versions.select_related("created_by")
        version = versions.get(number=number)
        return detail(request, bodies.version_detail(version), version.number)


@listing("List an article's claims", outputs.ClaimRow, name="articles_claims_list")
class ClaimsOfArticle(ListView):
    """The claims of an article."""

    needs = {"GET": "claims.view_claim"}
    filterset_class = ClaimFilters
    orderings = {
        "reading": ("passage__start", "passage__end", "id"),
        "-id": ("-id",),
        "id": ("id",),
    }

    def get(self, request: Request, pk: int) -> Response:
        """List the claims in the order in which the article makes them."""
        article = visible_article(self.actor, pk)
        claims = self.filtered(Claim.objects.filter(article=article))
        rows = bodies.listed(claims, self.actor, "passage__start", "passage__end")
        return self.paged(rows, lambda page: bodies.claim_rows(page, self.actor))
