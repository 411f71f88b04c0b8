"""Pages come compressed; an ETag that a program got is one that it can send back."""

import pytest
from django.test import Client

from tests.api import Caller
from tests.steps import queued

pytestmark = pytest.mark.django_db
GZIP = {"Accept-Encoding": "gzip"}


def test_a_page_is_compressed_for_whoever_takes_it_so():
    page = Client().get("/fact-checks/", headers=GZIP)
    assert page["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in Client().get("/fact-checks/")


def test_an_etag_of_the_rest_interface_may_be_sent_back_by_who_takes_gzip(lead):
    task, caller = queued(lead), Caller(lead)
    read = caller.get(f"/tasks/{task.pk}/", headers=GZIP)
    assert not read["ETag"].startswith("W/")
    answer = caller.post(
        f"/tasks/{task.pk}/cancel/",
        {"reason": "It is old."},
        headers={**GZIP, "If-Match": read["ETag"]},
    )
    assert answer.status_code == 200
