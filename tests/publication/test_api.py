"""Publication over REST."""

from datetime import timedelta

import pytest
from django.utils import timezone

from claims.actions import go_out_fact_check
from claims.models import FactCheck
from tests.api import Caller, problems, said
from tests.publication.steps import checked_again

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def test_an_approved_verdict_is_published_in_one_step(make, editor, integration):
    verdict = make("approved")
    answer = Caller(editor).does(
        f"/claims/{verdict.claim_id}/publish/", {"headline": "The buses ran", "tags": ["buses"]}
    )
    body = answer.json()
    assert (answer.status_code, body["state"], body["tags"]) == (201, "published", ["buses"])
    assert (body["headline"], body["summary"]) == ("The buses ran", verdict.summary)
    assert answer["Location"] == f"/api/v1/fact-checks/{body['id']}/"
    assert Caller(integration).get(f"/fact-checks/{body['id']}/").json()["text"] == body["text"]


def test_under_an_embargo_it_is_scheduled_for_its_end(make, editor):
    embargo = timezone.now() + HOUR
    verdict = make("approved", article__embargo_until=embargo)
    body = Caller(editor).does(f"/claims/{verdict.claim_id}/publish/").json()
    assert body["state"] == "scheduled"
    assert body["goes_out_at"] == embargo.isoformat().replace("+00:00", "Z")


def test_a_draft_is_written_edited_published_and_taken_back(make, editor):
    edda, claim = Caller(editor), make("approved").claim_id
    draft = edda.does("/fact-checks/", {"claim": claim, "claim_reviewed": "Buses " * 20}).json()
    at = f"/fact-checks/{draft['id']}/"
    assert draft["state"] == "unpublished"
    assert "search results cut it after 75" in draft["warnings"][0]
    edited = edda.changes(at, {"claim_reviewed": "Buses were late", "slug": "buses"}).json()
    assert (edited["claim_reviewed"], edited["slug"]) == ("Buses were late", "buses")
    later = (timezone.now() + HOUR).isoformat()
    assert edda.does(f"{at}publish/", {"goes_out_at": later}).json()["state"] == "scheduled"
    assert edda.does(f"{at}unschedule/").json()["state"] == "unpublished"
    assert edda.does(f"{at}publish/").json()["state"] == "published"
    refused = edda.changes(at, {"headline": "Too late"})
    assert (refused.status_code, refused.json()["state"]) == (409, "published")


def test_each_verb_needs_to_know_what_was_seen(make, editor):
    edda, at = Caller(editor), f"/fact-checks/{make('draft').pk}/"
    assert edda.changes(at, {"headline": "New"}, seen=None).status_code == 428
    assert edda.does(f"{at}publish/", seen='"99"').status_code == 412
    seen = edda.get(at)["ETag"]
    assert edda.does(f"{at}publish/", seen=seen).status_code == 200


def test_a_major_correction_shows_before_and_after(make, editor, lead, checker):
    out = make("published")
    newer = checked_again(lead, checker, editor, out.claim, "true")
    sent = {"kind": "major", "says": "We misread the table.", "verdict": newer.pk}
    body = Caller(editor).does(f"/fact-checks/{out.pk}/correct/", sent).json()
    assert (body["state"], body["edition"], body["rating"]["slug"]) == ("corrected", 2, "true")
    [correction] = body["corrections"]
    assert (correction["before"], correction["after"]) == (1, 2)
    assert [one["rating"]["slug"] for one in body["editions"]] == ["false", "true"]


def test_a_minor_correction_and_a_note(make, editor):
    edda, out = Caller(editor), make("published")
    minor = {"kind": "minor", "says": "April, not March.", "words": {"summary": "In April."}}
    assert edda.does(f"/fact-checks/{out.pk}/correct/", minor).json()["summary"] == "In April."
    note = {"kind": "note", "says": "The mayor has resigned since."}
    body = edda.does(f"/fact-checks/{out.pk}/correct/", note).json()
    assert [one["kind"] for one in body["corrections"]] == ["note", "minor"]
    wordy = edda.does(f"/fact-checks/{out.pk}/correct/", note | {"words": {"summary": "x"}})
    assert "kind" in problems(wordy)


def test_a_retraction_leaves_headline_and_reason(make, editor, integration):
    out = make("published")
    Caller(editor).does(f"/fact-checks/{out.pk}/retract/", {"reason": "Forged."})
    body = Caller(integration).get(f"/fact-checks/{out.pk}/").json()
    assert (body["state"], body["text"], body["evidence"]) == ("retracted", "", [])
    assert body["retraction"]["because"] == "Forged."


def test_one_withheld_is_there_for_the_desk_alone(make, editor, integration):
    gone = make("retracted", withheld=True)
    assert Caller(editor).get(f"/fact-checks/{gone.pk}/").json()["withheld"] is True
    cms = Caller(integration)
    assert cms.get(f"/fact-checks/{gone.pk}/").status_code == 404
    assert cms.get("/fact-checks/").json()["results"] == []


def test_the_list_is_filtered(make, editor):
    make("draft"), make("scheduled"), make("corrected")
    edda = Caller(editor)

    def states(query):
        return [one["state"] for one in edda.get(f"/fact-checks/?{query}").json()["results"]]

    assert states("ordering=id") == ["unpublished", "scheduled", "corrected"]
    assert states("state=scheduled") == ["scheduled"]
    assert states("rating=true") == ["corrected"]
    assert states("language=de") == []
    since = (timezone.now() + timedelta(minutes=1)).isoformat().replace("+", "%2B")
    assert states(f"since={since}") == ["scheduled"]
    assert edda.get("/fact-checks/?state=gone").status_code == 400


def test_a_reader_of_the_list_cannot_tell_before_from_after_the_sweep(make, integration, clock):
    waiting, cms = make("scheduled"), Caller(integration)
    at = f"/fact-checks/{waiting.pk}/"
    clock(waiting.goes_out_at - timedelta(seconds=1))
    assert cms.get("/fact-checks/").json()["results"] == []
    assert cms.get(at).status_code == 404
    clock(waiting.goes_out_at)
    before = cms.get(at), cms.get("/fact-checks/?state=published")
    go_out_fact_check(fact_check_id=waiting.pk)
    after = cms.get(at), cms.get("/fact-checks/?state=published")
    assert FactCheck.objects.get(pk=waiting.pk).state == "published"
    assert [one.content for one in before] == [one.content for one in after]
    assert before[0]["ETag"] == after[0]["ETag"]


def test_its_history_is_for_the_desk(make, editor, integration):
    out = make("published")
    at = f"/fact-checks/{out.pk}/history/"
    told = [one["verb"] for one in Caller(editor).get(at).json()["results"]]
    assert told == ["prepare", "publish"]
    assert Caller(integration).get(at).json()["results"] == []


def test_what_cannot_be_used_is_named_by_field(make, editor):
    edda, draft = Caller(editor), make("draft")
    at = f"/fact-checks/{draft.pk}/"
    wrong = edda.changes(at, {"image_url": "https://post.example/bus.jpg"})
    assert list(problems(wrong)) == ["image_alt"]
    assert "mood" in problems(edda.changes(at, {"mood": "grim"}))
    past = edda.does(f"{at}publish/", {"goes_out_at": "2020-01-01T00:00:00Z"})
    assert "past" in said(past)


# --- Review dates --------------------------------------------------------------------------------


def test_a_review_date_is_set_moved_and_taken_away(make, editor):
    edda, verdict = Caller(editor), make("approved")
    at = f"/verdicts/{verdict.pk}/review-date/"
    assert edda.get(at).json()["due_on"] is None
    assert edda.put(at, {"due_on": "2099-01-01"}).json()["due_on"] == "2099-01-01"
    assert edda.put(at, {"due_on": None}).json()["set_by"] is None
    assert "past" in said(edda.put(at, {"due_on": "2020-01-01"}))
