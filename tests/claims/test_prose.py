"""Markdown becomes HTML that is safe to show, whatever was typed."""

import time

import pytest

from claims.prose import prose
from tests.pace import is_within


def test_what_checkers_write_looks_like_it():
    html = prose("# Why\n\nThe *table* gives **486**.\n\n- one\n- two\n\n> so it said")
    assert html.startswith("<h3>Why</h3>")
    for part in ("<em>table</em>", "<strong>486</strong>", "<li>one</li>", "<blockquote>"):
        assert part in html


def test_links_lead_to_the_web_and_know_nothing_of_this_page():
    html = prose("[the table](https://office.example/t) and <mail@office.example>")
    assert 'href="https://office.example/t" rel="noopener noreferrer nofollow"' in html
    assert 'href="mailto:mail@office.example"' in html


@pytest.mark.parametrize(
    "typed",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        '<p style="position:fixed">',
        "![spy](https://evil.example/pixel.gif)",
        "<svg/onload=alert(1)>",
    ],
)
def test_nothing_typed_is_ever_script_style_or_picture(typed):
    html = prose(typed).lower()
    for part in ("<script", "<img", "<svg", "<p style", 'href="javascript', 'href="data'):
        assert part not in html


def test_a_picture_is_shown_by_its_words():
    assert prose("![The table, page 7](https://a.example/t.png)") == "<p>The table, page 7</p>\n"


@pytest.mark.parametrize("mark", ["[", "*", "`", "<", "_", "> "])
def test_a_heap_of_marks_takes_no_time(mark):
    began = time.thread_time()
    prose(mark * 50_000)
    assert is_within(time.thread_time() - began, 2)


def test_other_scripts_stay_what_they_are():
    assert "قال الوزير" in prose("قال الوزير")
