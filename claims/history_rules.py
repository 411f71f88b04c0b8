"""What the history says, and what it speaks of, stays findable; see `claims.triggers`."""

from claims.rules import Rule, frozen, never_deleted, numbered_for_good

_CLAIM, _EVENT, _USER = "claims_claim", "claims_event", "auth_user"

PERSONAL = ("approve", "return", "propose", "submit", "correct", "retract")
"""What only a person does, never the desk itself."""

_STANDS = (
    "NEW.standing_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM claims_verdict v"
    " WHERE v.id = NEW.standing_id AND v.claim_id = NEW.id AND v.state = 'approved')"
)
_HOLDS = "Only an approved verdict on the claim itself holds for it"
_ELSEWHERE = (
    "NOT EXISTS (SELECT 1 FROM claims_passage p"
    " JOIN claims_articleversion v ON v.id = p.version_id"
    " WHERE p.id = NEW.passage_id AND v.article_id = NEW.article_id)"
)
_ITS_WORDS = "The words of a claim are a passage of its article"

HISTORY_RULES = (
    Rule(
        f"{_EVENT}_says_when_and_what",
        _EVENT,
        "INSERT",
        "An event says when and what",
        "NEW.verb = '' OR NEW.subject = '' OR CAST(NEW.at AS TEXT) NOT LIKE '____-__-__ __:__:__%'",
    ),
    Rule(
        f"{_EVENT}_by_somebody_known",
        _EVENT,
        "INSERT",
        "Who acts is somebody the desk knows",
        "NEW.actor_id IS NOT NULL"
        " AND NOT EXISTS (SELECT 1 FROM auth_user u WHERE u.id = NEW.actor_id)",
    ),
    Rule(
        f"{_EVENT}_by_a_person",
        _EVENT,
        "INSERT",
        "What only people do says who did it",
        # Python writes a tuple of plain words as SQL writes a list.
        f"NEW.actor_id IS NULL AND NEW.verb IN {PERSONAL}",
    ),
    # What everything else refers to.
    numbered_for_good(_USER, "a person"),
    never_deleted(
        _USER,
        "Who has acted at the desk",
        when="EXISTS (SELECT 1 FROM claims_event e WHERE e.actor_id = OLD.id)",
    ),
    numbered_for_good("claims_source", "a source"),
    numbered_for_good("claims_article", "an article"),
    never_deleted("claims_article", "An article"),
    frozen(_CLAIM, "Whose claim it is", "article_id", "created_by_id", "created_at"),
    never_deleted(_CLAIM, "A claim"),
    Rule(f"{_CLAIM}_in_its_article", _CLAIM, "INSERT", _ITS_WORDS, _ELSEWHERE),
    Rule(
        f"{_CLAIM}_stays_in_its_article",
        _CLAIM,
        "UPDATE",
        _ITS_WORDS,
        f"NEW.passage_id differs OLD.passage_id AND {_ELSEWHERE}",
    ),
    Rule(f"{_CLAIM}_begins_with_what_holds", _CLAIM, "INSERT", _HOLDS, _STANDS),
    Rule(
        f"{_CLAIM}_keeps_to_what_holds",
        _CLAIM,
        "UPDATE",
        _HOLDS,
        f"NEW.standing_id differs OLD.standing_id AND {_STANDS}",
    ),
)
