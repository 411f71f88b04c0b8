"""What must never happen is forbidden by the database itself, whoever asks it.

Each rule is tried with raw SQL, and so is its neighbour that must go on working.
"""

from functools import partial

from django.db import connection

from claims import triggers as claims_triggers
from claims.models import (
    Approval,
    ArticleVersion,
    Correction,
    Event,
    Evidence,
    Mention,
    Message,
    Passage,
    Reanchoring,
    ReplyRequest,
    ReviewDate,
)
from desk import triggers as desk_triggers
from desk.models import Assignment
from tests.database import (
    archive_tries,
    history_tries,
    proof_tries,
    publication_tries,
    webhook_tries,
)
from tests.database.sql import (
    changing,
    columns_of,
    copying,
    deleting,
    refusals,
    run,
    something_else,
)
from tests.steps import with_evidence

RULES = {rule.name: rule for rule in (*claims_triggers.RULES, *desk_triggers.RULES)}

MOVING = {
    "claims_evidence": {"withdrawn_at", "withdrawn_by_id", "withdrawn_because"},
    "claims_verdict": {"state", "due_at", "decided_at", "revision"},
    "claims_replyrequest": {
        "state",
        "due_at",
        "reply",
        "closed_by_id",
        "closed_at",
        "closed_because",
        "revision",
    },
    "claims_rating": {"id", "position", "quorum", "stands", "retired"},
    **history_tries.MOVING,
    **proof_tries.MOVING,
    **webhook_tries.MOVING,
    "claims_factcheck": {
        "slug",
        "state",
        "edition_id",
        "wanted_at",
        "goes_out_at",
        "modified_at",
        "retracted_at",
        "retracted_because",
        "withheld",
        "revision",
    },
    "claims_reviewdate": {"due_on", "set_by_id", "set_at", "done_at"},
    "desk_assignment": {"leased_until", "started_at", "ended_at", "ended_because"},
}
"""The columns that may change; all others of these tables, and whole other tables, are frozen."""

FROZEN = {
    "claims_event": lambda world: Event.objects.first().pk,
    "claims_articleversion": lambda world: ArticleVersion.objects.first().pk,
    "claims_passage": lambda world: Passage.objects.first().pk,
    "claims_reanchoring": lambda world: Reanchoring.objects.first().pk,
    "claims_message": lambda world: Message.objects.first().pk,
    "claims_mention": lambda world: Mention.objects.get().pk,
    "claims_replyrequest": lambda world: ReplyRequest.objects.get().pk,
    "claims_evidence": lambda world: world.pending.evidence.get().pk,
    "claims_citedevidence": lambda world: world.pending.citations.get().pk,
    "claims_approval": lambda world: world.pending.approvals.get().pk,
    "claims_verdict": lambda world: world.proposed.pk,
    "claims_rating": lambda world: world.proposed.rating_id,
    "claims_factcheck": lambda world: world.drafted.pk,
    "claims_edition": lambda world: world.out.edition_id,
    "claims_correction": lambda world: Correction.objects.get().pk,
    "claims_reviewdate": lambda world: ReviewDate.objects.get().pk,
    **history_tries.FROZEN,
    **proof_tries.FROZEN,
    **webhook_tries.FROZEN,
    "desk_assignment": lambda world: world.task.hold_id,
}

_GOING = ("claims_reviewdate", "claims_webhookattempt")
KEPT = {table: FROZEN[table] for table in FROZEN if table not in _GOING} | history_tries.KEPT


def vote(world, verdict, editor, **columns):
    """Return SQL that puts another vote beside Edda's."""
    row = world.pending.approvals.get().pk
    return copying(
        "claims_approval", row, verdict_id=str(verdict.pk), editor_id=str(editor.pk), **columns
    )


def an_approver_adds_evidence(world):
    piece = world.pending.evidence.get()
    return copying("claims_evidence", piece.pk, added_by_id=str(world.edda.pk))


def more_is_cited_after_a_vote(world):
    other = with_evidence(world.bob, world.pending.claim)
    row = world.pending.citations.get()
    return copying("claims_citedevidence", row.pk, evidence_id=str(other.pk))


def a_withdrawal_is_undone(world):
    piece = Evidence.objects.exclude(withdrawn_at=None).get()
    return changing("claims_evidence", piece.pk, withdrawn_at="NULL", withdrawn_by_id="NULL")


def an_answer_strays_to_another_claim(world):
    answer = Message.objects.get(kind="answer")
    return copying("claims_message", answer.pk, claim_id=str(world.pending.claim_id))


def an_answer_is_read_by_more_than_its_question(world):
    answer = Message.objects.get(kind="answer")
    return copying("claims_message", answer.pk, for_reporter="NOT for_reporter")


def what_came_back_is_rewritten(world):
    request = ReplyRequest.objects.get()
    closed = {"closed_at": "asked_at", "closed_by_id": "asked_by_id"}
    run(changing("claims_replyrequest", request.pk, state="'declined'", **closed))
    return changing("claims_replyrequest", request.pk, closed_because="'Otherwise.'")


def the_author_votes(world):
    return vote(world, world.proposed, world.alice)


def a_contributor_votes(world):
    with_evidence(world.emil, world.proposed.claim)
    return vote(world, world.proposed, world.emil)


def a_vote_comes_after_the_decision(world):
    return vote(world, world.approved, world.emil)


def a_verdict_is_born_approved(world):
    return copying(
        "claims_verdict",
        world.returned.pk,
        number="99",
        state="'approved'",
        decided_at="submitted_at",
    )


def an_approved_verdict_goes_back_into_review(world):
    return changing("claims_verdict", world.approved.pk, state="'in_review'", decided_at="NULL")


def a_decided_verdict_changes_at_all(world):
    return changing("claims_verdict", world.returned.pk, due_at="submitted_at")


def a_verdict_is_approved_by_nobody(world):
    return changing(
        "claims_verdict", world.proposed.pk, state="'approved'", decided_at="submitted_at"
    )


def a_verdict_is_approved_by_one_of_two(world):
    return changing(
        "claims_verdict", world.pending.pk, state="'approved'", decided_at="submitted_at"
    )


def a_verdict_is_approved_against_a_dissent(world):
    Approval.objects.create(
        verdict=world.proposed,
        editor=world.edda,
        decision="approve",
        decided_at=world.proposed.submitted_at,
    )
    run(vote(world, world.proposed, world.emil, decision="'return'", comment="'No.'"))
    return changing(
        "claims_verdict", world.proposed.pk, state="'approved'", decided_at="submitted_at"
    )


def a_verdict_is_returned_by_nobody(world):
    return changing(
        "claims_verdict", world.proposed.pk, state="'returned'", decided_at="submitted_at"
    )


def an_ended_hold_is_revived(world):
    ended = Assignment.objects.exclude(ended_at=None).first()
    return changing("desk_assignment", ended.pk, ended_at="NULL", ended_because="''")


def a_cancelled_task_is_queued_again(world):
    return changing("desk_verificationtask", world.cancelled.pk, state="'queued'")


def a_task_is_done_without_approval(world):
    return changing("desk_verificationtask", world.proposed.task.pk, state="'done'")


TRIES = {
    "claims_evidence_not_by_its_approver": [an_approver_adds_evidence],
    "claims_citedevidence_before_review": [more_is_cited_after_a_vote],
    "claims_evidence_withdrawn_once": [a_withdrawal_is_undone],
    "claims_approval_four_eyes": [the_author_votes, a_contributor_votes],
    "claims_approval_in_review": [a_vote_comes_after_the_decision],
    "claims_verdict_starts_in_review": [a_verdict_is_born_approved],
    "claims_verdict_decided_for_good": [
        an_approved_verdict_goes_back_into_review,
        a_decided_verdict_changes_at_all,
    ],
    "claims_verdict_approved_by_editors": [
        a_verdict_is_approved_by_nobody,
        a_verdict_is_approved_by_one_of_two,
        a_verdict_is_approved_against_a_dissent,
    ],
    "claims_verdict_returned_by_editor": [a_verdict_is_returned_by_nobody],
    "claims_message_answers_on_its_claim": [
        an_answer_strays_to_another_claim,
        an_answer_is_read_by_more_than_its_question,
    ],
    "claims_replyrequest_closed_for_good": [what_came_back_is_rewritten],
    **publication_tries.TRIES,
    **history_tries.TRIES,
    **proof_tries.TRIES,
    **webhook_tries.TRIES,
    **archive_tries.TRIES,
    "desk_assignment_ends_once": [an_ended_hold_is_revived],
    "desk_verificationtask_done_for_good": [a_cancelled_task_is_queued_again],
    "desk_verificationtask_done_when_approved": [
        a_task_is_done_without_approval,
        *history_tries.TRIES["desk_verificationtask_done_when_approved"],
    ],
}


def test_each_is_refused_with_its_rules_own_words(world):
    tries = {
        f"{rule}: {attempt.__name__}": attempt
        for rule, attempts in TRIES.items()
        for attempt in attempts
    }
    for name, said in refusals(world, tries).items():
        assert RULES[name.partition(":")[0]].message in said, name


def test_a_row_that_stays_is_not_deleted(world):
    tries = {table: partial(_delete, table) for table in KEPT}
    for table, said in refusals(world, tries).items():
        assert RULES[f"{table}_stays"].message in said, table


def _delete(table, world):
    return deleting(table, KEPT[table](world))


def test_no_frozen_column_changes(world):
    tries = {
        f"{table}: {column}": partial(_change, table, field)
        for table in FROZEN
        for column, field in columns_of(table).items()
        if column not in MOVING.get(table, set())
    }
    for name, said in refusals(world, tries).items():
        assert RULES[f"{name.partition(':')[0]}_frozen"].message in said, name


def _change(table, field, world):
    return changing(table, FROZEN[table](world), **{field.column: something_else(field)})


def test_no_number_by_which_all_else_refers_to_a_row_changes(world):
    tries = {table: partial(_renumber, table) for table in history_tries.NUMBERED}
    for table, said in refusals(world, tries).items():
        assert RULES[f"{table}_numbered"].message in said, table


def _renumber(table, world):
    return changing(table, history_tries.NUMBERED[table](world), id="id + 1000")


def test_every_rule_is_tried():
    stays, frozen = {f"{table}_stays" for table in KEPT}, {f"{table}_frozen" for table in FROZEN}
    numbered = {f"{table}_numbered" for table in history_tries.NUMBERED}
    assert {*TRIES, *stays, *frozen, *numbered} == set(RULES)


def test_every_rule_is_in_force(world):
    names = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }
    with connection.cursor() as cursor:
        cursor.execute(names[connection.vendor])
        assert set(RULES) <= {name for (name,) in cursor.fetchall()}


# --- The neighbours that must go on working ------------------------------------------------------


def another_editor_votes(world):
    return vote(world, world.proposed, world.emil)


def the_second_of_two_editors_votes(world):
    return vote(world, world.pending, world.emil)


def somebody_else_adds_evidence_while_a_verdict_is_in_review(world):
    piece = world.pending.evidence.get()
    return copying("claims_evidence", piece.pk, added_by_id=str(world.bob.pk))


def an_approver_adds_evidence_once_it_is_decided(world):
    piece = world.approved.evidence.get()
    return copying("claims_evidence", piece.pk, added_by_id=str(world.edda.pk))


def evidence_is_withdrawn(world):
    return changing(
        "claims_evidence",
        world.pending.evidence.get().pk,
        withdrawn_at="added_at",
        withdrawn_by_id="added_by_id",
        withdrawn_because="'Revised.'",
    )


def a_verdict_in_review_becomes_due_at_another_time(world):
    return changing("claims_verdict", world.proposed.pk, due_at="submitted_at")


def a_rating_that_no_verdict_uses_is_reworded(world):
    unused = world.proposed.rating.scale.ratings.get(slug="true")
    return changing("claims_rating", unused.pk, label="'Correct'")


def a_rating_in_use_is_retired(world):
    return changing("claims_rating", world.proposed.rating_id, retired="NOT retired")


def a_lease_is_renewed(world):
    return changing("desk_assignment", world.task.hold_id, leased_until="taken_at")


def a_reply_is_put_off(world):
    return changing("claims_replyrequest", ReplyRequest.objects.get().pk, due_at="due_at")


ALLOWED = [
    *publication_tries.ALLOWED,
    *history_tries.ALLOWED,
    *proof_tries.ALLOWED,
    a_reply_is_put_off,
    another_editor_votes,
    the_second_of_two_editors_votes,
    somebody_else_adds_evidence_while_a_verdict_is_in_review,
    an_approver_adds_evidence_once_it_is_decided,
    evidence_is_withdrawn,
    a_verdict_in_review_becomes_due_at_another_time,
    a_rating_that_no_verdict_uses_is_reworded,
    a_rating_in_use_is_retired,
    a_lease_is_renewed,
]


def test_what_should_go_on_working_does(world):
    tries = {attempt.__name__: attempt for attempt in ALLOWED}
    assert refusals(world, tries) == dict.fromkeys(tries, "")
