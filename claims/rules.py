"""How a rule that the database keeps is written down; see `claims.triggers`."""

from dataclasses import dataclass

ALL = "*"
"""Stands for all columns in `Rule.fixed`."""


@dataclass(frozen=True)
class Rule:
    """One trigger: `event` is INSERT, UPDATE or DELETE; `when` is SQL over NEW and OLD.

    `locks` is what PostgreSQL selects first, so that two transactions that the rule keeps apart
    come one after the other; SQLite has one writer at a time. `fixed` names columns that no UPDATE
    changes.
    """

    name: str
    table: str
    event: str
    message: str
    when: str = ""
    locks: str = ""
    fixed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Effect:
    """One trigger that refuses nothing: after the event, when the condition holds, it `does` SQL.

    `needs` names the tables that it reads and writes; where one is missing, it is not put in place.
    """

    name: str
    table: str
    event: str
    does: str
    when: str
    needs: tuple[str, ...]


def never_deleted(table: str, noun: str, *, when: str = "") -> Rule:
    """Return the rule that rows of `table` stay; with `when`, those for which it holds.

    What is never deleted is never replaced and never emptied out either; see `claims.guards`.
    """
    return Rule(f"{table}_stays", table, "DELETE", f"{noun} is never deleted", when)


def numbered_for_good(table: str, noun: str) -> Rule:
    """Return the rule that the id, by which all else refers to a row of `table`, never changes."""
    message = f"The number of {noun} never changes"
    return Rule(
        f"{table}_numbered", table, "UPDATE", message, "NEW.id differs OLD.id", fixed=("id",)
    )


def frozen(table: str, noun: str, *columns: str, when: str = "") -> Rule:
    """Return the rule that `columns` and the id never change; without columns, nothing does.

    With `when`, only rows for which that condition holds are frozen.
    """
    named = ("id", *columns) if columns else ()
    changed = " OR ".join(f"NEW.{column} differs OLD.{column}" for column in named)
    both = f"({when}) AND ({changed})" if when and changed else when or changed
    fixed = () if when else named or (ALL,)
    return Rule(f"{table}_frozen", table, "UPDATE", f"{noun} never changes", both, fixed=fixed)
