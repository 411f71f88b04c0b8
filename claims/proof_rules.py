"""What must never happen to what was said on a proof; see `claims.triggers`."""

from claims.rules import Rule, frozen, never_deleted

_CHANGE, _RULING, _OVERRIDE = (
    "claims_requiredchange",
    "claims_ruling",
    "claims_clearanceoverride",
)

PROOF_RULES = (
    frozen(
        _CHANGE,
        "What change was asked for",
        "article_id",
        "claim_id",
        "wording_now",
        "wording_to_use",
        "note",
        "set_by_id",
        "set_at",
    ),
    never_deleted(_CHANGE, "A required change"),
    Rule(
        "claims_requiredchange_waived_for_good",
        _CHANGE,
        "UPDATE",
        "A waiver is never undone; require the change anew",
        "OLD.state = 'waived' AND NEW.state <> 'waived'",
    ),
    frozen(
        _RULING,
        "A ruling",
        "article_id",
        "claim_id",
        "kind",
        "reason",
        "made_by_id",
        "made_at",
    ),
    never_deleted(_RULING, "A ruling"),
    Rule(
        "claims_ruling_ends_once",
        _RULING,
        "UPDATE",
        "A ruling that has ended never changes",
        "OLD.ended_at IS NOT NULL",
    ),
    frozen(_OVERRIDE, "An override"),
    never_deleted(_OVERRIDE, "An override"),
    Rule(
        "claims_clearanceoverride_of_the_newest",
        _OVERRIDE,
        "INSERT",
        "Only the newest version is overridden",
        "EXISTS (SELECT 1 FROM claims_articleversion v JOIN claims_articleversion n"
        " ON n.article_id = v.article_id AND n.number > v.number WHERE v.id = NEW.version_id)",
    ),
)
