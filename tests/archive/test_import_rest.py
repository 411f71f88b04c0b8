"""`POST /fact-check-imports/`, and the list of what was imported."""

import pytest

from claims.models import ImportedCheck
from tests.api import Caller, problems
from tests.archive.reviews import archived, review

pytestmark = pytest.mark.django_db
PATH = "/fact-check-imports/"


def test_a_dry_run_is_what_happens_unless_told_otherwise(lead):
    answer = Caller(lead).post(PATH, {"document": [review(1), review(2, url="")]})
    assert answer.status_code == 200
    said = answer.json()
    assert (said["dry_run"], said["new"], said["bad"]) == (True, 1, 1)
    assert said["rows"][0] == {
        "number": 1,
        "where": "1",
        "becomes": "new",
        "url": "https://www.checks.example/1",
        "claim_reviewed": "The bridge at Lindenau fell down in the storm, part 1",
        "rating_label": "Made up",
        "rating": "false",
        "why": "",
        "notes": [],
        "changes": [],
    }
    assert said["rows"][1]["why"].startswith("It has no address")
    assert not ImportedCheck.objects.exists()


def test_an_import_is_written_and_listed(lead):
    lena = Caller(lead)
    body = {
        "document": {"@graph": [review(1, author=None)]},
        "dry_run": False,
        "publisher": "Old Desk",
        "scale": "simple",
        "ratings": {"Made up": "misleading"},
    }
    answer = lena.post(PATH, body)
    assert answer.status_code == 201
    assert answer.json()["rows"][0]["rating"] == "misleading"
    assert ImportedCheck.objects.get().publisher_name == "Old Desk"
    [listed] = lena.get(PATH).json()["results"]
    assert listed["imported_by"] == "lena"
    assert (listed["new"], listed["came_from"]) == (1, "REST")


def test_an_import_repeated_with_its_key_is_made_once(lead):
    lena, body = Caller(lead), {"document": review(1), "dry_run": False}
    first, again = (lena.post(PATH, body, headers={"Idempotency-Key": "k"}) for _ in range(2))
    assert first.json() == again.json()
    assert len(lena.get(PATH).json()["results"]) == 1


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "document"),
        ({"document": [], "scale": "none"}, "scale"),
        ({"document": [], "ratings": {"a": "none"}}, "ratings"),
        ({"document": [], "language": "Deutsch bitte"}, "language"),
        ({"document": [], "mood": "grim"}, "mood"),
        ({"document": [review(1)] * 1001}, "document"),
    ],
)
def test_what_cannot_be_used_is_refused_by_name(lead, body, field):
    answer = Caller(lead).post(PATH, body)
    assert answer.status_code == 400
    assert field in problems(answer)


def test_what_an_import_brought_is_taken_out_with_a_reason(lead, editor):
    archived(review(1), review(2), actor=lead)
    [run] = Caller(lead).get(PATH).json()["results"]
    out = f"{PATH}{run['id']}/take-out/"
    assert "reason" in problems(Caller(lead).post(out, {}))
    assert Caller(editor).post(out, {"reason": "Wrong file."}).status_code == 403
    answer = Caller(lead).post(out, {"reason": "Wrong file."})
    assert (answer.status_code, answer.json()) == (200, {"fact_checks": 2})
    assert Caller(lead).post(out, {"reason": "Wrong file."}).status_code == 409
    again = Caller(lead).post(PATH, {"document": review(1), "dry_run": False}).json()
    assert (again["new"], again["left_out"]) == (0, 1)
    assert again["rows"][0]["why"].endswith("stays out: Wrong file.")
    assert Caller(lead).get(PATH).json()["results"][0]["left_out"] == 1


def test_only_leads_import_and_only_the_desk_sees_imports(editor, reporter, lead):
    assert Caller(editor).post(PATH, {"document": review(1)}).status_code == 403
    assert Caller(editor).get(PATH).status_code == 200
    assert Caller(reporter).get(PATH).status_code == 403
