"""What is never deleted is never lost by other ways either: neither replaced nor emptied out.

On SQLite `INSERT OR REPLACE` and `UPDATE OR REPLACE` push the rows out that stand in the way, and
only where a connection asks for recursive triggers does that count as deleting them; a bare prompt
does not. So the row in the way is looked for beforehand, and the statement fails as it would
without the `OR REPLACE`. On PostgreSQL, TRUNCATE passes by triggers on rows.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

from claims.rules import ALL, Rule


def guards(connection: BaseDatabaseWrapper, kept: Rule, rules: Iterable[Rule]) -> list[str]:
    """Return the statements that guard the table of `kept`, a rule on DELETE, among `rules`."""
    if connection.vendor == "postgresql":
        return _against_truncate(kept)
    fixed = {column for rule in rules if rule.table == kept.table for column in rule.fixed}
    with connection.cursor() as cursor:
        keys = list(_keys(cursor, kept.table))
    moving = [key for key in keys if ALL not in fixed and not fixed.issuperset(key.columns)]
    return [*_against_insert(kept.table, keys), *_against_update(kept.table, moving)]


def _against_truncate(kept: Rule) -> list[str]:
    name = f"{kept.table}_not_emptied"
    return [
        f"DROP TRIGGER IF EXISTS {name} ON {kept.table};",
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" RAISE EXCEPTION '{kept.message}.' USING ERRCODE = '23514'; END $$;"
        f" CREATE TRIGGER {name} BEFORE TRUNCATE ON {kept.table}"
        f" FOR EACH STATEMENT EXECUTE FUNCTION {name}();",
    ]


@dataclass(frozen=True)
class _Key:
    """Columns that no two rows of `table` share, of the rows for which `condition` holds."""

    table: str
    columns: tuple[str, ...]
    condition: str = ""
    concerns: tuple[str, ...] = ()  # the columns in the condition

    def taken(self, besides: str = "") -> str:
        """Return the condition that another row has the key of the new one."""
        same = [f'"{column}" = NEW."{column}"' for column in self.columns]
        where = [f"({self.condition})"] if self.condition else []
        wanted = " AND ".join([*same, *where, *([besides] if besides else [])])
        found = f"EXISTS (SELECT 1 FROM {self.table} WHERE {wanted})"  # noqa: S608  # names are ours
        if not self.condition:
            return found
        new = ", ".join(f'NEW."{column}" AS "{column}"' for column in self.concerns)
        held = f"EXISTS (SELECT 1 FROM (SELECT {new}) WHERE {self.condition})"  # noqa: S608  # ours
        return f"{found} AND {held}"

    def refusal(self, besides: str = "") -> str:
        """Return the statement that fails, in SQLite's own words, when the key is taken."""
        names = ", ".join(f"{self.table}.{column}" for column in self.columns)
        failed = f"UNIQUE constraint failed: {names}"
        return f"SELECT RAISE(ABORT, '{failed}') WHERE {self.taken(besides)};"


def _keys(cursor: CursorWrapper, table: str) -> Iterator[_Key]:
    """Return what SQLite says is unique in `table`."""
    cursor.execute(f"PRAGMA table_info({table})")
    columns = {name: bool(place) for _, name, _, _, _, place in cursor.fetchall()}
    yield _Key(table, tuple(name for name, is_key in columns.items() if is_key))
    cursor.execute(
        "SELECT i.name, i.partial, COALESCE(m.sql, '') FROM pragma_index_list(%s) i"
        " LEFT JOIN sqlite_master m ON m.name = i.name WHERE i.\"unique\" AND i.origin <> 'pk'"
        " ORDER BY i.name",
        [table],
    )
    for index, is_partial, sql in cursor.fetchall():
        cursor.execute("SELECT name FROM pragma_index_info(%s) ORDER BY seqno", [index])
        names = tuple(name for (name,) in cursor.fetchall())
        condition = re.split(r"\sWHERE\s", sql, maxsplit=1)[1] if is_partial else ""
        concerns = tuple(name for name in columns if f'"{name}"' in condition)
        yield _Key(table, names, condition, concerns)


def _against_insert(table: str, keys: Iterable[_Key]) -> list[str]:
    name, refusals = f"{table}_not_replaced", " ".join(key.refusal() for key in keys)
    return [
        f"DROP TRIGGER IF EXISTS {name};",
        f"CREATE TRIGGER {name} BEFORE INSERT ON {table} FOR EACH ROW BEGIN {refusals} END;",
    ]


def _against_update(table: str, keys: list[_Key]) -> list[str]:
    name = f"{table}_not_pushed_out"
    drop = f"DROP TRIGGER IF EXISTS {name};"
    if not keys:
        return [drop]
    columns = sorted({column for key in keys for column in (*key.columns, *key.concerns)})
    listed = ", ".join(f'"{column}"' for column in columns)
    refusals = " ".join(key.refusal("rowid <> OLD.rowid") for key in keys)
    return [
        drop,
        f"CREATE TRIGGER {name} BEFORE UPDATE OF {listed} ON {table} FOR EACH ROW"
        f" BEGIN {refusals} END;",
    ]
