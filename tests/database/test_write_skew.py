"""Two transactions, each lawful as far as it can see: the second waits and then sees the first."""

import threading

import pytest
from django.db import IntegrityError, connection, transaction

from factcheck.launcher.processes import wait_until
from tests.database.sql import changing, copying, run
from tests.steps import with_evidence
from tests.waiting import PATIENCE

pytestmark = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite has one writer at a time"
)
_WAITING = (
    "SELECT count(*) FROM pg_stat_activity"
    " WHERE datname = current_database() AND wait_event_type = 'Lock'"
)
_APPROVED = {"state": "'approved'", "decided_at": "submitted_at"}


def vote(world, editor, **columns):
    row = world.pending.approvals.get()
    on = {"verdict_id": str(world.proposed.pk), "editor_id": str(editor.pk)}
    return copying("claims_approval", row.pk, **on, **columns)


def no(world, editor):
    return vote(world, editor, decision="'return'", comment="'No.'")


def gathering(world, person):
    piece = world.proposed.evidence.get()
    return copying("claims_evidence", piece.pk, added_by_id=str(person.pk))


def citing_more(world):
    piece = with_evidence(world.bob, world.proposed.claim)
    row = world.proposed.citations.get()
    return copying("claims_citedevidence", row.pk, evidence_id=str(piece.pk))


def approving(world):
    return changing("claims_verdict", world.proposed.pk, **_APPROVED)


def releasing_and_taking_again(world):
    return copying("desk_assignment", world.task.hold_id, token="token + 2", **_ENDED)


_ENDED = {"ended_at": "taken_at", "ended_because": "'released'"}


def taking_with_an_earlier_token(world):
    return copying("desk_assignment", world.task.hold_id, token="token + 1", **_ENDED)


SKEWS = {
    "evidence, then a vote by who gathered it": (
        lambda world: gathering(world, world.emil),
        lambda world: vote(world, world.emil),
        "Nobody decides on a verdict they wrote or whose evidence they gathered",
    ),
    "a vote, then evidence by who voted": (
        lambda world: vote(world, world.emil),
        lambda world: gathering(world, world.emil),
        "Whoever approved a verdict in review adds no evidence to its claim",
    ),
    "an approval, then dissent": (
        approving,
        lambda world: no(world, world.emil),
        "Only a verdict in review is voted on",
    ),
    "dissent, then an approval": (
        lambda world: no(world, world.emil),
        approving,
        "A verdict is approved by enough editors and returned by none",
    ),
    "a vote, then another citation": (
        lambda world: vote(world, world.emil),
        citing_more,
        "Nothing is cited once editors have voted",
    ),
    "a hold, then one with an earlier token": (
        releasing_and_taking_again,
        taking_with_an_earlier_token,
        "A later hold has a greater token",
    ),
}


@pytest.mark.parametrize("name", SKEWS)
def test_what_two_may_not_do_together_the_second_is_refused(committed_world, name):
    first, second, message = SKEWS[name]
    run(vote(committed_world, committed_world.edda))
    later, said = second(committed_world), []
    with transaction.atomic():
        run(first(committed_world))
        thread = threading.Thread(target=_other_connection, args=(later, said))
        thread.start()
        assert wait_until(_somebody_waits, PATIENCE), said
    thread.join(PATIENCE)
    assert message in said[0]


def _somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(_WAITING)
        return bool(cursor.fetchone()[0])


def _other_connection(sql: str, said: list[str]) -> None:
    try:
        run(sql)
        said.append("It went through.")
    except IntegrityError as error:
        said.append(str(error))
    finally:
        connection.close()
