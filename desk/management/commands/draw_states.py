"""`manage.py draw_states`: draw docs/states.md from the transition tables."""

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import TextChoices

from claims.states import CLAIM_TRANSITIONS as TRIAGE
from claims.states import PUBLICATION_TRANSITIONS as PUBLICATION
from claims.states import REPLY_TRANSITIONS as REPLIES
from claims.states import (
    UNCHANGED,
    ClaimState,
    FactCheckState,
    ReplyState,
    Transition,
    VerdictState,
)
from claims.states import VERDICT_TRANSITIONS as REVIEW
from desk.states import FINISHED, TASK_TRANSITIONS, TaskState

PAGE = Path(settings.BASE_DIR) / "docs" / "states.md"
HEAD = """\
# The states

Drawn by `manage.py draw_states` from `claims/states.py` and `desk/states.py`; do not edit. Triage,
work, review and publication are four things, and the verdict itself is a fifth. In the pictures a
verb in parentheses is the desk's own doing. A verb that begins and ends at the same state leaves
the row as it is: reopening queues a new task that knows the finished one.
"""


class Command(BaseCommand):
    """Writes docs/states.md, or with --check says whether it is up to date."""

    help = "Draws docs/states.md from the transition tables."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take --check, which writes nothing."""
        parser.add_argument(
            "--check", action="store_true", help="Fail when the page is stale; write nothing."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the page; with --check, raise `CommandError` when it is stale instead."""
        page = draw_page()
        if not options["check"]:
            PAGE.write_text(page, encoding="utf-8")
            self.stdout.write("docs/states.md has been drawn.")
        elif not PAGE.exists() or PAGE.read_text(encoding="utf-8") != page:
            raise CommandError("docs/states.md is stale; run manage.py draw_states.")


def draw_page() -> str:
    """Return docs/states.md as the transition tables have it now."""
    decided = [state for state in VerdictState if state != VerdictState.IN_REVIEW]
    answered = (ReplyState.REPLIED, ReplyState.DECLINED, ReplyState.WITHDRAWN)
    parts = [
        HEAD,
        _section("Triage: the claim", ClaimState, TRIAGE, ClaimState.SUGGESTED, ()),
        _section("Work: the task", TaskState, TASK_TRANSITIONS, TaskState.QUEUED, FINISHED),
        _section("Review: the verdict", VerdictState, REVIEW, VerdictState.IN_REVIEW, decided),
        _section(
            "Publication: the fact-check",
            FactCheckState,
            PUBLICATION,
            FactCheckState.UNPUBLISHED,
            (FactCheckState.RETRACTED,),
        ),
        _section("Right of reply", ReplyState, REPLIES, ReplyState.ASKED, answered),
    ]
    return "\n".join(parts)


def _section(
    title: str,
    states: type[TextChoices],
    table: Mapping[str, Transition],
    first: str,
    last: Collection[str],
) -> str:
    lines = [
        f"## {title}",
        "",
        "```mermaid",
        "stateDiagram-v2",
        *(f'    state "{state.label}" as {state.value}' for state in states),
        f"    [*] --> {first}",
        *(arrow for row in table.values() for arrow in _arrows(row, states)),
        *(f"    {state} --> [*]" for state in states.values if state in last),
        "```",
        "",
        "| verb | from | to | who | reason |",
        "|---|---|---|---|---|",
        *(_table_row(row, states) for row in table.values()),
        "",
    ]
    return "\n".join(lines)


def _arrows(row: Transition, states: type[TextChoices]) -> list[str]:
    """Return one arrow for each state that the verb leads from, in the order of the states."""
    verb = row.verb if row.permission else f"({row.verb})"
    sources = [state for state in states.values if state in row.sources]
    return [f"    {source} --> {row.target or source} : {verb}" for source in sources]


def _table_row(row: Transition, states: type[TextChoices]) -> str:
    sources = ", ".join(str(state.label) for state in states if state.value in row.sources)
    target = "as it was" if row.target == UNCHANGED else states(row.target).label
    who = f"`{row.permission}`" if row.permission else "the desk itself"
    holder = ", and holds it" if row.holder_only else ""
    reason = "needed" if row.needs_reason else ""
    return f"| {row.verb} | {sources} | {target} | {who}{holder} | {reason} |"
