"""Raw SQL against what the history speaks of and the order of holds; see `test_triggers`."""

from claims.actions import approve_verdict
from claims.models import Article, Event, Passage, Rating, Source, Verdict
from desk.models import Assignment
from tests.database.sql import changing, columns_of, copying, run
from tests.steps import with_evidence

_CLAIM, _EVENT, _PASSAGE = "claims_claim", "claims_event", "claims_passage"
_TASK, _HOLD = "desk_verificationtask", "desk_assignment"

MOVING = {
    _CLAIM: set(columns_of(_CLAIM)) - {"id", "article_id", "created_by_id", "created_at"},
    _TASK: set(columns_of(_TASK)) - {"id", "claim_id", "slot"},
}
FROZEN = {
    _CLAIM: lambda world: world.pending.claim_id,
    _TASK: lambda world: world.waiting.pk,
}
NUMBERED = {
    "auth_user": lambda world: world.alice.pk,
    "claims_source": lambda world: Source.objects.first().pk,
    "claims_article": lambda world: Article.objects.first().pk,
    "claims_rating": lambda world: Rating.objects.filter(verdicts=None).first().pk,
}
KEPT = {
    "auth_user": lambda world: world.alice.pk,
    "claims_article": lambda world: Article.objects.first().pk,
}


def event(**columns):
    """Try to add an event like the first one."""
    return lambda world: copying(_EVENT, Event.objects.first().pk, **columns)


def claim(world, **columns):
    return changing(_CLAIM, world.pending.claim_id, **columns)


def another_article(world):
    return Article.objects.exclude(pk=world.pending.claim.article_id).first()


def a_passage_says_something_else(world):
    return copying(_PASSAGE, Passage.objects.first().pk, exact="'Nobody said so.'")


def a_passage_begins_one_later(world):
    where = {"start": "start + 1", "end": '"end" + 1'}
    return copying(_PASSAGE, Passage.objects.first().pk, **where)


def words_of_another_article(world):
    return Passage.objects.exclude(version__article=world.pending.claim.article).first()


def a_claim_points_into_another_article(world):
    return claim(world, passage_id=str(words_of_another_article(world).pk))


def a_claim_is_made_of_words_of_another_article(world):
    passage = str(words_of_another_article(world).pk)
    return copying(_CLAIM, world.pending.claim_id, passage_id=passage)


def what_nobody_approved_holds(world):
    return claim(world, standing_id=str(world.pending.pk))


def what_holds_for_another_claim_holds(world):
    return claim(world, standing_id=str(world.approved.pk))


def a_claim_is_born_with_what_holds_for_another(world):
    return copying(_CLAIM, world.approved.claim_id, standing_id=str(world.approved.pk))


def verdict(world, **columns):
    again = {"number": "99", "state": "'in_review'", "decided_at": "NULL"}
    return copying("claims_verdict", world.returned.pk, **again, **columns)


def a_verdict_is_about_another_text(world):
    return verdict(world, passage_id=str(words_of_another_article(world).pk))


def a_verdict_needs_fewer_editors(world):
    strict = Rating.objects.filter(quorum=2).first()
    return verdict(world, rating_id=str(strict.pk), quorum="1")


def evidence_on_another_claim_is_cited(world):
    piece = with_evidence(world.edda, world.returned.claim)
    row = world.proposed.citations.get()
    return copying("claims_citedevidence", row.pk, evidence_id=str(piece.pk))


def nobody_votes(world):
    row = world.pending.approvals.get()
    return copying("claims_approval", row.pk, editor_id="999999")


def an_earlier_token_comes_back(world):
    held = Assignment.objects.get(pk=world.task.hold_id)
    run(changing(_HOLD, held.pk, ended_at="taken_at", ended_because="'released'"))
    return copying(_HOLD, held.pk, token="token - 1", ended_at="NULL", ended_because="''")


def the_count_of_holds_goes_back(world):
    return changing(_TASK, world.task.pk, fence="fence - 1")


def a_task_is_held_by_the_hold_of_another(world):
    other = str(Assignment.objects.filter(ended_at=None).exclude(task=world.task).last().pk)
    return changing(_TASK, world.task.pk, hold_id=other)


def a_task_is_held_by_a_hold_that_ended(world):
    ended = str(world.proposed.task.assignments.get().pk)
    return changing(_TASK, world.waiting.pk, state="'assigned'", hold_id=ended)


def a_task_is_done_by_a_verdict_on_another_claim(world):
    run(verdict(world))
    other = Verdict.objects.latest("pk")
    approve_verdict(actor=world.emil, verdict=other)
    return changing(_TASK, world.proposed.task.pk, state="'done'", verdict_id=str(other.pk))


def a_task_is_born_done(world):
    done = {"state": "'done'", "verdict_id": str(world.proposed.pk), "slot": "9"}
    return copying(_TASK, world.waiting.pk, **done)


TRIES = {
    f"{_EVENT}_says_when_and_what": [event(verb="''"), event(subject="''")],
    f"{_EVENT}_by_somebody_known": [event(actor_id="999999")],
    f"{_EVENT}_by_a_person": [event(actor_id="NULL", verb="'approve'")],
    f"{_PASSAGE}_lies_in_its_text": [a_passage_says_something_else, a_passage_begins_one_later],
    f"{_CLAIM}_in_its_article": [a_claim_is_made_of_words_of_another_article],
    f"{_CLAIM}_stays_in_its_article": [a_claim_points_into_another_article],
    f"{_CLAIM}_begins_with_what_holds": [a_claim_is_born_with_what_holds_for_another],
    f"{_CLAIM}_keeps_to_what_holds": [
        what_nobody_approved_holds,
        what_holds_for_another_claim_holds,
    ],
    "claims_verdict_of_its_text": [a_verdict_is_about_another_text],
    "claims_verdict_needs_its_quorum": [a_verdict_needs_fewer_editors],
    "claims_citedevidence_on_its_claim": [evidence_on_another_claim_is_cited],
    "claims_approval_by_somebody": [nobody_votes],
    f"{_HOLD}_token_only_grows": [an_earlier_token_comes_back],
    f"{_TASK}_fence_only_grows": [the_count_of_holds_goes_back],
    f"{_TASK}_has_its_own_hold": [
        a_task_is_held_by_the_hold_of_another,
        a_task_is_held_by_a_hold_that_ended,
    ],
    f"{_TASK}_done_when_approved": [a_task_is_done_by_a_verdict_on_another_claim],
    f"{_TASK}_not_born_done": [a_task_is_born_done],
}


# --- The neighbours that must go on working ------------------------------------------------------


def the_desk_itself_notes_something(world):
    return event(actor_id="NULL", verb="'expire'")(world)


def a_claim_moves_to_other_words_of_its_article(world):
    other = Passage.objects.filter(version__article=world.task.claim.article).last()
    return changing(_CLAIM, world.task.claim_id, passage_id=str(other.pk))


def nothing_holds_for_a_claim_any_more(world):
    return changing(_CLAIM, world.approved.claim_id, standing_id="NULL")


def a_verdict_needs_more_editors_than_its_rating(world):
    return verdict(world, quorum="quorum + 1")


def a_person_is_renamed(world):
    return changing("auth_user", world.alice.pk, last_name="'Liddell'")


def a_source_nobody_names_is_deleted(world):
    source = Source.objects.create(name="Nobody in particular")
    return f"DELETE FROM claims_source WHERE id = {source.pk}"  # noqa: S608  # ours


ALLOWED = [
    the_desk_itself_notes_something,
    a_claim_moves_to_other_words_of_its_article,
    nothing_holds_for_a_claim_any_more,
    a_verdict_needs_more_editors_than_its_rating,
    a_person_is_renamed,
    a_source_nobody_names_is_deleted,
]
