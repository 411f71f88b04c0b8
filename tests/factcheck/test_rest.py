"""What every answer of the REST interface has in common."""

import datetime
import decimal
import json
import uuid

import pytest
from django.utils.translation import gettext_lazy
from rest_framework.exceptions import ErrorDetail
from rest_framework.utils.serializer_helpers import ReturnDict

from factcheck.rest.renderers import OrjsonRenderer


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.UTC), "2026-01-02T03:04:05Z"),
        (datetime.date(2026, 1, 2), "2026-01-02"),
        (decimal.Decimal("0.50"), "0.50"),
        (uuid.UUID(int=1), "00000000-0000-0000-0000-000000000001"),
        (gettext_lazy("Yes"), "Yes"),
        (ErrorDetail("Not so", code="invalid"), "Not so"),
        ({1: "a"}, {"1": "a"}),
        (ReturnDict({"a": "ä “quoted”"}, serializer=None), {"a": "ä “quoted”"}),
        ({"b"}, ["b"]),
    ],
)
def test_what_serializers_hand_over_is_written_as_json(value, written):
    assert json.loads(OrjsonRenderer().render({"is": value})) == {"is": written}


def test_an_answer_without_data_has_an_empty_body():
    assert OrjsonRenderer().render(None) == b""


@pytest.mark.django_db
def test_the_openapi_document_is_for_everybody_and_says_3_1(client):
    answer = client.get("/api/schema/?format=json")
    assert answer.status_code == 200
    assert answer.json()["openapi"] == "3.1.0"
