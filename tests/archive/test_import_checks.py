"""Importing: what becomes of each row, and that it may be done as often as one likes."""

import threading

import pytest
from django.db import connection
from django.utils import timezone

from claims.actions.importing import ImportSettings, import_checks
from claims.archive import search
from claims.errors import Invalid, NotAllowed
from claims.importing.rows import document_rows
from claims.models import CheckImport, Event, ImportedCheck
from tests.archive.reviews import archived, brought_in, review
from tests.factories import default_scale

pytestmark = pytest.mark.django_db


def becomes(outcomes):
    return [str(outcome.becomes) for outcome in outcomes]


def test_a_new_review_is_kept_and_found(lead):
    default_scale()
    [check] = archived(review(1), actor=lead)
    assert check.rating.slug == "false"
    assert check.rating_label == "Made up"
    assert (check.came_with.imported_by, check.came_with.came_from) == (lead, "a test")
    [entry] = search("bridge", now=timezone.now()).entries
    assert entry.imported == check


def test_the_same_again_changes_nothing():
    brought_in(review(1))
    before = ImportedCheck.objects.values().get()
    assert becomes(brought_in(review(1))) == ["same"]
    assert ImportedCheck.objects.values().get() == before


def test_what_changed_is_updated_and_its_history_kept(lead):
    brought_in(review(1))
    changed = review(1, headline="It stood", reviewRating="True")
    [outcome] = brought_in(changed, actor=lead)
    assert (str(outcome.becomes), outcome.changes) == (
        "changed",
        (
            "title",
            "rating_label",
            "rating_value",
            "rating_best",
            "rating_worst",
            "rating",
            "content",
        ),
    )
    check = ImportedCheck.objects.get()
    assert (check.title, check.revision) == ("It stood", 2)
    assert check.changed_at is not None
    event = Event.objects.get(subject="importedcheck")
    assert (event.actor, event.verb) == (lead, "change")
    assert event.detail["before"]["title"] == "No, the bridge did not fall (1)"
    assert event.detail["after"]["title"] == "It stood"
    assert [entry.title for entry in search("bridge", now=timezone.now()).entries] == ["It stood"]


def test_another_map_of_ratings_is_a_change():
    default_scale()
    brought_in(review(1))
    [outcome] = brought_in(review(1), ratings={"Made up": "fabricated"})
    assert outcome.changes == ("rating",)
    assert outcome.rating == "fabricated"


def test_a_page_may_review_several_claims_but_each_once():
    outcomes = brought_in(
        review(1), review(1, claimReviewed="Another claim"), review(1, headline="Twice")
    )
    assert becomes(outcomes) == ["new", "new", "bad"]
    assert "further up" in outcomes[2].why


def test_bad_ones_are_reported_and_the_others_kept():
    outcomes = brought_in(review(1), review(2, url="ftp://x"), {"@type": "Thing"}, review(3))
    assert becomes(outcomes) == ["new", "bad", "new"]
    assert outcomes[1].claim == review(2)["claimReviewed"]
    assert ImportedCheck.objects.count() == 2


def test_a_dry_run_says_what_would_happen_and_writes_nothing():
    brought_in(review(1), review(2))
    events = Event.objects.count()
    outcomes = brought_in(
        review(1), review(2, headline="Else"), review(3), review(4, url=""), dry_run=True
    )
    assert becomes(outcomes) == ["same", "changed", "new", "bad"]
    assert (ImportedCheck.objects.count(), CheckImport.objects.count()) == (2, 1)
    assert Event.objects.count() == events


def test_an_import_is_on_record(lead):
    brought_in(review(1), review(2, url=""), actor=lead)
    run = CheckImport.objects.get()
    assert (run.new, run.changed, run.same, run.bad) == (1, 0, 0, 1)
    assert run.finished_at is not None
    events = Event.objects.filter(subject="checkimport").order_by("pk")
    assert [(event.verb, event.actor) for event in events] == [("begin", lead), ("finish", lead)]
    assert events[1].detail == {"new": 1, "changed": 0, "same": 0, "bad": 1, "left_out": 0}


def test_whoever_may_not_import_is_refused(editor, checker):
    for somebody in (editor, checker):
        with pytest.raises(NotAllowed):
            brought_in(review(1), actor=somebody)
    assert not CheckImport.objects.exists()


@pytest.mark.parametrize("how", [{"scale": "none"}, {"ratings": {"Made up": "none"}}])
def test_a_scale_or_rating_that_is_not_there_is_refused_before_anything_is_read(how):
    default_scale()
    with pytest.raises(Invalid):
        brought_in(review(1), **how)
    assert not CheckImport.objects.exists()


def test_batches_are_written_one_by_one(monkeypatch):
    """What came before a batch that breaks off stays; the import can be done again."""
    monkeypatch.setattr("claims.actions.importing.BATCH", 2)

    def rows():
        yield from document_rows([review(number) for number in range(4)])
        raise OSError("the line went dead")

    outcomes = import_checks(actor=None, rows=rows(), came_from="a line", settings=ImportSettings())
    with pytest.raises(OSError, match="went dead"):
        list(outcomes)
    assert ImportedCheck.objects.count() == 4
    run = CheckImport.objects.get()
    assert (run.new, run.finished_at) == (4, None)
    assert becomes(brought_in(*map(review, range(5)))) == ["same"] * 4 + ["new"]


@pytest.mark.django_db(transaction=True)
def test_two_imports_at_once_make_one_row_of_each():
    outcomes, gate = [], threading.Barrier(2)

    def run():
        gate.wait()
        outcomes.extend(brought_in(*map(review, range(40))))
        connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(becomes(outcomes)) == ["new"] * 40 + ["same"] * 40
    assert ImportedCheck.objects.count() == 40
    assert len(search("bridge", now=timezone.now(), limit=100).entries) == 40
