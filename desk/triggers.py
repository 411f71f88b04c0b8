"""What must never happen to the work, forbidden by the database; see `claims.triggers`."""

from claims.triggers import Rule, frozen, never_deleted

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
        "desk_verificationtask",
        "UPDATE",
        "A task is done when its verdict is approved",
        "NEW.state = 'done' AND OLD.state <> 'done' AND NOT EXISTS (SELECT 1 FROM claims_verdict v"
        " WHERE v.id = NEW.verdict_id AND v.state = 'approved')",
    ),
)
