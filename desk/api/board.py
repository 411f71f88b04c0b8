"""The numbers of the board, for other tools."""

from __future__ import annotations

from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import DeskView
from claims.api.schema import operation
from desk.api import board_bodies
from desk.statistics.days import PERIODS

_USUAL = 30
_DAYS = OpenApiParameter("days", int, enum=list(PERIODS), description=f"By default {_USUAL}.")


class Board(DeskView):
    """The whole desk in numbers."""

    needs = {"GET": "desk.assign_task"}
    query = ("days",)

    @operation("Read the board", board_bodies.BoardBody, query=[_DAYS], name="board_read")
    def get(self, request: Request) -> Response:
        """Return what is open now, who works on it, and what was decided in the last days.

        Times are in seconds, from the claim's acceptance to the approval; percentiles come from
        fixed buckets and are right to a tenth. Days are those of `time_zone`.
        """
        sent = request.query_params.get("days", str(_USUAL))
        days = next((one for one in PERIODS if str(one) == sent), None)
        if days is None:
            known = ", ".join(str(one) for one in PERIODS)
            raise ValidationError({"days": [f"The board looks back: {known} days."]})
        return Response(board_bodies.board(self.actor, days))
