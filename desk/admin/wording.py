"""How the history says what was done to tasks and people."""

from claims.admin import history

history.learn(
    {
        ("task", "queue"): "put the check into the queue",
        ("task", "assign"): "assigned the check",
        ("task", "take"): "took the check",
        ("task", "start"): "started the check",
        ("task", "release"): "put the check back into the queue",
        ("task", "reassign"): "gave the check to somebody else",
        ("task", "submit"): "handed the check in",
        ("task", "cancel"): "called the check off",
        ("task", "requeue"): "took the check out of quarantine",
        ("task", "reopen"): "had it checked again",
        ("task", "expire"): "took the check back: the hold ran out",
        ("task", "recall"): "called the check back",
        ("task", "take_back"): "took the check back",
        ("task", "quarantine"): "put the check into quarantine",
        ("task", "send_back"): "handed the check back",
        ("task", "complete"): "closed the check",
        ("task", "escalate"): "told the leads that the check is late",
        ("task", "wait"): "found nobody for the check",
        ("task", "adjust"): "moved the check's due time, beat or priority",
        ("task", "text_changed"): "told the checker that the words changed",
        ("user", "change_address"): "changed the e-mail address of an account",
        ("user", "turn_off_second_factor"): "turned off two-step sign-in for an account",
        ("staff", "add"): "made a staff profile",
        ("staff", "change"): "changed what somebody covers",
        ("staff", "change_roles"): "changed somebody's roles",
        ("staff", "start_shift"): "put somebody on duty",
        ("staff", "end_shift"): "took somebody off duty",
        ("staff", "conflict"): "recorded a conflict of interest",
        ("staff", "lift_conflict"): "lifted a conflict of interest",
    }
)
