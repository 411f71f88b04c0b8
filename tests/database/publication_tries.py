"""Raw SQL against the rules of publication; see `test_triggers`."""

from claims.models import Correction, ReviewDate
from tests.database.sql import changing, copying, run

_CHECK, _EDITION, _CORRECTION = "claims_factcheck", "claims_edition", "claims_correction"
_FAR, _LONG_AGO = "'2999-01-01 00:00:00+00:00'", "'2001-01-01 00:00:00+00:00'"
_OUT_NOW = {"state": "'published'", "goes_out_at": "created_at", "modified_at": "created_at"}
_GONE = {"state": "'retracted'", "retracted_at": "created_at", "retracted_because": "'Forged.'"}


def change(row, **columns):
    return changing(_CHECK, row.pk, **columns)


def draft(world, **columns):
    return changing(_EDITION, world.drafted.edition_id, **columns)


def another_correction(**columns):
    return copying(_CORRECTION, Correction.objects.get().pk, number="9", **columns)


def embargo(row, until):
    return changing("claims_article", row.claim.article_id, embargo_until=until)


def a_fact_check_is_born_scheduled(world):
    return copying(_CHECK, world.drafted.pk, slug="'x'", state="'scheduled'")


def it_goes_out_under_embargo(world):
    run(embargo(world.drafted, _FAR))
    return change(world.drafted, **_OUT_NOW)


def it_is_scheduled_before_the_embargo_ends(world):
    run(embargo(world.scheduled, "created_at"))
    return change(world.scheduled, goes_out_at=_LONG_AGO)


def the_embargo_moves_past_what_is_scheduled(world):
    return embargo(world.scheduled, _FAR)


def it_goes_out_while_no_verdict_holds(world):
    run(changing("claims_claim", world.drafted.claim_id, standing_id="NULL"))
    return change(world.drafted, **_OUT_NOW)


def a_draft_is_retracted(world):
    return change(world.drafted, **_GONE, goes_out_at="created_at", modified_at="created_at")


def a_retraction_is_undone(world):
    run(change(world.out, **_GONE))
    return change(world.out, state="'published'", retracted_at="NULL", retracted_because="''")


def what_is_withheld_is_shown_again(world):
    run(change(world.out, **_GONE, withheld="TRUE"))
    return change(world.out, withheld="FALSE")


def what_is_out_is_unpublished(world):
    return change(world.out, state="'unpublished'")


def it_is_corrected_by_nothing(world):
    return change(world.out, state="'corrected'")


def a_correction_is_forgotten(world):
    return change(world.corrected, state="'published'")


def it_went_out_at_another_time(world):
    return change(world.out, goes_out_at=_LONG_AGO)


def what_is_out_moves_to_another_address(world):
    return change(world.out, slug="'elsewhere'")


def it_shows_what_another_says(world):
    return change(world.drafted, edition_id=str(world.out.edition_id))


def a_draft_becomes_a_second_edition(world):
    return draft(world, number="2")


def an_edition_of_an_unapproved_verdict_is_added(world):
    verdict = str(world.proposed.pk)
    return copying(_EDITION, world.out.edition_id, number="2", verdict_id=verdict)


def a_draft_is_put_on_an_unapproved_verdict(world):
    return draft(world, verdict_id=str(world.proposed.pk))


def a_draft_gets_a_second_edition(world):
    return copying(_EDITION, world.drafted.edition_id, number="2")


def a_draft_is_annotated(world):
    said = str(world.drafted.edition_id)
    return another_correction(
        fact_check_id=str(world.drafted.pk), kind="'note'", before_id=said, after_id=said
    )


def a_correction_leads_to_another_fact_check(world):
    return another_correction(kind="'minor'", after_id=str(world.out.edition_id))


def a_correction_leads_back(world):
    return another_correction(before_id="after_id", after_id="before_id")


def a_new_rating_is_called_minor(world):
    return another_correction(kind="'minor'")


def an_unapproved_verdict_gets_a_review_date(world):
    verdict = str(world.proposed.pk)
    return copying("claims_reviewdate", ReviewDate.objects.get().pk, verdict_id=verdict)


TRIES = {
    f"{_CHECK}_starts_unpublished": [a_fact_check_is_born_scheduled],
    f"{_CHECK}_not_before_embargo": [
        it_goes_out_under_embargo,
        it_is_scheduled_before_the_embargo_ends,
    ],
    "claims_article_embargo_holds": [the_embargo_moves_past_what_is_scheduled],
    f"{_CHECK}_says_what_holds": [it_goes_out_while_no_verdict_holds],
    f"{_CHECK}_out_before_corrected": [a_draft_is_retracted],
    f"{_CHECK}_retracted_for_good": [a_retraction_is_undone],
    f"{_CHECK}_withheld_for_good": [what_is_withheld_is_shown_again],
    f"{_CHECK}_out_stays_out": [what_is_out_is_unpublished],
    f"{_CHECK}_corrected_by_a_correction": [it_is_corrected_by_nothing, a_correction_is_forgotten],
    f"{_CHECK}_out_keeps_time_and_place": [
        it_went_out_at_another_time,
        what_is_out_moves_to_another_address,
    ],
    f"{_CHECK}_shows_its_own_edition": [it_shows_what_another_says],
    f"{_EDITION}_keeps_its_place": [a_draft_becomes_a_second_edition],
    f"{_EDITION}_of_an_approved_verdict": [an_edition_of_an_unapproved_verdict_is_added],
    f"{_EDITION}_stays_with_an_approved_verdict": [a_draft_is_put_on_an_unapproved_verdict],
    f"{_EDITION}_added_by_corrections": [a_draft_gets_a_second_edition],
    f"{_CORRECTION}_of_what_is_out": [a_draft_is_annotated],
    f"{_CORRECTION}_between_its_editions": [
        a_correction_leads_to_another_fact_check,
        a_correction_leads_back,
    ],
    f"{_CORRECTION}_major_changes_the_rating": [a_new_rating_is_called_minor],
    "claims_reviewdate_of_an_approved_verdict": [an_unapproved_verdict_gets_a_review_date],
}


# --- The neighbours that must go on working ------------------------------------------------------


def a_draft_is_reworded(world):
    return draft(world, headline="'Another headline'")


def a_draft_goes_out(world):
    return change(world.drafted, **_OUT_NOW)


def a_scheduled_one_goes_out(world):
    return change(world.scheduled, state="'published'")


def a_scheduled_one_is_taken_back(world):
    return change(world.scheduled, state="'unpublished'", goes_out_at="NULL", modified_at="NULL")


def an_embargo_moves_before_what_is_scheduled(world):
    return embargo(world.scheduled, "created_at")


def an_embargo_is_set_on_what_is_out(world):
    return embargo(world.out, _FAR)


def what_is_out_is_retracted(world):
    return change(world.corrected, **_GONE)


def what_is_retracted_is_withheld(world):
    run(change(world.corrected, **_GONE))
    return change(world.corrected, withheld="TRUE")


def what_is_out_is_annotated(world):
    said = str(world.out.edition_id)
    return another_correction(
        fact_check_id=str(world.out.pk), kind="'note'", before_id=said, after_id=said
    )


def a_review_date_is_moved(world):
    return changing("claims_reviewdate", ReviewDate.objects.get().pk, due_on="'2999-01-01'")


ALLOWED = [
    a_draft_is_reworded,
    a_draft_goes_out,
    a_scheduled_one_goes_out,
    a_scheduled_one_is_taken_back,
    an_embargo_moves_before_what_is_scheduled,
    an_embargo_is_set_on_what_is_out,
    what_is_out_is_retracted,
    what_is_retracted_is_withheld,
    what_is_out_is_annotated,
    a_review_date_is_moved,
]
