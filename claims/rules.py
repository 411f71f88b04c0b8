"""How a rule that the database keeps is written down; see `claims.triggers`."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """One trigger: `event` is INSERT, UPDATE or DELETE; `when` is SQL over NEW and OLD."""

    name: str
    table: str
    event: str
    message: str
    when: str = ""


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


def never_deleted(table: str, noun: str) -> Rule:
    """Return the rule that rows of `table` stay."""
    return Rule(f"{table}_stays", table, "DELETE", f"{noun} is never deleted")


def frozen(table: str, noun: str, *columns: str, when: str = "") -> Rule:
    """Return the rule that `columns` and the id never change; without columns, nothing does.

    With `when`, only rows for which that condition holds are frozen.
    """
    named = ("id", *columns) if columns else ()
    changed = " OR ".join(f"NEW.{column} differs OLD.{column}" for column in named)
    both = f"({when}) AND ({changed})" if when and changed else when or changed
    return Rule(f"{table}_frozen", table, "UPDATE", f"{noun} never changes", both)
