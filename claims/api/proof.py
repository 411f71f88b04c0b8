"""The article proof over REST: changes that the text needs, and words that may be as they are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from claims.actions import (
    end_ruling,
    leave_claim_to_author,
    leave_sentence_to_author,
    let_stand,
    require_change,
    settle_change,
    waive_change,
)
from claims.api import proof_shapes as shapes
from claims.api.articles import visible_article
from claims.api.base import DeskView, ListView, detail, seen_revision, sent, written
from claims.api.claims import visible_claim
from claims.api.schema import UNCHANGED_ANSWER, Decorator, listing, operation
from claims.models import Article, Claim, RequiredChange, Ruling, Sentence

_READS = "claims.view_article"
_ORDERS = {"id": ("id",), "-id": ("-id",)}


@listing("List required changes", shapes.ProofChangeBody, name="articles_required_changes_list")
class RequiredChanges(ListView):
    """What the text of an article has to say otherwise."""

    needs = {"GET": _READS, "POST": shapes.REQUIRES}
    orderings = _ORDERS

    def get(self, request: Request, pk: int) -> Response:
        """List every change that was required, made and waived ones too."""
        article = visible_article(self.actor, pk)
        rows = shapes.change_rows(RequiredChange.objects.filter(article=article))
        return self.paged(rows, lambda page: shapes.changes(page, self.actor))

    @operation(
        "Require a change",
        shapes.ProofChangeBody,
        takes=shapes.RequiredChangeInput,
        status=201,
        refuses=(409,),
        name="articles_required_changes_add",
    )
    def post(self, request: Request, pk: int) -> Response:
        """Require other words in the newest text. A later text that has them makes the change."""
        article = visible_article(self.actor, pk)
        data = sent(request, shapes.RequiredChangeInput)
        claim = self._claim(article, data.pop("claim", None))
        change = require_change(actor=self.actor, article=article, claim=claim, **data)
        at = reverse("api:required-change", args=[change.pk])
        return _change(self, change, status=201, at=at)

    def _claim(self, article: Article, pk: int | None) -> Claim | None:
        if pk is None:
            return None
        claims = Claim.objects.visible_to(self.actor).filter(article=article, in_text=True)
        if (claim := claims.select_related("passage").filter(pk=pk).first()) is None:
            raise ValidationError({"claim": [f"The newest text makes no claim {pk}."]})
        return claim


def _visible_change(view: DeskView, pk: int) -> RequiredChange:
    articles = Article.objects.visible_to(view.actor)
    return RequiredChange.objects.filter(article__in=articles).get(pk=pk)


def _change(view: DeskView, change: RequiredChange, **how: Any) -> Response:
    row = shapes.change_rows(RequiredChange.objects.filter(pk=change.pk)).get()
    return written(shapes.changes([row], view.actor)[0], change.revision, **how)


class OneChange(DeskView):
    """A required change."""

    needs = {"GET": _READS}

    @operation(
        "Read a required change",
        shapes.ProofChangeBody,
        also=UNCHANGED_ANSWER,
        name="required_changes_read",
    )
    def get(self, request: Request, pk: int) -> Response:
        """Return the change and what you may do to it."""
        change = _visible_change(self, pk)
        row = shapes.change_rows(RequiredChange.objects.filter(pk=change.pk)).get()
        return detail(request, shapes.changes([row], self.actor)[0], change.revision)


class _Closing(DeskView):
    """A verb that closes a required change, and answers with it."""

    def closed(
        self, request: Request, pk: int, act: Callable[..., RequiredChange]
    ) -> RequiredChange:
        """Do `act` to the change as the caller has seen it."""
        change = _visible_change(self, pk)
        revision = seen_revision(request, change.revision)
        reason = sent(request, shapes.WhyInput)["reason"]
        return act(actor=self.actor, change=change, reason=reason, expected_revision=revision)


def _closes(verb: str, summary: str) -> Decorator:
    return operation(
        summary,
        shapes.ProofChangeBody,
        takes=shapes.WhyInput,
        refuses=(409, 412, 428),
        name=f"required_changes_{verb}",
    )


class Waive(_Closing):
    """The words may stand."""

    needs = {"POST": shapes.LETS}

    @_closes("waive", "Waive a required change")
    def post(self, request: Request, pk: int) -> Response:
        """Let the words stand although a change was required, saying why."""
        return _change(self, self.closed(request, pk, waive_change))


class Settle(_Closing):
    """Other words do as well."""

    needs = {"POST": shapes.REQUIRES}

    @_closes("settle", "Count a required change as made")
    def post(self, request: Request, pk: int) -> Response:
        """Count it as made in other words than those asked for; 409 while the old ones stand."""
        return _change(self, self.closed(request, pk, settle_change))


# --- Words that may be as they are ----------------------------------------------------------------


@listing("List rulings", shapes.RulingBody, name="articles_rulings_list")
class Rulings(ListView):
    """Words of an article that may be as they are."""

    needs = {"GET": _READS}
    orderings = _ORDERS

    def get(self, request: Request, pk: int) -> Response:
        """List what was left to the author or may stand, and what of it has ended."""
        article = visible_article(self.actor, pk)
        rows = shapes.ruling_rows(Ruling.objects.filter(article=article))
        return self.paged(rows, lambda page: shapes.rulings(page, self.actor))


def _ruling(view: DeskView, ruling: Ruling, status: int = 201) -> Response:
    row = shapes.ruling_rows(Ruling.objects.filter(pk=ruling.pk)).get()
    return written(shapes.rulings([row], view.actor)[0], status=status)


class _OfClaim(DeskView):
    """A ruling on a claim."""

    def ruled(self, request: Request, pk: int, act: Callable[..., Ruling]) -> Response:
        """Do `act` to the claim as the caller has seen it, and answer with the ruling."""
        claim = visible_claim(self.actor, pk)
        revision = seen_revision(request, claim.revision)
        reason = sent(request, shapes.WhyInput)["reason"]
        ruling = act(actor=self.actor, claim=claim, reason=reason, expected_revision=revision)
        return _ruling(self, ruling)


def _rules(name: str, summary: str, refuses: tuple[int, ...], status: int = 201) -> Decorator:
    return operation(
        summary,
        shapes.RulingBody,
        takes=shapes.WhyInput,
        status=status,
        refuses=refuses,
        name=name,
    )


class LeaveClaim(_OfClaim):
    """What cannot be checked."""

    needs = {"POST": shapes.REQUIRES}

    @_rules("claims_leave_to_author", "Leave a claim to the author", (409, 412, 428))
    def post(self, request: Request, pk: int) -> Response:
        """Leave a claim that cannot be checked to the author, who answers for it."""
        return self.ruled(request, pk, leave_claim_to_author)


class LetStand(_OfClaim):
    """What the article itself calls wrong."""

    needs = {"POST": shapes.LETS}

    @_rules("claims_let_stand", "Let a claim stand", (409, 412, 428))
    def post(self, request: Request, pk: int) -> Response:
        """Let words stand that a verdict calls wrong, because the article says that they are."""
        return self.ruled(request, pk, let_stand)


class LeaveSentence(DeskView):
    """A sentence without a claim."""

    needs = {"POST": shapes.REQUIRES}

    @_rules("sentences_leave_to_author", "Leave a sentence to the author", (409,))
    def post(self, request: Request, pk: int) -> Response:
        """Leave a sentence of the newest text to the author in which there is no claim."""
        articles = Article.objects.visible_to(self.actor)
        rows = Sentence.objects.filter(version__article__in=articles)
        sentence = rows.select_related("version").get(pk=pk)
        reason = sent(request, shapes.WhyInput)["reason"]
        return _ruling(
            self,
            leave_sentence_to_author(actor=self.actor, sentence=sentence, reason=reason),
        )


class EndRuling(DeskView):
    """A word taken back."""

    needs = {"POST": f"{shapes.REQUIRES}|{shapes.LETS}"}

    @_rules("rulings_end", "Take a ruling back", (409,), status=200)
    def post(self, request: Request, pk: int) -> Response:
        """Take it back, saying why; who may make such a ruling may end it."""
        articles = Article.objects.visible_to(self.actor)
        ruling = Ruling.objects.filter(article__in=articles).get(pk=pk)
        reason = sent(request, shapes.WhyInput)["reason"]
        ended = end_ruling(actor=self.actor, ruling=ruling, reason=reason)
        return _ruling(self, ended, status=200)
