"""Living articles: what the desk suggests, and what it takes each sentence for."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Value
from django.db.models.functions import Coalesce, Substr
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from claims.actions import (
    accept_suggestions,
    merge_claims,
    read_again,
    requote_claim,
    set_sentence_kind,
    split_claim,
)
from claims.api import bodies, outputs
from claims.api import living_shapes as shapes
from claims.api.articles import visible_article
from claims.api.base import DeskView, ListView, seen_revision, sent, written
from claims.api.claims import visible_claim
from claims.api.fields import Strict
from claims.api.schema import listing, operation
from claims.models import (
    Article,
    ArticleVersion,
    Attribution,
    Claim,
    Sentence,
    VersionReading,
)

Row = dict[str, Any]
_TRIAGE = "claims.triage_claim"


# --- Suggestions ----------------------------------------------------------------------------------


@listing("List suggestions", shapes.SuggestionBody, name="articles_suggestions_list")
class Suggestions(ListView):
    """What the desk suggests to check in an article."""

    needs = {"GET": "claims.view_claim"}
    orderings = {
        "reading": ("passage__start", "passage__end", "id"),
        "-score": ("-score", "-id"),
    }

    def get(self, request: Request, pk: int) -> Response:
        """List the suggestions nobody has decided on, in reading order or the best first."""
        article = visible_article(self.actor, pk)
        waiting = Claim.objects.filter(article=article, in_text=True).suggested()
        rows = bodies.listed(
            waiting.annotate(score=Coalesce("check_worthiness", Value(0.0))),
            self.actor,
            "passage__version__number",
            "passage__start",
            "passage__end",
            "factors",
            "particulars",
            "score",
        )
        return self.paged(rows, self._bodies)

    def _bodies(self, page: list[Row]) -> list[Row]:
        chains = _chains([row["id"] for row in page])
        written_rows = bodies.claim_rows(page, self.actor)
        return [
            body | _why(row) | {"attribution": chains.get(row["id"], [])}
            for row, body in zip(page, written_rows, strict=True)
        ]


def _chains(claim_ids: list[int]) -> dict[int, list[Row]]:
    """Return the attribution of each claim, in reading order."""
    chains: dict[int, list[Row]] = {}
    links = Attribution.objects.filter(claim__in=claim_ids).select_related("source")
    for link in links.order_by("claim", "position"):
        chains.setdefault(link.claim_id, []).append(bodies.attribution(link))
    return chains


def _why(row: Row) -> Row:
    marks = ("dates", "quantities", "misfits")
    return {
        "passage": {
            "version": row["passage__version__number"],
            "start": row["passage__start"],
            "end": row["passage__end"],
        },
        "factors": row["factors"],
        **{name: row["particulars"].get(name, []) for name in marks},
    }


class AcceptSuggestions(DeskView):
    """Triage of a whole article."""

    needs = {"POST": _TRIAGE}

    @operation(
        "Accept suggestions from a score on",
        shapes.ClaimsBody,
        takes=shapes.AcceptInput,
        name="articles_suggestions_accept",
    )
    def post(self, request: Request, pk: int) -> Response:
        """Accept every suggestion with at least this score; return the claims that were."""
        article = visible_article(self.actor, pk)
        threshold = sent(request, shapes.AcceptInput)["at_least"]
        claims = accept_suggestions(actor=self.actor, article=article, at_least=threshold)
        rows = Claim.objects.filter(pk__in=[claim.pk for claim in claims])
        found = list(bodies.listed(rows.in_reading_order(), self.actor))
        return written({"claims": bodies.claim_rows(found, self.actor)})


class Requote(DeskView):
    """Other words for a suggestion."""

    needs = {"POST": "claims.change_claim"}

    @operation(
        "Give a suggestion other words",
        outputs.ClaimDetail,
        takes=shapes.QuoteInput,
        refuses=(409, 412, 428),
        name="claims_requote",
    )
    def post(self, request: Request, pk: int) -> Response:
        """Let the suggestion hold other words of the same text: longer or shorter ones."""
        claim = visible_claim(self.actor, pk)
        revision = seen_revision(request, claim.revision)
        quote = sent(request, shapes.QuoteInput)["quote"]
        claim = requote_claim(
            actor=self.actor, claim=claim, quote=quote, expected_revision=revision
        )
        return written(bodies.claim_detail(pk, self.actor), claim.revision)


class Split(DeskView):
    """One suggestion becomes several."""

    needs = {"POST": _TRIAGE}

    @operation(
        "Split a suggestion",
        shapes.ClaimsBody,
        takes=shapes.SplitInput,
        status=201,
        refuses=(409, 412, 428),
        name="claims_split",
    )
    def post(self, request: Request, pk: int) -> Response:
        """Make a claim of each quote; they keep the chain, and the whole is dismissed."""
        claim = visible_claim(self.actor, pk)
        revision = seen_revision(request, claim.revision)
        quotes = sent(request, shapes.SplitInput)["quotes"]
        parts = split_claim(
            actor=self.actor, claim=claim, quotes=quotes, expected_revision=revision
        )
        rows = Claim.objects.filter(pk__in=[part.pk for part in parts]).in_reading_order()
        found = bodies.claim_rows(list(bodies.listed(rows, self.actor)), self.actor)
        return written({"claims": found}, status=201)


class Merge(DeskView):
    """Several suggestions become one."""

    needs = {"POST": _TRIAGE}

    @operation(
        "Merge suggestions",
        outputs.ClaimDetail,
        takes=shapes.MergeInput,
        status=201,
        refuses=(409,),
        name="claims_merge",
    )
    def post(self, request: Request) -> Response:
        """Make one claim from the first word of these suggestions to the last."""
        ids = set(sent(request, shapes.MergeInput)["claims"])
        claims = list(Claim.objects.visible_to(self.actor).filter(pk__in=ids))
        if missing := ids - {claim.pk for claim in claims}:
            says = f"There is no claim {', '.join(str(pk) for pk in sorted(missing))}."
            raise ValidationError({"claims": [says]})
        merged = merge_claims(actor=self.actor, claims=claims)
        return written(bodies.claim_detail(merged.pk, self.actor), merged.revision, status=201)


# --- Sentences ------------------------------------------------------------------------------------


def version_of(view: DeskView, pk: int, number: int) -> ArticleVersion:
    """Return a text of an article that the caller may see. Raises `DoesNotExist`."""
    versions = visible_article(view.actor, pk).versions.select_related("article")
    return versions.get(number=number)


@listing("List sentences", shapes.SentenceBody, name="articles_sentences_list")
class Sentences(ListView):
    """The sentences of a text."""

    needs = {"GET": "claims.view_sentence"}
    orderings = {"reading": ("start",)}

    def get(self, request: Request, pk: int, number: int) -> Response:
        """List every sentence, page furniture with its reason among them; nothing is left out."""
        version = version_of(self, pk, number)
        return self.paged(_sentence_rows(Sentence.objects.filter(version=version)), _sentences)


def _sentence_rows(rows: Any) -> Any:
    text = Substr("version__body", F("start") + 1, F("end") - F("start"))
    return rows.annotate(text=text).values(
        "id", "start", "end", "text", "kind", "spotted_kind", "reason", "set_by__username"
    )


def _sentences(page: list[Row]) -> list[Row]:
    return [shapes.as_fields(row, set_by="set_by__username") for row in page]


class OneSentence(DeskView):
    """A sentence."""

    needs = {"POST": _TRIAGE}

    @operation(
        "Say what a sentence is",
        shapes.SentenceBody,
        takes=shapes.KindInput,
        refuses=(409,),
        name="sentences_classify",
    )
    def post(self, request: Request, pk: int) -> Response:
        """Put page furniture back as checkable (its claim is suggested), or say there is nothing.

        It holds in later versions that say the same.
        """
        articles = Article.objects.visible_to(self.actor)
        rows = Sentence.objects.filter(version__article__in=articles)
        sentence = rows.select_related("version").get(pk=pk)
        kind = sent(request, shapes.KindInput)["kind"]
        set_sentence_kind(actor=self.actor, sentence=sentence, kind=kind)
        return written(_sentences(list(_sentence_rows(Sentence.objects.filter(pk=pk))))[0])


class Reading(DeskView):
    """The desk's reading of a text."""

    needs = {"GET": "claims.view_article", "POST": _TRIAGE}

    @operation("See how far a text is read", shapes.ReadingBody, name="articles_reading")
    def get(self, request: Request, pk: int, number: int) -> Response:
        """Return whether it was read, and what a person should know: notes and warnings."""
        version = version_of(self, pk, number)
        return Response(_reading(VersionReading.objects.get(pk=version.pk), number))

    @operation(
        "Have a text read again",
        shapes.ReadingBody,
        takes=Strict,
        status=202,
        refuses=(409,),
        name="articles_reread",
    )
    def post(self, request: Request, pk: int, number: int) -> Response:
        """Have a worker read the newest text once more, out of quarantine as well."""
        version = version_of(self, pk, number)
        sent(request, Strict)
        reading = read_again(actor=self.actor, version=version)
        return written(_reading(reading, number), status=202)


def _reading(reading: VersionReading, number: int) -> Row:
    names = ("state", "read_at", "attempts", "note", "warnings")
    return {"version": number, **{name: getattr(reading, name) for name in names}}
