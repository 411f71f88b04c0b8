"""What must never happen to the work, forbidden by the database; see `claims.triggers`."""

from claims.triggers import Rule, frozen, never_deleted

_TASK = "desk_verificationtask"
_DONE = "A task is done when its verdict is approved"
_NOT_APPROVED = (
    "NOT EXISTS (SELECT 1 FROM claims_verdict v"
    " WHERE v.id = NEW.verdict_id AND v.claim_id = NEW.claim_id AND v.state = 'approved')"
)

RULES = (
    never_deleted("desk_verificationtask", "A task"),
    never_deleted("desk_assignment", "An assignment"),
    frozen(
        "desk_assignment",
        "Whose hold it was",
        "task_id",
        "person_id",
        "token",
        "assigned_by_id",
        "taken_at",
    ),
    Rule(
        "desk_assignment_ends_once",
        "desk_assignment",
        "UPDATE",
        "A hold that has ended never changes",
        "OLD.ended_at IS NOT NULL",
    ),
    Rule(
        "desk_verificationtask_done_for_good",
        "desk_verificationtask",
        "UPDATE",
        "A finished task stays finished",
        "OLD.state IN ('done', 'cancelled') AND NEW.state <> OLD.state",
    ),
    Rule(
        "desk_verificationtask_done_when_approved",
        _TASK,
        "UPDATE",
        _DONE,
        f"NEW.state = 'done' AND OLD.state <> 'done' AND {_NOT_APPROVED}",
    ),
    Rule(
        "desk_verificationtask_not_born_done",
        _TASK,
        "INSERT",
        _DONE,
        f"NEW.state = 'done' AND {_NOT_APPROVED}",
    ),
    frozen(_TASK, "What is checked", "claim_id", "slot"),
    # Holds: one after the other, each with a greater token.
    Rule(
        "desk_verificationtask_fence_only_grows",
        _TASK,
        "UPDATE",
        "The count of holds only grows",
        "NEW.fence < OLD.fence",
    ),
    Rule(
        "desk_assignment_token_only_grows",
        "desk_assignment",
        "INSERT",
        "A later hold has a greater token",
        "EXISTS (SELECT 1 FROM desk_assignment a"
        " WHERE a.task_id = NEW.task_id AND a.token > NEW.token)",
        locks="1 FROM desk_verificationtask t WHERE t.id = NEW.task_id FOR NO KEY UPDATE",
    ),
    Rule(
        "desk_verificationtask_has_its_own_hold",
        _TASK,
        "UPDATE",
        "A task is held by a hold of its own that has not ended",
        "NEW.hold_id IS NOT NULL AND NEW.hold_id differs OLD.hold_id AND NOT EXISTS"
        " (SELECT 1 FROM desk_assignment a"
        " WHERE a.id = NEW.hold_id AND a.task_id = NEW.id AND a.ended_at IS NULL)",
    ),
)
