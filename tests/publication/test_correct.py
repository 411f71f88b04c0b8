"""Correcting, annotating and retracting: what was said stays on record."""

import pytest
from django.utils import timezone

from claims.actions import (
    annotate_fact_check,
    correct_fact_check,
    prepare_fact_check,
    retract_fact_check,
    withdraw_evidence,
)
from claims.errors import Conflict, Invalid, NotAllowed
from claims.models import Evidence, FactCheck
from tests.publication.steps import checked_again
from tests.steps import in_review

pytestmark = pytest.mark.django_db
WAS = "We gave the wrong month."


def correct(actor, fact_check, kind="minor", says=WAS, **how):
    return correct_fact_check(actor=actor, fact_check=fact_check, kind=kind, says=says, **how)


def test_a_minor_correction_keeps_what_was_there_before(make, editor):
    out = make("published")
    correction = correct(editor, out, words={"text": "It was in April."})
    assert correction.before.text == out.edition.text
    assert (correction.after.text, correction.after.number) == ("It was in April.", 2)
    assert correction.after.headline == correction.before.headline
    now = FactCheck.objects.get(pk=out.pk)
    assert (now.state, now.edition) == ("corrected", correction.after)
    assert now.goes_out_at == out.goes_out_at < now.modified_at == correction.made_at


def test_a_major_correction_takes_over_what_the_new_verdict_found(make, editor, lead, checker):
    out = make("published")
    newer = checked_again(lead, checker, editor, out.claim, "true")
    correction = correct(editor, out, "major", verdict=newer, words={"headline": "They were late"})
    after = correction.after
    assert (after.verdict, after.text, after.headline) == (
        newer,
        newer.explanation,
        "They were late",
    )


def test_another_rating_needs_another_approved_verdict(make, editor, lead, checker):
    out = make("published")
    with pytest.raises(Invalid, match="another approved verdict"):
        correct(editor, out, "major")
    with pytest.raises(Invalid, match="not newer"):
        correct(editor, out, "major", verdict=out.edition.verdict)
    with pytest.raises(Invalid, match="no approved verdict on this claim"):
        correct(editor, out, "major", verdict=make("approved", "true"))
    with pytest.raises(Invalid, match="no approved verdict on this claim"):
        correct(editor, out, "major", verdict=in_review(lead, checker, "true"))


def test_a_verdict_with_the_same_rating_is_no_major_correction(make, editor, lead, checker):
    out = make("published")
    newer = checked_again(lead, checker, editor, out.claim, "false")
    with pytest.raises(Invalid, match="keeps the rating"):
        correct(editor, out, "major", verdict=newer)
    assert correct(editor, out, verdict=newer).after.verdict == newer


def test_a_verdict_with_another_rating_is_no_minor_correction(make, editor, lead, checker):
    out = make("published")
    newer = checked_again(lead, checker, editor, out.claim, "true")
    with pytest.raises(Invalid, match="major"):
        correct(editor, out, verdict=newer)


def test_it_has_to_say_what_was_wrong_and_change_something(make, editor):
    out = make("published")
    with pytest.raises(Invalid, match="plain words"):
        correct(editor, out, says=" ", words={"text": "It was in April."})
    with pytest.raises(Invalid, match="Nothing is changed"):
        correct(editor, out, words={"text": out.edition.text})


def test_corrections_are_counted_and_each_starts_where_the_last_ended(make, editor):
    out = make("published")
    first = correct(editor, out, words={"text": "One."})
    second = correct(editor, out, words={"text": "Two."})
    assert (second.number, second.before) == (2, first.after)


def test_what_is_not_out_is_not_corrected(make, editor):
    for step in ("draft", "scheduled", "retracted"):
        with pytest.raises(Conflict):
            correct(editor, make(step), words={"text": "One."})


def test_what_is_out_by_the_clock_is_corrected_without_a_sweep(make, editor, clock):
    fact_check = make("scheduled")
    clock(fact_check.goes_out_at)
    assert correct(editor, fact_check, words={"text": "One."}).fact_check.state == "corrected"


def test_a_note_changes_no_words_and_is_news(make, editor):
    out = make("published")
    note = annotate_fact_check(actor=editor, fact_check=out, says="The mayor has resigned since.")
    assert (note.kind, note.before, note.after) == ("note", out.edition, out.edition)
    now = FactCheck.objects.get(pk=out.pk)
    assert (now.state, now.modified_at) == ("published", note.made_at)


def test_a_retracted_one_stays_public_with_its_reason_and_leaves_the_archive(make):
    gone, now = make("retracted"), timezone.now()
    assert list(FactCheck.objects.public(now)) == [gone]
    assert list(FactCheck.objects.holding(now)) == []
    assert gone.retracted_because == "The document was forged."


def test_one_withheld_for_safety_is_nowhere(make):
    make("retracted", withheld=True)
    assert list(FactCheck.objects.public(timezone.now())) == []


def test_a_retraction_needs_a_reason_and_is_final(make, editor):
    out = make("published")
    with pytest.raises(Invalid, match="no longer stands by it"):
        retract_fact_check(actor=editor, fact_check=out, reason="")
    gone = retract_fact_check(actor=editor, fact_check=out, reason="Forged.")
    with pytest.raises(Conflict):
        retract_fact_check(actor=editor, fact_check=gone, reason="Again.")
    with pytest.raises(Conflict):
        prepare_fact_check(actor=editor, claim=gone.claim)


def test_a_checker_neither_corrects_nor_retracts(make, checker):
    out = make("published")
    with pytest.raises(NotAllowed):
        correct(checker, out, words={"text": "One."})
    with pytest.raises(NotAllowed):
        retract_fact_check(actor=checker, fact_check=out, reason="Forged.")


def test_withdrawn_evidence_is_news_for_what_it_was_cited_in(make, lead):
    out, other = make("published"), make("published")
    piece = Evidence.objects.get(citations__verdict=out.edition.verdict)
    withdraw_evidence(actor=lead, evidence=piece, reason="Forged.")
    assert FactCheck.objects.get(pk=out.pk).modified_at > out.modified_at
    assert FactCheck.objects.get(pk=other.pk).modified_at == other.modified_at
