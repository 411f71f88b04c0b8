"""What the README and its neighbours point to is there."""

import re
from pathlib import Path

import pytest

from seeds.people import PASSWORD, SAMPLE_PEOPLE

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
MOST_BYTES = 150_000


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_to_a_file_leads_to_one(page):
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text())
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_into_a_page_leads_to_a_heading(page):
    text = page.read_text()
    headings = {
        re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        for heading in re.findall(r"^#+ (.+)$", text, re.M)
    }
    assert set(re.findall(r"\]\(#([^)]+)", text)) <= headings


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_make_target_that_is_named_exists(page):
    named = re.findall(r"(?:^ {4}|`|\$\()make (?:-s )?([a-z]+)", page.read_text(), re.M)
    known = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.M)
    assert set(named) <= set(known)


def test_the_readme_names_the_password_and_people_of_the_sample():
    text = (ROOT / "README.md").read_text()
    assert f"`{PASSWORD}`" in text
    names = {person.username: person.name for person in SAMPLE_PEOPLE}
    assert [names[one] for one in ("editor", "lead", "checker") if names[one] not in text] == []


@pytest.mark.parametrize("picture", sorted(ROOT.glob("docs/images/*")), ids=lambda one: one.name)
def test_pictures_are_small_enough_to_load_with_the_page(picture):
    assert picture.stat().st_size <= MOST_BYTES
