"""Every string goes through gettext, and all of them are there in German."""

import pytest
from django.conf import settings

from claims import wordings
from claims.actions import return_verdict
from claims.states import (
    CLAIM_TRANSITIONS,
    PUBLICATION_TRANSITIONS,
    REPLY_TRANSITIONS,
    VERDICT_TRANSITIONS,
    ClaimState,
    FactCheckState,
    ReplyState,
    VerdictState,
)
from desk.actions import change_preferences
from desk.pages.help_words import KEYS, STATES, VERBS
from desk.states import TASK_TRANSITIONS, TaskState
from tests.api import Caller, said
from tests.pages.catalogue import (
    compiled_german,
    german,
    in_the_code,
    shown_templates,
    untranslated,
)
from tests.pages.visitor import Visitor
from tests.steps import assigned, in_review

NAMES = {
    "Factcheck Desk",
    "ClaimReview",
    "JSON",
    "JSON Lines",
    "CSV",
    "RSS",
    "Atom",
    "OpenAPI",
    "Esc",
    "Alt",
}
"""Words that are the same in every language."""
TABLES = (
    CLAIM_TRANSITIONS,
    TASK_TRANSITIONS,
    VERDICT_TRANSITIONS,
    PUBLICATION_TRANSITIONS,
    REPLY_TRANSITIONS,
)
STATE_NAMES = (ClaimState, TaskState, VerdictState, FactCheckState, ReplyState)


def translations(catalogue):
    """Return the forms of each message, by context and (singular) message."""
    return {
        (_text(row.context or ""), row.id if isinstance(row.id, str) else row.id[0]): (
            [row.string] if isinstance(row.string, str) else list(row.string)
        )
        for row in catalogue
        if row.id
    }


def _text(context):
    """Return a context as text: Babel hands out those of a compiled catalogue as bytes."""
    return context.decode() if isinstance(context, bytes) else context


# --- The catalogue --------------------------------------------------------------------------------


def test_everything_that_is_said_is_said_in_german_and_nothing_besides():
    used, known = in_the_code(), translations(german())
    assert {key: name for key, name in used.items() if key not in known} == {}, "not in django.po"
    assert set(known) - set(used) == set(), "no longer used"


def test_no_german_is_missing_or_unsure():
    assert [key for key, forms in translations(german()).items() if not all(forms)] == []
    assert [row.id for row in german() if row.fuzzy and row.id] == []


def test_the_desk_reads_what_is_written():
    assert translations(compiled_german()) == translations(german())


def test_german_keeps_the_gaps_of_the_sentences():
    problems = [(row.id, [str(one) for one in row.check()]) for row in german() if row.id]
    assert [(message, found) for message, found in problems if found] == []


@pytest.mark.parametrize(
    "path", list(shown_templates()), ids=lambda path: str(path.relative_to(settings.BASE_DIR))
)
def test_no_template_says_anything_past_gettext(path):
    found = untranslated(path.read_text("utf-8"))
    assert [words for words in found if words.strip("· ") not in NAMES] == []


def test_words_past_gettext_are_found():
    assert untranslated('<p title="A hint">{% translate "Yes" %} and {{ name }}</p>') == [
        "A hint",
        "and",
    ]
    assert untranslated("{% blocktranslate %}No{% endblocktranslate %}<p>{# why #} → 1</p>") == []


def test_every_state_and_verb_that_a_refusal_names_can_be_translated():
    states = {value.replace("_", " ") for names in STATE_NAMES for value in names.values}
    verbs = {verb.replace("_", " ") for table in TABLES for verb in table}
    assert set(wordings.STATES) == states
    assert set(wordings.VERBS) == verbs


def test_the_help_page_has_words_for_every_state_and_verb():
    assert {value for rows in STATES.values() for value in rows} == {
        value for names in STATE_NAMES for value in names.values
    }
    assert set(VERBS) == {verb for table in TABLES for verb in table}


# --- The pages ------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_page_speaks_the_language_somebody_chose_whatever_the_browser_asks_for(lead, checker):
    change_preferences(actor=checker, changes={"language": "de"})
    assigned(lead, checker)
    alice = Visitor(checker, headers={"accept-language": "en"})
    answer = alice.get("/queue/")
    assert answer["Content-Language"] == "de"
    assert '<html lang="de" dir="ltr">' in answer.content.decode()
    page = alice.reads("/queue/")
    assert "Meine Aufgaben" in page
    assert "in 23 Stunden" in page
    assert "lena hat Ihnen diese Prüfung gegeben." in alice.reads("/notices/")
    assert "Wie eine Prüfung geht" in alice.reads("/help/")


@pytest.mark.django_db
def test_who_chose_nothing_gets_what_the_browser_asks_for(client, checker):
    page = client.get("/accounts/login/", headers={"accept-language": "de-AT,de;q=0.9"})
    assert "Anmelden" in page.content.decode()
    english = Visitor(checker, headers={"accept-language": "fr"})
    assert "My queue" in english.reads("/queue/")


@pytest.mark.django_db
def test_refusals_on_a_page_are_in_its_language_and_over_rest_in_english(superuser, lead, checker):
    change_preferences(actor=superuser, changes={"language": "de"})
    german_page = Visitor(superuser).presses("/queue/next/")
    assert "Sie haben kein Personalprofil" in german_page
    change_preferences(actor=checker, changes={"language": "de"})
    verdict = in_review(lead, checker)
    alice = Caller(checker, headers={"accept-language": "de"})
    assert said(alice.does(f"/tasks/{verdict.task.pk}/start/")).startswith("You cannot start")


@pytest.mark.django_db
def test_the_admin_speaks_english(editor):
    change_preferences(actor=editor, changes={"language": "de"})
    page = Visitor(editor).reads("/admin/")
    assert "Articles and claims" in page
    assert "Log out" in page or "Sign out" in page


@pytest.mark.django_db
def test_times_are_those_of_the_reader_with_the_zone_named(lead, checker):
    change_preferences(actor=checker, changes={"time_zone": "Asia/Tokyo"})
    checker.refresh_from_db()
    return_verdict(actor=lead, verdict=in_review(lead, checker), comment="Which March?")
    html = Visitor(checker).get("/queue/").content.decode()
    assert 'JST">' in html


@pytest.mark.django_db
def test_every_key_in_a_template_stands_on_the_help_page():
    import re

    listed = {folder: {key for key, _says in rows} for folder, _title, rows in KEYS}
    folder = settings.BASE_DIR / "templates" / "desk"
    for path in folder.rglob("*.html"):
        room = path.relative_to(folder).parts[0]
        for key in re.findall(r'data-key="([^"{]+)"', path.read_text("utf-8")):
            known = listed.get(room, set()) | listed["base"]
            spans = [range(int(one[0]), int(one[2]) + 1) for one in known if one[1:2] == "-"]
            assert key in known or any(key.isdigit() and int(key) in span for span in spans), (
                f"{path.name}: {key}"
            )
