"""What must never happen, forbidden by the database itself, on SQLite and PostgreSQL both.

Each `Rule` is one trigger: before the event, when the condition holds, the statement fails with
the message, as `IntegrityError` in Django. An `Effect` writes something instead, after the event.
Conditions are written in the SQL both databases understand; `{a} differs {b}` is spelled by
`_differs`. The rules are put in place after every `migrate` (SQLite drops triggers when a table is
rebuilt), so the code here is what is in force. What is never deleted is guarded against REPLACE
and TRUNCATE too (`claims.guards`). Whoever owns the tables can drop the rules themselves, and a
PostgreSQL superuser or whoever writes into SQLite's file can get around them: that is out of reach.
"""

from collections.abc import Iterable

from django.apps import apps
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.signals import post_migrate

from claims.archive_rules import ARCHIVE_RULES
from claims.conversation_rules import CONVERSATION_RULES
from claims.guards import guards
from claims.history_rules import HISTORY_RULES
from claims.proof_rules import PROOF_RULES
from claims.publication_rules import PUBLICATION_RULES
from claims.rules import Effect, Rule, frozen, never_deleted, numbered_for_good
from claims.webhook_rules import WEBHOOK_EFFECTS, WEBHOOK_RULES

__all__ = [
    "EFFECTS",
    "RULES",
    "Effect",
    "Rule",
    "frozen",
    "install",
    "install_after_migrate",
    "never_deleted",
]

_VERDICT_WORDS = (
    "claim_id",
    "number",
    "version_id",
    "passage_id",
    "rating_id",
    "summary",
    "explanation",
    "author_id",
    "quorum",
    "submitted_at",
)
_EVIDENCE_WORDS = (
    "claim_id",
    "source_id",
    "tier",
    "stance",
    "method",
    "locator",
    "excerpt",
    "note",
    "url",
    "archived_url",
    "consulted_on",
    "confidential",
    "replaces_id",
    "added_by_id",
    "added_at",
)
_APPROVALS = (
    "(SELECT COUNT(*) FROM claims_approval a"
    " WHERE a.verdict_id = NEW.id AND a.decision = 'approve')"
)
_RETURNS = (
    "(SELECT COUNT(*) FROM claims_approval a WHERE a.verdict_id = NEW.id AND a.decision = 'return')"
)
_IN_USE = "EXISTS (SELECT 1 FROM claims_verdict v WHERE v.rating_id = OLD.id)"
# In the order in which actions lock: the claim, then the verdict.
_UNDER_REVIEW = (
    "1 FROM claims_claim c WHERE c.id ="
    " (SELECT v.claim_id FROM claims_verdict v WHERE v.id = NEW.verdict_id) FOR NO KEY UPDATE;"
    " PERFORM 1 FROM claims_verdict v WHERE v.id = NEW.verdict_id FOR NO KEY UPDATE"
)

RULES = (
    # The audit trail and the texts it speaks of.
    frozen("claims_event", "The history"),
    never_deleted("claims_event", "The history"),
    frozen("claims_articleversion", "A version of an article"),
    never_deleted("claims_articleversion", "A version of an article"),
    frozen("claims_passage", "A passage"),
    never_deleted("claims_passage", "A passage"),
    Rule(
        "claims_passage_lies_in_its_text",
        "claims_passage",
        "INSERT",
        "A passage is a piece of the text of its version",
        'NEW."end" > NEW.start AND NOT EXISTS (SELECT 1 FROM claims_articleversion v'
        " WHERE v.id = NEW.version_id"
        ' AND substr(v.body, NEW.start + 1, NEW."end" - NEW.start) = NEW.exact)',
    ),
    frozen("claims_reanchoring", "What became of a claim"),
    never_deleted("claims_reanchoring", "What became of a claim"),
    *HISTORY_RULES,
    # Evidence is withdrawn, once, and otherwise stays as it was added.
    frozen("claims_evidence", "Evidence", *_EVIDENCE_WORDS),
    never_deleted("claims_evidence", "Evidence"),
    Rule(
        "claims_evidence_withdrawn_once",
        "claims_evidence",
        "UPDATE",
        "A withdrawal is never undone",
        "OLD.withdrawn_at IS NOT NULL",
    ),
    Rule(
        "claims_evidence_not_by_its_approver",
        "claims_evidence",
        "INSERT",
        "Whoever approved a verdict in review adds no evidence to its claim",
        "EXISTS (SELECT 1 FROM claims_approval a JOIN claims_verdict v ON v.id = a.verdict_id"
        " WHERE v.claim_id = NEW.claim_id AND v.state = 'in_review'"
        " AND a.editor_id = NEW.added_by_id)",
        locks="1 FROM claims_claim c WHERE c.id = NEW.claim_id FOR NO KEY UPDATE",
    ),
    frozen("claims_citedevidence", "A citation"),
    never_deleted("claims_citedevidence", "A citation"),
    Rule(
        "claims_citedevidence_before_review",
        "claims_citedevidence",
        "INSERT",
        "Nothing is cited once editors have voted",
        "EXISTS (SELECT 1 FROM claims_approval a WHERE a.verdict_id = NEW.verdict_id)",
        locks=_UNDER_REVIEW,
    ),
    Rule(
        "claims_citedevidence_on_its_claim",
        "claims_citedevidence",
        "INSERT",
        "A verdict cites evidence on its own claim",
        "NOT EXISTS (SELECT 1 FROM claims_verdict v JOIN claims_evidence e"
        " ON e.claim_id = v.claim_id WHERE v.id = NEW.verdict_id AND e.id = NEW.evidence_id)",
    ),
    # Four eyes.
    frozen("claims_approval", "A vote"),
    never_deleted("claims_approval", "A vote"),
    Rule(
        "claims_approval_four_eyes",
        "claims_approval",
        "INSERT",
        "Nobody decides on a verdict they wrote or whose evidence they gathered",
        "EXISTS (SELECT 1 FROM claims_verdict v WHERE v.id = NEW.verdict_id"
        " AND (v.author_id = NEW.editor_id OR EXISTS (SELECT 1 FROM claims_evidence e"
        " WHERE e.claim_id = v.claim_id AND e.added_by_id = NEW.editor_id)))",
        locks=_UNDER_REVIEW,
    ),
    Rule(
        "claims_approval_by_somebody",
        "claims_approval",
        "INSERT",
        "Who decides is somebody the desk knows",
        "NOT EXISTS (SELECT 1 FROM auth_user u WHERE u.id = NEW.editor_id)",
    ),
    Rule(
        "claims_approval_in_review",
        "claims_approval",
        "INSERT",
        "Only a verdict in review is voted on",
        "NOT EXISTS (SELECT 1 FROM claims_verdict v"
        " WHERE v.id = NEW.verdict_id AND v.state = 'in_review')",
        locks=_UNDER_REVIEW,
    ),
    # Verdicts.
    Rule(
        "claims_verdict_of_its_text",
        "claims_verdict",
        "INSERT",
        "A verdict is about words of the article of its claim",
        "NOT EXISTS (SELECT 1 FROM claims_passage p"
        " JOIN claims_articleversion v ON v.id = p.version_id"
        " JOIN claims_claim c ON c.article_id = v.article_id"
        " WHERE p.id = NEW.passage_id AND v.id = NEW.version_id AND c.id = NEW.claim_id)",
    ),
    Rule(
        "claims_verdict_needs_its_quorum",
        "claims_verdict",
        "INSERT",
        "A verdict needs as many editors as its rating asks for",
        "NEW.quorum >= 1 AND NEW.quorum"
        " < (SELECT r.quorum FROM claims_rating r WHERE r.id = NEW.rating_id)",
    ),
    never_deleted("claims_verdict", "A verdict"),
    frozen("claims_verdict", "The wording of a verdict", *_VERDICT_WORDS),
    Rule(
        "claims_verdict_starts_in_review",
        "claims_verdict",
        "INSERT",
        "A verdict starts in review",
        "NEW.state <> 'in_review'",
    ),
    Rule(
        "claims_verdict_decided_for_good",
        "claims_verdict",
        "UPDATE",
        "A decided verdict never changes",
        "OLD.state <> 'in_review'",
    ),
    Rule(
        "claims_verdict_approved_by_editors",
        "claims_verdict",
        "UPDATE",
        "A verdict is approved by enough editors and returned by none",
        f"NEW.state = 'approved' AND ({_APPROVALS} < NEW.quorum OR {_RETURNS} > 0)",
    ),
    Rule(
        "claims_verdict_returned_by_editor",
        "claims_verdict",
        "UPDATE",
        "A verdict is returned by an editor",
        f"NEW.state = 'returned' AND {_RETURNS} = 0",
    ),
    *PUBLICATION_RULES,
    *ARCHIVE_RULES,
    *WEBHOOK_RULES,
    *CONVERSATION_RULES,
    *PROOF_RULES,
    # What a verdict says stays what it says.
    frozen(
        "claims_rating",
        "A rating that verdicts use",
        "scale_id",
        "slug",
        "label",
        "definition",
        "value",
        when=_IN_USE,
    ),
    numbered_for_good("claims_rating", "a rating"),
    never_deleted("claims_rating", "A rating that verdicts use", when=_IN_USE),
)

EFFECTS = WEBHOOK_EFFECTS
"""What the database does by itself, beside refusing."""
Trigger = Rule | Effect


def install_after_migrate(app: str, rules: Iterable[Trigger]) -> None:
    """Have `rules` installed whenever `app` has been migrated; called when the app is ready."""

    def put_in_place(using: str, **_: object) -> None:
        install(connections[using], rules)

    post_migrate.connect(
        put_in_place, sender=apps.get_app_config(app), weak=False, dispatch_uid=f"{app} triggers"
    )


def install(connection: BaseDatabaseWrapper, rules: Iterable[Trigger]) -> None:
    """Put `rules` in place on `connection`, in the stead of what stood under their names."""
    tables = set(connection.introspection.table_names())
    there = [rule for rule in rules if rule.table in tables]
    refusing = [rule for rule in there if isinstance(rule, Rule)]
    kept = [rule for rule in refusing if rule.event == "DELETE"]
    # SQLite asks the newest first: what a rule says helps more than that something is not unique.
    statements = [part for rule in kept for part in guards(connection, rule, refusing)]
    statements += [_replace(connection, rule, tables) for rule in there]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("\n".join(statements) or "SELECT 1")
            return
        for statement in statements:
            for part in statement.split("\n\n"):
                cursor.execute(part)


def _drop(connection: BaseDatabaseWrapper, rule: Trigger) -> str:
    if connection.vendor == "postgresql":
        return f"DROP TRIGGER IF EXISTS {rule.name} ON {rule.table};"
    return f"DROP TRIGGER IF EXISTS {rule.name};"


def _replace(connection: BaseDatabaseWrapper, rule: Trigger, tables: set[str]) -> str:
    drop = _drop(connection, rule)
    if isinstance(rule, Effect) and not tables.issuperset(rule.needs):
        return drop
    body = _postgresql(rule) if connection.vendor == "postgresql" else _sqlite(rule)
    return f"{drop}\n\n{body}"


def _differs(when: str, operator: str) -> str:
    return when.replace(" differs ", f" {operator} ")


def _sqlite(rule: Trigger) -> str:
    condition = f"WHEN {_differs(rule.when, 'IS NOT')} " if rule.when else ""
    if isinstance(rule, Effect):
        moment, does = "AFTER", rule.does
    else:
        moment, does = "BEFORE", f"SELECT RAISE(ABORT, '{rule.message}.')"
    return (
        f"CREATE TRIGGER {rule.name} {moment} {rule.event} ON {rule.table} FOR EACH ROW {condition}"
        f"BEGIN {does}; END;"
    )


def _postgresql(rule: Trigger) -> str:
    condition = _differs(rule.when, "IS DISTINCT FROM") or "TRUE"
    row = "OLD" if rule.event == "DELETE" else "NEW"
    if isinstance(rule, Effect):
        moment, does = "AFTER", rule.does
    else:
        moment = "BEFORE"
        does = f"RAISE EXCEPTION '{rule.message}.' USING ERRCODE = '23514'"
    locks = f" PERFORM {rule.locks};" if isinstance(rule, Rule) and rule.locks else ""
    return (
        f"CREATE OR REPLACE FUNCTION {rule.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f"{locks} IF {condition} THEN {does}; END IF;"
        f" RETURN {row}; END $$;"
        f" CREATE TRIGGER {rule.name} {moment} {rule.event} ON {rule.table}"
        f" FOR EACH ROW EXECUTE FUNCTION {rule.name}();"
    )
