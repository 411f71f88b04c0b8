"""How the desk suggests: its settings, and what it learned."""

from __future__ import annotations

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from claims.actions import (
    change_spotting_settings,
    spotting_settings,
)
from claims.api import living_shapes as shapes
from claims.api.base import DeskView, ListView, detail, seen_revision, sent, written
from claims.api.schema import UNCHANGED_ANSWER, listing, operation
from claims.models import (
    LearnedModel,
    SpottingSettings,
)
from claims.spotting import WEIGHTS

Row = dict[str, Any]
_TRIAGE = "claims.triage_claim"


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
