"""Required changes: asked for, made by the next text, waived, settled, and back again."""

import pytest

from claims.actions import add_version, require_change, settle_change, waive_change
from claims.errors import Conflict, Invalid, NotAllowed, Stale
from claims.models import RequiredChange
from tests.claims.clearance.steps import approved
from tests.claims.living.story import HEADLINE, REPORT, SAID, STORY, claim_on, newest, suggested
from tests.record import events_of, last_event, moved, refused

pytestmark = pytest.mark.django_db
NOW, USE = "23 per cent", "21 per cent"


@pytest.fixture
def article(integration):
    return suggested(integration)


def required(actor, article, now=NOW, use=USE, **given):
    return require_change(
        actor=actor, article=article, wording_now=now, wording_to_use=use, **given
    )


def sends(actor, article, body):
    return add_version(actor=actor, article=article, headline=HEADLINE, body=body)


def fresh(change):
    return RequiredChange.objects.select_related("passage__version").get(pk=change.pk)


# --- Asked for ------------------------------------------------------------------------------------


def test_a_checker_says_what_the_text_has_to_say(checker, article):
    change = required(checker, article, note="Table 3 has another figure.")
    assert (change.state, change.wording_now, change.wording_to_use) == ("open", NOW, USE)
    assert change.passage.exact == NOW
    assert last_event(change).detail["to_use"] == USE


def test_it_belongs_to_the_claim_whose_words_it_is_about(checker, article):
    assert required(checker, article).claim == claim_on(article, REPORT)


def test_the_words_are_found_however_they_are_spelled(checker, article):
    change = required(checker, article, now='"We will hire  30 drivers', use="We hire 20")
    assert change.wording_now == "“We will hire 30 drivers"


def test_words_that_are_not_there_are_refused_with_the_nearest(checker, article):
    with refused(Invalid, "nearest passage is"):
        required(checker, article, now="A report by the Transport Office put the share")


def test_words_that_stand_there_more_than_once_need_more_around_them(checker, article):
    with refused(Invalid, "2 times"):
        required(checker, article, now="late")
    near = STORY.index("late buses")
    assert required(checker, article, now="late", near=near).passage.start == near


def test_a_change_that_changes_nothing_is_none(checker, article):
    with refused(Invalid, "says already"):
        required(checker, article, use=NOW)
    with refused(Invalid, "have to change"):
        required(checker, article, now=" ")


def test_the_same_words_are_required_to_change_once(checker, lead, article):
    required(checker, article)
    with refused(Conflict, "required already"):
        required(lead, article, use="22 per cent")


def test_a_reporter_requires_nothing(reporter, article):
    article.authors.add(reporter)
    with refused(NotAllowed):
        required(reporter, article)


# --- Made -----------------------------------------------------------------------------------------


def test_the_next_text_makes_it_by_having_the_wording_to_use(checker, integration, article):
    change = required(checker, article)
    sends(integration, article, STORY.replace(NOW, USE))
    change = fresh(change)
    assert (change.state, change.passage.exact) == ("made", USE)
    assert change.passage.version == newest(article)
    assert (change.closed_by, change.closed_because) == (
        None,
        "The new text has the wording to use.",
    )
    assert moved(last_event(change)) == ("make", "open", "made")
    assert last_event(change).actor == integration


def test_also_when_the_words_moved(checker, integration, article):
    change = required(checker, article)
    moved_up = STORY.replace(f"{REPORT}\n\n", "")
    sends(integration, article, f"{REPORT.replace(NOW, USE)}\n\n{moved_up}")
    assert fresh(change).state == "made"


def test_a_text_that_changes_something_else_leaves_it_open_and_moves_it_along(
    checker, integration, article
):
    change = required(checker, article)
    sends(integration, article, f"A new beginning.\n\n{STORY}")
    change = fresh(change)
    assert (change.state, change.passage.exact) == ("open", NOW)
    assert change.passage.start == newest(article).body.index(NOW)
    assert [event.verb for event in events_of(change)] == ["require"]


def test_other_words_than_asked_for_leave_it_open_and_are_shown(checker, integration, article):
    change = required(checker, article)
    sends(integration, article, STORY.replace(NOW, "27 per cent"))
    change = fresh(change)
    assert change.state == "open"
    assert "27 per cent" in change.reads_now


def test_a_wording_that_only_adds_words_is_made_by_adding_them(checker, integration, article):
    change = required(checker, article, use="about 23 per cent")
    sends(integration, article, STORY + "\n\nMore.")
    assert fresh(change).state == "open"
    sends(integration, article, STORY.replace(NOW, "about 23 per cent"))
    assert fresh(change).state == "made"


def test_and_one_that_only_takes_words_away_by_taking_them_away(checker, integration, article):
    change = required(checker, article, now="the share of late buses", use="the share")
    sends(integration, article, STORY + "\n\nMore.")
    assert fresh(change).state == "open"
    sends(integration, article, STORY.replace("the share of late buses", "the share"))
    assert fresh(change).state == "made"


def test_a_cut_is_made_once_the_words_are_gone(checker, integration, article):
    change = required(checker, article, now=SAID, use="")
    sends(integration, article, STORY.replace(f"{SAID}\n\n", ""))
    assert fresh(change).state == "made"


def test_words_that_come_back_have_to_change_again(checker, integration, article):
    changes = [required(checker, article), required(checker, article, now=SAID, use="")]
    sends(integration, article, STORY.replace(NOW, USE).replace(f"{SAID}\n\n", ""))
    assert [fresh(one).state for one in changes] == ["made", "made"]
    sends(integration, article, STORY)
    assert [fresh(one).state for one in changes] == ["open", "open"]
    assert moved(last_event(changes[0])) == ("reopen", "made", "open")


def test_the_claim_is_checked_again_all_the_same(lead, checker, editor, integration, article):
    approved(lead, checker, editor, article)
    required(checker, article)
    sends(integration, article, STORY.replace(NOW, USE))
    assert claim_on(article, USE).standing is None


# --- Closed by people -----------------------------------------------------------------------------


def test_an_editor_waives_it_with_a_reason(checker, editor, article):
    change = waive_change(actor=editor, change=required(checker, article), reason="As printed.")
    assert (change.state, change.closed_by) == ("waived", editor)
    assert moved(last_event(change)) == ("waive", "open", "waived")
    with refused(Conflict, "settled already: Waived"):
        waive_change(actor=editor, change=change, reason="Again.")


def test_a_checker_does_not_waive_and_nobody_without_a_reason(checker, editor, article):
    change = required(checker, article)
    with refused(NotAllowed):
        waive_change(actor=checker, change=change, reason="Trivial.")
    with refused(Invalid):
        waive_change(actor=editor, change=change, reason=" ")
    with refused(Stale):
        waive_change(actor=editor, change=change, reason="So.", expected_revision=9)


def test_a_checker_counts_other_words_as_made_but_not_the_old_ones(checker, integration, article):
    change = required(checker, article)
    with refused(Conflict, "has not changed"):
        settle_change(actor=checker, change=change, reason="Fine.")
    sends(integration, article, STORY.replace(NOW, "a fifth"))
    change = settle_change(actor=checker, change=fresh(change), reason="A fifth is right.")
    assert (change.state, change.closed_by) == ("made", checker)
