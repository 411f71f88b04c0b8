"""Raw SQL against the rules of the proof; see `test_triggers`, and the rows these tests need."""

from claims.actions import (
    leave_sentence_to_author,
    override_clearance,
    require_change,
    waive_change,
)
from claims.models import ClearanceOverride, RequiredChange, Ruling
from tests.database.sql import changing, copying

_CHANGE, _RULING, _OVERRIDE = "claims_requiredchange", "claims_ruling", "claims_clearanceoverride"

MOVING = {
    _CHANGE: {
        "passage_id",
        "reads_now",
        "state",
        "closed_by_id",
        "closed_at",
        "closed_because",
        "revision",
    },
    _RULING: {"passage_id", "ended_at", "ended_by_id", "ended_because"},
}
FROZEN = {
    _CHANGE: lambda world: opened().pk,
    _RULING: lambda world: Ruling.objects.get().pk,
    _OVERRIDE: lambda world: ClearanceOverride.objects.get().pk,
}


def build(lead, article) -> None:
    """Make a change of each kind, a ruling and an override on the newest text of `article`."""
    for words in ("ten new buses", "nine days"):
        require_change(actor=lead, article=article, wording_now=words, wording_to_use="some")
    waive_change(actor=lead, change=RequiredChange.objects.latest("pk"), reason="As said.")
    version = article.versions.latest("number")
    sentence = version.sentences.create(
        start=version.body.index("The opposition"),
        end=version.body.index("The opposition") + 26,
        kind="checkable",
        spotted_kind="checkable",
    )
    leave_sentence_to_author(actor=lead, sentence=sentence, reason="She was there.")
    override_clearance(actor=lead, version=version, decision="go", reason="Seen.")


def opened() -> RequiredChange:
    return RequiredChange.objects.get(state="open")


def waived() -> RequiredChange:
    return RequiredChange.objects.get(state="waived")


def a_waiver_is_undone(world):
    open_again = {"state": "'open'", "closed_at": "NULL", "closed_by_id": "NULL"}
    return changing(_CHANGE, waived().pk, **open_again)


def a_ruling_that_ended_is_revived(world):
    Ruling.objects.update(ended_at=world.proposed.submitted_at, ended_because="Gone.")
    return changing(_RULING, Ruling.objects.get().pk, ended_at="NULL", ended_because="''")


def an_old_text_is_overridden(world):
    row = ClearanceOverride.objects.get()
    first = row.version.article.versions.get(number=1)
    return copying(_OVERRIDE, row.pk, version_id=str(first.pk))


TRIES = {
    f"{_CHANGE}_waived_for_good": [a_waiver_is_undone],
    f"{_RULING}_ends_once": [a_ruling_that_ended_is_revived],
    f"{_OVERRIDE}_of_the_newest": [an_old_text_is_overridden],
}


# --- The neighbours that must go on working ------------------------------------------------------


def a_change_is_made(world):
    return changing(_CHANGE, opened().pk, state="'made'", closed_at="set_at")


def a_ruling_moves_along_with_its_words(world):
    return changing(_RULING, Ruling.objects.get().pk, passage_id=str(opened().passage_id))


def a_lead_says_something_else(world):
    return copying(_OVERRIDE, ClearanceOverride.objects.get().pk, decision="'lifted'")


ALLOWED = [a_change_is_made, a_ruling_moves_along_with_its_words, a_lead_says_something_else]


# --- Constraints ----------------------------------------------------------------------------------


def _change(**columns):
    return lambda world: changing(_CHANGE, opened().pk, **columns)


def _ruling(into=copying, **columns):
    return lambda world: into(_RULING, Ruling.objects.get().pk, **columns)


def _ruling_elsewhere(**columns):
    """Try to rule in the same way on words that nobody has ruled on."""
    return lambda world: _ruling(passage_id=str(opened().passage_id), **columns)(world)


def _override(**columns):
    return lambda world: copying(_OVERRIDE, ClearanceOverride.objects.get().pk, **columns)


def a_second_ruling_on_a_claim(world):
    claim, other = str(world.task.claim_id), str(opened().passage_id)
    Ruling.objects.create(
        article=world.task.claim.article,
        claim=world.task.claim,
        passage=world.task.claim.passage,
        kind="on_author",
        reason="So.",
        made_by=world.lena,
        made_at=world.proposed.submitted_at,
    )
    return copying(_RULING, Ruling.objects.earliest("pk").pk, claim_id=claim, passage_id=other)


CONSTRAINTS = {
    "change_closed_by_somebody": _change(state="'waived'"),
    "change_names_words": lambda world: copying(_CHANGE, opened().pk, wording_now="''"),
    "change_changes_something": lambda world: copying(
        _CHANGE, opened().pk, wording_to_use="wording_now"
    ),
    "ruling_kind_is_known": _ruling_elsewhere(kind="'fine'"),
    "ruling_has_reason": _ruling_elsewhere(reason="''"),
    "ruling_ends_for_a_reason": _ruling(changing, ended_at="made_at"),
    "one_ruling_in_force_per_claim": a_second_ruling_on_a_claim,
    "one_ruling_in_force_per_passage": _ruling(),
    "override_decision_is_known": _override(decision="'maybe'"),
    "override_has_reason": _override(reason="''"),
}
