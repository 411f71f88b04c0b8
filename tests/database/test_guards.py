"""What is never deleted is not replaced or emptied out either, whatever prompt somebody is at."""

import sqlite3
from functools import partial

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from claims.models import FactCheck, WebhookDelivery
from desk.models import VerificationTask
from tests.database.sql import changing, columns_of, copying, refusal, refusals
from tests.database.test_triggers import KEPT, RULES

on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite has OR REPLACE")
on_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="only PostgreSQL has TRUNCATE"
)


@pytest.fixture
def bare_prompt(world):
    """The world as somebody with the sqlite3 shell reaches it: no pragma is as the desk sets it."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA recursive_triggers")
        assert cursor.fetchone() == (1,)
        cursor.execute("PRAGMA recursive_triggers = OFF")
        yield world
        cursor.execute("PRAGMA recursive_triggers = ON")


def replaced(table, world, **columns):
    """Return SQL that puts another row in the place of the one that stays."""
    pk = KEPT[table](world)
    return copying(table, pk, into="INSERT OR REPLACE", id=str(pk), **columns)


@on_sqlite
def test_a_row_that_stays_is_not_replaced(bare_prompt):
    tries = {table: partial(replaced, table) for table in KEPT}
    assert [table for table, said in refusals(bare_prompt, tries).items() if not said] == []


@on_sqlite
def test_nor_by_a_new_row_with_the_same_unique_columns(bare_prompt):
    vote = bare_prompt.pending.approvals.get()
    tries = {
        "claims_approval.verdict_id": ("claims_approval", vote.pk),
        "claims_verdict.claim_id": ("claims_verdict", bare_prompt.pending.pk),
        "desk_assignment.task_id": ("desk_assignment", bare_prompt.task.hold_id),
        "claims_edition.fact_check_id": ("claims_edition", bare_prompt.out.edition_id),
        "claims_webhookdelivery.webhook_id": (
            "claims_webhookdelivery",
            WebhookDelivery.objects.first().pk,
        ),
    }
    for name, (table, pk) in tries.items():
        said = refusal(copying(table, pk, into="INSERT OR REPLACE"))
        assert said.startswith("UNIQUE constraint failed"), name
        assert name in said


@on_sqlite
def test_nor_pushed_out_by_a_change_of_another_row(bare_prompt):
    table = FactCheck._meta.db_table
    pushing = changing(table, bare_prompt.drafted.pk, slug=f"'{bare_prompt.out.slug}'")
    said = refusal(pushing.replace("UPDATE", "UPDATE OR REPLACE", 1))
    assert said == f"UNIQUE constraint failed: {table}.slug"
    table, held = "desk_verificationtask", bare_prompt.task.hold_id
    pushing = changing(table, bare_prompt.waiting.pk, state="'assigned'", hold_id=str(held))
    assert refusal(pushing.replace("UPDATE", "UPDATE OR REPLACE", 1))
    assert VerificationTask.objects.filter(pk=bare_prompt.task.pk).exists()


@on_sqlite
def test_two_rows_that_share_nothing_unique_are_not_mistaken_for_one(bare_prompt):
    """A condition of a partial index counts for the new row as well as for the old one."""
    ended = bare_prompt.proposed.task.assignments.get()
    again = {"token": "token + 1", "ended_at": "ended_at"}
    assert refusal(copying("desk_assignment", ended.pk, into="INSERT OR REPLACE", **again)) == ""


@on_sqlite
def test_without_foreign_keys_nobody_unknown_acts_and_nothing_known_goes(bare_prompt):
    """The pragma has no effect inside a transaction, so this is a connection of its own."""
    copy = sqlite3.connect(":memory:")
    with connection.cursor() as cursor:
        cursor.execute("SELECT type, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid")
        made = [sql for _, sql in cursor.fetchall() if "sqlite_sequence" not in sql]
    for sql in made:
        copy.execute(sql)
    assert copy.execute("PRAGMA foreign_keys").fetchone() == (0,)
    known = dict.fromkeys(columns_of("auth_user"), "''") | {"id": "7"}
    event = {name: "1" if name.endswith("_id") else "''" for name in columns_of("claims_event")} | {
        "at": "'2026-01-01 00:00:00'",
        "verb": "'look'",
        "subject": "'task'",
        "actor_id": "7",
    }
    event |= {"article_id": "NULL", "claim_id": "NULL", "version_id": "NULL", "detail": "'{}'"}
    event |= {"id": "1"}
    with pytest.raises(sqlite3.IntegrityError, match="Who acts is somebody the desk knows"):
        copy.execute(inserting("claims_event", event))
    copy.execute(inserting("auth_user", known))
    with pytest.raises(sqlite3.IntegrityError, match="An event says when and what"):
        copy.execute(inserting("claims_event", event | {"at": "''"}))
    copy.execute(inserting("claims_event", event))
    for statement, words in {
        "DELETE FROM auth_user": "Who has acted at the desk is never deleted",
        "UPDATE auth_user SET id = 8": "The number of a person never changes",
        inserting("claims_event", event).replace("INSERT", "REPLACE", 1): "UNIQUE",
        "DELETE FROM claims_event": "The history is never deleted",
    }.items():
        with pytest.raises(sqlite3.IntegrityError, match=words):
            copy.execute(statement)


def inserting(table, values):
    """Return SQL that adds a row with these SQL expressions."""
    names = ", ".join(f'"{name}"' for name in values)
    return f"INSERT INTO {table} ({names}) VALUES ({', '.join(values.values())})"  # noqa: S608  # ours


@pytest.fixture
def settled(world):
    """The world with no foreign key left to look at: TRUNCATE waits for those."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    return world


@on_postgresql
def test_no_table_whose_rows_stay_is_emptied(settled):
    tries = {table: (lambda _, name=table: f"TRUNCATE {name} CASCADE") for table in KEPT}
    messages = {RULES[f"{table}_stays"].message for table in KEPT}
    for table, said in refusals(settled, tries).items():
        assert any(message in said for message in messages), table


@on_postgresql
def test_not_even_all_of_them_at_once(settled):
    tables = ", ".join(sorted(KEPT))
    assert "is never deleted" in refusal(f"TRUNCATE {tables} CASCADE")


@pytest.mark.django_db
def test_the_command_that_empties_a_database_says_why_it_does_not():
    with pytest.raises(CommandError, match=r"never deleted.*name another DATA_DIR or DATABASE_URL"):
        call_command("flush", interactive=False)
