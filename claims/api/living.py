"""Living articles: suggestions, sentences, versions compared, coverage, how the desk suggests."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Value
from django.db.models.functions import Coalesce, Substr
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from claims.actions import (
    accept_suggestions,
    change_spotting_settings,
    merge_claims,
    read_again,
    requote_claim,
    set_sentence_kind,
    split_claim,
    spotting_settings,
)
from claims.anchoring import word_diff
from claims.api import bodies, outputs
from claims.api import living_shapes as shapes
from claims.api.articles import visible_article
from claims.api.base import DeskView, ListView, detail, seen_revision, sent, written
from claims.api.claims import visible_claim
from claims.api.fields import Strict
from claims.api.schema import UNCHANGED_ANSWER, listing, operation
from claims.coverage import coverage_of
from claims.models import (
    Article,
    ArticleVersion,
    Attribution,
    Claim,
    LearnedModel,
    Reanchoring,
    Sentence,
    SpottingSettings,
    VersionReading,
)
from claims.spotting import WEIGHTS

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
        rows = waiting.annotate(score=Coalesce("check_worthiness", Value(0.0))).for_list(
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
        found = list(rows.in_reading_order().for_list())
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
        found = bodies.claim_rows(list(rows.for_list()), self.actor)
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


def _version(view: DeskView, pk: int, number: int) -> ArticleVersion:
    versions = visible_article(view.actor, pk).versions.select_related("article")
    return versions.get(number=number)


@listing("List sentences", shapes.SentenceBody, name="articles_sentences_list")
class Sentences(ListView):
    """The sentences of a text."""

    needs = {"GET": "claims.view_sentence"}
    orderings = {"reading": ("start",)}

    def get(self, request: Request, pk: int, number: int) -> Response:
        """List every sentence, page furniture with its reason among them; nothing is left out."""
        version = _version(self, pk, number)
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
        version = _version(self, pk, number)
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
        version = _version(self, pk, number)
        sent(request, Strict)
        reading = read_again(actor=self.actor, version=version)
        return written(_reading(reading, number), status=202)


def _reading(reading: VersionReading, number: int) -> Row:
    names = ("state", "read_at", "attempts", "note", "warnings")
    return {"version": number, **{name: getattr(reading, name) for name in names}}


# --- Versions compared ----------------------------------------------------------------------------

_PLACES = ("version__number", "start", "end")


@listing("List what became of claims", shapes.ChangeBody, name="articles_changes_list")
class Changes(ListView):
    """What a version did to the claims."""

    needs = {"GET": "claims.view_claim"}

    def get(self, request: Request, pk: int, number: int) -> Response:
        """List for each claim whether its words are the same, changed or gone, and why."""
        rows = Reanchoring.objects.filter(version=_version(self, pk, number)).values(
            "id",
            "claim_id",
            "status",
            "cosmetic",
            "moved",
            "reasons",
            "diff",
            *(f"before__{name}" for name in _PLACES),
            *(f"after__{name}" for name in _PLACES),
        )
        return self.paged(rows, lambda page: [_change(row) for row in page])


def _change(row: Row) -> Row:
    names = ("status", "cosmetic", "moved", "reasons")
    return {
        "claim": row["claim_id"],
        **{name: row[name] for name in names},
        "before": _place(row, "before"),
        "after": _place(row, "after"),
        "diff": [{"kind": kind, "text": text} for kind, text in row["diff"]],
    }


def _place(row: Row, which: str) -> Row | None:
    if row[f"{which}__start"] is None:
        return None
    version, start, end = (row[f"{which}__{name}"] for name in _PLACES)
    return {"version": version, "start": start, "end": end}


class Diff(DeskView):
    """Two texts of an article."""

    needs = {"GET": "claims.view_article"}
    query = ("against",)

    @operation(
        "Compare two texts",
        shapes.DiffBody,
        also=UNCHANGED_ANSWER,
        query=[
            OpenApiParameter(
                "against", int, required=True, description="The number of the earlier text."
            )
        ],
        name="articles_versions_diff",
    )
    def get(self, request: Request, pk: int, number: int) -> Response:
        """Return what stayed, went and came between the text `against` and this one."""
        asked = request.query_params.get("against", "")
        if not (asked.isascii() and asked.isdigit() and len(asked) < 10):
            raise ValidationError({"against": ["Give the number of a version."]})
        article = visible_article(self.actor, pk)
        old, new = article.versions.get(number=int(asked)), article.versions.get(number=number)
        body = {
            "version": new.number,
            "against": old.number,
            "headline": _segments(old.headline, new.headline),
            "body": _segments(old.body, new.body),
        }
        return detail(request, body, new.number)


def _segments(old: str, new: str) -> list[Row]:
    return [{"kind": one.kind.value, "text": one.text} for one in word_diff(old, new)]


class CoverageOfArticle(DeskView):
    """How much of an article has been cleared."""

    needs = {"GET": "claims.view_article"}

    @operation(
        "See what is cleared", shapes.CoverageBody, also=UNCHANGED_ANSWER, name="articles_coverage"
    )
    def get(self, request: Request, pk: int) -> Response:
        """Count in the newest text the sentences with something to check, and the cleared ones."""
        version = visible_article(self.actor, pk).versions.order_by("-number")[0]
        found = coverage_of(version)
        names = ("is_read", "sentences", "to_check", "cleared", "share", "note")
        body = {"version": version.number, **{name: getattr(found, name) for name in names}}
        return detail(request, body, version.number)


# --- How the desk suggests ------------------------------------------------------------------------


class Settings(DeskView):
    """How the desk wants its suggestions."""

    needs = {"GET": "claims.view_spottingsettings", "PATCH": "claims.change_spottingsettings"}

    @operation(
        "Read the spotting settings",
        shapes.SettingsBody,
        also=UNCHANGED_ANSWER,
        name="spotting_settings_read",
    )
    def get(self, request: Request) -> Response:
        """Return the limits and weights that new texts are read under."""
        given = spotting_settings()
        return detail(request, _settings(given), given.revision)

    @operation(
        "Change the spotting settings",
        shapes.SettingsBody,
        takes=shapes.SettingsInput,
        refuses=(412, 428),
        name="spotting_settings_change",
    )
    def patch(self, request: Request) -> Response:
        """Change limits and weights; it holds for texts that are read from now on."""
        revision = seen_revision(request, spotting_settings().revision)
        changes = sent(request, shapes.SettingsInput, partial=True)
        given = change_spotting_settings(
            actor=self.actor, changes=changes, expected_revision=revision
        )
        return written(_settings(given), given.revision)


def _settings(given: SpottingSettings) -> Row:
    names = ("weights", "budget", "share", "accept_above", "revision")
    values = {name: getattr(given, name) for name in names}
    return {**values, "usual_weights": dict(WEIGHTS)}


@listing("List what was learned", shapes.ModelBody, name="spotting_models_list")
class Models(ListView):
    """What the desk learned from its own decisions."""

    needs = {"GET": "claims.view_learnedmodel"}

    def get(self, request: Request) -> Response:
        """List each night's model with both scores, the newest first; the first ranks if kept."""
        rows = LearnedModel.objects.values(
            "id",
            "fitted_at",
            "decisions",
            "held_back",
            "factors_score",
            "model_score",
            "kept",
            "reason",
            "parameters",
        )
        return self.paged(rows, lambda page: [_model(row) for row in page])


def _model(row: Row) -> Row:
    learned = row.pop("parameters")
    pairs = zip(learned.get("features", ()), learned.get("weights", ()), strict=True)
    return row | {"weights": dict(pairs)}
