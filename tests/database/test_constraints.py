"""Every named constraint is tried with raw SQL."""

from django.apps import apps
from django.db import connection, models

from claims.models import (
    Appearance,
    ArchiveEntry,
    Article,
    ArticleVersion,
    Attribution,
    Claim,
    Correction,
    Evidence,
    Feed,
    IdempotentRequest,
    ImportedCheck,
    IntakeRequest,
    Mention,
    Message,
    Passage,
    RatingScale,
    Reanchoring,
    ReplyRequest,
    Sentence,
    Source,
    SpottingSettings,
    VersionReading,
)
from desk.models import (
    Assignment,
    ConflictOfInterest,
    DayCount,
    Draft,
    Mail,
    Preferences,
    Shift,
    TaskView,
)
from tests.database import proof_tries, webhook_tries
from tests.database.sql import changing, copying, refusal, refusals

CONSTRAINTS = {
    constraint.name: constraint
    for app in ("claims", "desk")
    for model in apps.get_app_config(app).get_models()
    for constraint in model._meta.constraints
}


def change(model, **columns):
    """Try to change the first row of a table."""
    return lambda world: changing(model._meta.db_table, model.objects.first().pk, **columns)


def copy(model, **columns):
    """Try to add a row like the first one."""
    return lambda world: copying(model._meta.db_table, model.objects.first().pk, **columns)


def verdict(name, **columns):
    """Try to add a verdict like the one called `name`."""
    return lambda world: copying("claims_verdict", getattr(world, name).pk, **columns)


def vote(**columns):
    """Try to vote once more on the verdict that Edda has voted on."""
    return lambda world: copying("claims_approval", world.pending.approvals.get().pk, **columns)


def rating(**columns):
    """Try to add a rating like one in use."""
    return lambda world: copying("claims_rating", world.proposed.rating_id, **columns)


def task(name, **columns):
    """Try to change the task called `name`."""
    return lambda world: changing("desk_verificationtask", getattr(world, name).pk, **columns)


def another_task(world):
    return copying("desk_verificationtask", world.waiting.pk)


def another_hold(**columns):
    """Try to add a hold like the one Alice has."""
    return lambda world: copying("desk_assignment", world.task.hold_id, **columns)


def cited_again(world):
    return copying("claims_citedevidence", world.proposed.citations.get().pk)


def returned_without_a_word(world):
    return vote(editor_id=str(world.emil.pk), decision="'return'", comment="''")(world)


def a_second_default_scale(world):
    default = RatingScale.objects.get(is_default=True)
    return copying("claims_ratingscale", default.pk, slug="'another'")


def a_second_claimant(world):
    first = Attribution.objects.get(role="claimant")
    return copying("claims_attribution", first.pk, position="99")


def half_a_withdrawal(world):
    piece = world.pending.evidence.get()
    return changing("claims_evidence", piece.pk, withdrawn_by_id="added_by_id")


def an_active_hold_with_an_end(world):
    return changing("desk_assignment", world.task.hold_id, ended_because="'released'")


def check(name, **columns):
    """Try to change the fact-check called `name`."""
    return lambda world: changing("claims_factcheck", getattr(world, name).pk, **columns)


def edition(**columns):
    """Try to reword the draft."""
    return lambda world: changing("claims_edition", world.drafted.edition_id, **columns)


def correction(**columns):
    """Try to add a correction like the one there is."""
    return lambda world: copying("claims_correction", Correction.objects.get().pk, **columns)


TRIES = {
    "article_has_headline": change(Article, headline="''"),
    "article_priority_is_known": change(Article, priority="9"),
    "version_number_once": copy(ArticleVersion),
    "version_has_text": copy(ArticleVersion, number="99", body="''"),
    "passage_is_not_empty": copy(Passage, end="start"),
    "source_named_once_per_kind": copy(Source, name="UPPER(name)"),
    "source_has_name": change(Source, name="''"),
    "claim_has_quote": change(Claim, quote="''"),
    "claim_state_is_known": change(Claim, state="'checked'"),
    "claim_priority_is_known": change(Claim, priority="0"),
    "check_worthiness_within_0_and_1": change(Claim, check_worthiness="1.01"),
    "attribution_position_once": copy(Attribution, role="'via'"),
    "one_claimant_per_claim": a_second_claimant,
    "appearance_once_per_url": copy(Appearance),
    "evidence_says_something": copy(Evidence, excerpt="''", note="''", url="''"),
    "evidence_withdrawn_by_somebody": half_a_withdrawal,
    "idempotency_key_once_per_user": copy(IdempotentRequest),
    "imported_check_says_what": copy(ImportedCheck, key="'another'", claim_reviewed="''"),
    "imported_check_changed_later": change(ImportedCheck, changed_at="'2001-02-03 04:05:06'"),
    "imported_check_out_for_a_reason": change(ImportedCheck, taken_out_because="'So'"),
    "archive_entry_of_one_check": change(ArchiveEntry, fact_check_id="NULL", imported_id="NULL"),
    "archive_entry_as_new_as_claim": change(ArchiveEntry, claimed_at="'2999-01-01 00:00:00'"),
    "feed_entry_fetched_once": copy(IntakeRequest),
    "received_request_has_article": change(IntakeRequest, state="'received'"),
    "message_says_something": copy(Message, body="''"),
    "message_kind_is_known": copy(Message, kind="'rant'"),
    "answer_answers_something": copy(Message, kind="'answer'"),
    "person_mentioned_once_per_message": copy(Mention),
    "reply_state_is_known": change(
        ReplyRequest, state="'lost'", closed_at="asked_at", closed_by_id="asked_by_id"
    ),
    "reply_request_asks": copy(ReplyRequest, question="''"),
    "reply_request_closed_by_somebody": change(ReplyRequest, state="'silent'"),
    "reply_has_words": change(
        ReplyRequest, state="'replied'", closed_at="asked_at", closed_by_id="asked_by_id"
    ),
    "feed_has_a_rhythm": change(Feed, every_minutes="0"),
    "reading_state_is_known": change(VersionReading, state="'skimmed'"),
    "sentence_starts_once": copy(Sentence),
    "sentence_is_not_empty": copy(Sentence, start="99", end="99"),
    "claim_reanchored_once_per_version": copy(Reanchoring),
    "one_row_of_spotting_settings": copy(SpottingSettings, id="2"),
    "share_within_0_and_1": change(SpottingSettings, share="1.5"),
    "accept_above_within_0_and_1": change(SpottingSettings, accept_above="-0.1"),
    "one_default_scale": a_second_default_scale,
    "rating_slug_once_per_scale": rating(position="99"),
    "rating_position_once_per_scale": rating(slug="'another'"),
    "rating_needs_an_editor": rating(position="99", slug="'another'", quorum="0"),
    "verdict_number_once": verdict("returned", state="'in_review'", decided_at="NULL"),
    "one_verdict_in_review_per_claim": verdict("proposed", number="99"),
    "verdict_state_is_known": lambda world: changing(
        "claims_verdict", world.proposed.pk, state="'true'", decided_at="submitted_at"
    ),
    "verdict_decided_once": lambda world: changing(
        "claims_verdict", world.proposed.pk, decided_at="submitted_at"
    ),
    "verdict_is_explained": verdict(
        "returned", number="99", state="'in_review'", decided_at="NULL", summary="''"
    ),
    "verdict_needs_an_editor": verdict(
        "returned", number="99", state="'in_review'", decided_at="NULL", quorum="0"
    ),
    "evidence_cited_once_per_verdict": cited_again,
    "one_vote_per_editor": vote(),
    "return_has_comment": returned_without_a_word,
    "factcheck_state_is_known": check("out", state="'forgotten'"),
    "factcheck_out_has_time_and_words": check("drafted", goes_out_at="created_at"),
    "factcheck_retracted_for_a_reason": check(
        "out", state="'retracted'", retracted_at="created_at"
    ),
    "edition_number_once": lambda world: copying("claims_edition", world.out.edition_id),
    "edition_says_something": edition(headline="''"),
    "edition_image_is_described": edition(image_url="'https://a.example/a.jpg'"),
    "edition_media_is_known": edition(media_category="'TransformedContent'"),
    "correction_number_once": correction(),
    "correction_says_what_was_wrong": correction(number="9", says="''"),
    "correction_kind_is_known": correction(number="9", kind="'cosmetic'", before_id="after_id"),
    "only_a_note_changes_no_words": correction(number="9", kind="'minor'", before_id="after_id"),
    **proof_tries.CONSTRAINTS,
    **webhook_tries.CONSTRAINTS,
    "rating_stands_or_not": rating(position="99", slug="'another'", stands="'perhaps'"),
    "shift_ends_after_it_starts": change(Shift, ends_at="starts_at"),
    "conflict_is_about_one_thing": change(ConflictOfInterest, source_id="NULL"),
    "one_live_task_per_claim_and_slot": another_task,
    "task_state_is_known": task("waiting", state="'resting'"),
    "task_is_held_by_somebody_or_nobody": task("task", hold_id="NULL"),
    "submitted_task_has_verdict": task("waiting", state="'submitted'"),
    "one_active_assignment_per_task": another_hold(token="99"),
    "assignment_token_once": another_hold(ended_at="taken_at", ended_because="'released'"),
    "assignment_ends_for_a_reason": an_active_hold_with_an_end,
    "one_draft_per_person_and_task": copy(Draft),
    "one_view_per_person_and_task": copy(TaskView),
    "digest_hour_is_an_hour": change(Preferences, digest_hour="24"),
    "one_digest_per_slot": copy(Mail),
    "digest_has_its_slot": change(Mail, slot="NULL"),
    "mail_state_is_known": change(Mail, state="'lost'"),
    "day_counted_once": copy(DayCount),
    "day_count_is_of_something": change(DayCount, number="0"),
    "day_outcome_is_known": change(DayCount, outcome="'other'"),
}


def test_the_database_refuses_each_by_its_name(world):
    for name, said in refusals(world, TRIES).items():
        constraint = CONSTRAINTS[name]
        if isinstance(constraint, models.UniqueConstraint) and connection.vendor == "sqlite":
            # SQLite names the columns instead.
            assert said.startswith("UNIQUE constraint failed"), name
            assert all(field in said for field in constraint.fields), name
        else:
            assert name in said, name


def test_every_named_constraint_is_tried():
    assert set(TRIES) == set(CONSTRAINTS)


def a_score_below_zero(world):
    return changing("claims_claim", Claim.objects.first().pk, check_worthiness="-0.01")


def a_conflict_about_two_things(world):
    conflict, article = ConflictOfInterest.objects.first(), Article.objects.first()
    return changing("desk_conflictofinterest", conflict.pk, article_id=str(article.pk))


def a_queued_task_with_a_hold(world):
    return changing("desk_verificationtask", world.task.pk, state="'queued'")


def test_constraints_with_two_sides_hold_on_the_other_side_too(world):
    said = refusals(
        world,
        {
            "check_worthiness_within_0_and_1": a_score_below_zero,
            "conflict_is_about_one_thing": a_conflict_about_two_things,
            "task_is_held_by_somebody_or_nobody": a_queued_task_with_a_hold,
        },
    )
    assert [name for name, words in said.items() if name not in words] == []


def test_an_ended_hold_frees_its_task_for_the_next(world):
    ended = Assignment.objects.get(task=world.proposed.task)
    assert ended.ended_because == "submitted"
    following = copying(
        "desk_assignment", ended.pk, token="token + 1", ended_at="NULL", ended_because="''"
    )
    assert refusal(following) == ""
