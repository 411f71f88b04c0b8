"""The picture of the states is drawn from the tables, and is not older than they are."""

import re

import pytest
from django.core.management import CommandError, call_command

from claims.states import (
    CLAIM_TRANSITIONS,
    PUBLICATION_TRANSITIONS,
    REPLY_TRANSITIONS,
    VERDICT_TRANSITIONS,
)
from desk.management.commands import draw_states
from desk.states import TASK_TRANSITIONS

TABLES = (
    CLAIM_TRANSITIONS,
    TASK_TRANSITIONS,
    VERDICT_TRANSITIONS,
    PUBLICATION_TRANSITIONS,
    REPLY_TRANSITIONS,
)


def test_the_page_in_docs_is_up_to_date():
    call_command("draw_states", "--check")


def test_every_move_of_every_table_is_an_arrow():
    drawn = re.findall(r"^    (\w+) --> (\w+) : \(?(\w+)\)?$", draw_states.draw_page(), re.M)
    moves = {
        (source, row.target or source, row.verb)
        for table in TABLES
        for row in table.values()
        for source in row.sources
    }
    assert set(drawn) == moves
    assert len(drawn) == len(moves)


@pytest.fixture
def page(tmp_path, monkeypatch):
    page = tmp_path / "states.md"
    monkeypatch.setattr(draw_states, "PAGE", page)
    return page


def test_a_stale_page_fails_the_check_and_is_left_alone(page):
    page.write_text("# Other states\n")
    with pytest.raises(CommandError, match="is stale"):
        call_command("draw_states", "--check")
    assert page.read_text() == "# Other states\n"


def test_a_missing_page_fails_the_check(page):
    with pytest.raises(CommandError, match="is stale"):
        call_command("draw_states", "--check")


def test_drawing_makes_it_pass(page):
    call_command("draw_states", verbosity=0)
    call_command("draw_states", "--check")


def test_a_changed_table_makes_the_page_stale(page, monkeypatch):
    call_command("draw_states", verbosity=0)
    monkeypatch.delitem(TASK_TRANSITIONS, "requeue")
    with pytest.raises(CommandError, match="is stale"):
        call_command("draw_states", "--check")
