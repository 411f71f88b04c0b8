"""What must never happen to what goes out to the world; see `claims.triggers`."""

from claims.rules import Rule, frozen, never_deleted

_CHECK, _EDITION = "claims_factcheck", "claims_edition"
_CORRECTION, _REVIEW = "claims_correction", "claims_reviewdate"

_EMBARGOED = (
    "EXISTS (SELECT 1 FROM claims_claim c JOIN claims_article a ON a.id = c.article_id"
    " WHERE c.id = NEW.claim_id AND a.embargo_until > NEW.goes_out_at)"
)
_ITS_OWN = (
    "EXISTS (SELECT 1 FROM claims_edition e WHERE e.id = NEW.{} AND e.fact_check_id = NEW.{})"
)
_VERDICT_HOLDS = (
    "EXISTS (SELECT 1 FROM claims_edition e JOIN claims_claim c ON c.standing_id = e.verdict_id"
    " WHERE e.id = NEW.edition_id AND c.id = NEW.claim_id)"
)
_RATING = (
    "(SELECT v.rating_id FROM claims_edition e JOIN claims_verdict v ON v.id = e.verdict_id"
    " WHERE e.id = NEW.{})"
)
_NUMBER = "(SELECT e.number FROM claims_edition e WHERE e.id = NEW.{})"
_APPROVED = (
    "EXISTS (SELECT 1 FROM claims_verdict v JOIN claims_factcheck f ON f.claim_id = v.claim_id"
    " WHERE v.id = NEW.verdict_id AND f.id = NEW.fact_check_id AND v.state = 'approved')"
)
_IN = "EXISTS (SELECT 1 FROM claims_factcheck f WHERE f.id = {}.fact_check_id AND f.state IN {})"
_DRAFT, _OUT = "('unpublished', 'scheduled')", "('published', 'corrected')"
_CHANGES_NUMBER = (
    "(SELECT COUNT(*) FROM claims_correction k WHERE k.fact_check_id = NEW.id AND k.kind <> 'note')"
)

PUBLICATION_RULES = (
    never_deleted(_CHECK, "A fact-check"),
    frozen(_CHECK, "Whose fact-check it is", "claim_id", "created_by_id", "created_at"),
    Rule(
        f"{_CHECK}_starts_unpublished",
        _CHECK,
        "INSERT",
        "A fact-check starts unpublished",
        "NEW.state <> 'unpublished'",
    ),
    Rule(
        f"{_CHECK}_not_before_embargo",
        _CHECK,
        "UPDATE",
        "Nothing goes out before the embargo of its article ends",
        f"(NEW.state = 'scheduled' OR (NEW.state = 'published' AND OLD.state = 'unpublished'))"
        f" AND {_EMBARGOED}",
    ),
    Rule(
        "claims_article_embargo_holds",
        "claims_article",
        "UPDATE",
        "What is scheduled moves before the embargo does",
        "NEW.embargo_until differs OLD.embargo_until AND EXISTS (SELECT 1 FROM claims_factcheck f"
        " JOIN claims_claim c ON c.id = f.claim_id WHERE c.article_id = NEW.id"
        " AND f.state = 'scheduled' AND f.goes_out_at < NEW.embargo_until)",
    ),
    Rule(
        f"{_CHECK}_says_what_holds",
        _CHECK,
        "UPDATE",
        "Only the verdict that holds for its claim goes out",
        f"OLD.state = 'unpublished' AND NEW.state <> 'unpublished' AND NOT {_VERDICT_HOLDS}",
    ),
    Rule(
        f"{_CHECK}_out_before_corrected",
        _CHECK,
        "UPDATE",
        "Only what has gone out is corrected or retracted",
        f"OLD.state IN {_DRAFT} AND NEW.state IN ('corrected', 'retracted')",
    ),
    Rule(
        f"{_CHECK}_retracted_for_good",
        _CHECK,
        "UPDATE",
        "A retraction is never undone",
        "OLD.state = 'retracted' AND NEW.state <> 'retracted'",
    ),
    Rule(
        f"{_CHECK}_withheld_for_good",
        _CHECK,
        "UPDATE",
        "What is withheld for safety is never shown again",
        "OLD.withheld AND NOT NEW.withheld",
    ),
    Rule(
        f"{_CHECK}_out_stays_out",
        _CHECK,
        "UPDATE",
        "What has gone out is corrected or retracted, and never unpublished",
        f"OLD.state IN {_OUT} AND NEW.state IN {_DRAFT}",
    ),
    Rule(
        f"{_CHECK}_corrected_by_a_correction",
        _CHECK,
        "UPDATE",
        "What is corrected has a correction, and stays corrected",
        f"(NEW.state = 'corrected' AND {_CHANGES_NUMBER} = 0)"
        f" OR (NEW.state = 'published' AND {_CHANGES_NUMBER} > 0)",
    ),
    Rule(
        f"{_CHECK}_out_keeps_time_and_place",
        _CHECK,
        "UPDATE",
        "When it went out and under which address never changes",
        f"OLD.state NOT IN {_DRAFT}"
        " AND (NEW.goes_out_at differs OLD.goes_out_at OR NEW.slug differs OLD.slug)",
    ),
    Rule(
        f"{_CHECK}_shows_its_own_edition",
        _CHECK,
        "UPDATE",
        "A fact-check shows an edition of its own",
        "NEW.edition_id IS NOT NULL AND NEW.edition_id differs OLD.edition_id"
        f" AND NOT {_ITS_OWN.format('edition_id', 'id')}",
    ),
    # Editions: one draft, then nothing but what was corrected.
    never_deleted(_EDITION, "An edition"),
    frozen(_EDITION, "An edition that has gone out", when=f"NOT {_IN.format('OLD', _DRAFT)}"),
    Rule(
        f"{_EDITION}_keeps_its_place",
        _EDITION,
        "UPDATE",
        "Which edition of which fact-check it is never changes",
        f"{_IN.format('OLD', _DRAFT)} AND (NEW.id <> OLD.id"
        " OR NEW.fact_check_id <> OLD.fact_check_id OR NEW.number <> OLD.number)",
        fixed=("id", "fact_check_id", "number"),
    ),
    Rule(
        f"{_EDITION}_of_an_approved_verdict",
        _EDITION,
        "INSERT",
        "Only an approved verdict on the same claim is published",
        f"NOT {_APPROVED}",
    ),
    Rule(
        f"{_EDITION}_stays_with_an_approved_verdict",
        _EDITION,
        "UPDATE",
        "Only an approved verdict on the same claim is published",
        f"NEW.verdict_id <> OLD.verdict_id AND {_IN.format('OLD', _DRAFT)} AND NOT {_APPROVED}",
    ),
    Rule(
        f"{_EDITION}_added_by_corrections",
        _EDITION,
        "INSERT",
        "Only what has gone out gets a second edition",
        f"NEW.number > 1 AND NOT {_IN.format('NEW', _OUT)}",
    ),
    # Corrections.
    never_deleted(_CORRECTION, "A correction"),
    frozen(_CORRECTION, "A correction"),
    Rule(
        f"{_CORRECTION}_of_what_is_out",
        _CORRECTION,
        "INSERT",
        "Only what is out is corrected",
        f"NOT {_IN.format('NEW', _OUT)}",
    ),
    Rule(
        f"{_CORRECTION}_between_its_editions",
        _CORRECTION,
        "INSERT",
        "A correction leads from one edition of a fact-check to a later one",
        f"NOT {_ITS_OWN.format('before_id', 'fact_check_id')}"
        f" OR NOT {_ITS_OWN.format('after_id', 'fact_check_id')}"
        f" OR {_NUMBER.format('after_id')} < {_NUMBER.format('before_id')}",
    ),
    Rule(
        f"{_CORRECTION}_major_changes_the_rating",
        _CORRECTION,
        "INSERT",
        "A correction is major when, and only when, the rating changes",
        f"(NEW.kind = 'major') = ({_RATING.format('before_id')} = {_RATING.format('after_id')})",
    ),
    # Review dates.
    Rule(
        f"{_REVIEW}_of_an_approved_verdict",
        _REVIEW,
        "INSERT",
        "Only an approved verdict is looked at again",
        "NOT EXISTS (SELECT 1 FROM claims_verdict v"
        " WHERE v.id = NEW.verdict_id AND v.state = 'approved')",
    ),
    frozen(_REVIEW, "Whose review date it is", "verdict_id"),
)
