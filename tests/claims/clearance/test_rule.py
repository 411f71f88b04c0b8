"""The rule: may this text go out? Each test is one sentence of docs/clearance.md."""

from datetime import timedelta

import pytest

from claims.clearance.facts import OverrideFact
from tests.claims.clearance.facts import (
    BUSES,
    HOPE,
    NOW,
    REPORT,
    asked,
    change,
    claim,
    found,
    half_true,
    kinds,
    right,
    ruling,
    sentence,
    wrong,
)

# --- Go -------------------------------------------------------------------------------------------


def test_a_text_whose_claims_are_all_right_may_go():
    answer = asked(right())
    assert (answer.decision, answer.reasons) == ("go", [])
    assert (answer.coverage.to_check, answer.coverage.cleared) == (2, 2)


def test_what_was_dismissed_holds_nothing():
    assert asked(claim(triage="dismissed")).decision == "go"


def test_nor_does_an_opinion_that_the_desk_suggests():
    assert asked(right(), claim(3, HOPE, kind="opinion", triage="suggested")).decision == "go"


def test_a_text_with_nothing_to_check_may_go():
    answer = asked(claims=[], sentences=[sentence(HOPE, "opinion")])
    assert (answer.decision, answer.coverage.share) == ("go", 1.0)


# --- Hold: not checked ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("known", "kind", "who"),
    [
        ({"triage": "suggested"}, "suggested", "checker"),
        ({}, "not_checked", "checker"),
        ({"work": "queued"}, "not_checked", "checker"),
        ({"work": "assigned"}, "in_check", "checker"),
        ({"work": "in_progress"}, "in_check", "checker"),
        ({"review": "in_review", "work": "submitted"}, "waiting_for_approval", "editor"),
        ({"review": "returned", "work": "assigned"}, "returned", "checker"),
        ({"checked_before": True, "work": "queued"}, "text_changed", "checker"),
        ({"work": "cancelled"}, "check_called_off", "lead"),
    ],
)
def test_an_accepted_claim_without_a_verdict_holds_and_says_who_can_go_on(known, kind, who):
    answer = asked(claim(statement="Buses were late", **known))
    [reason] = answer.reasons
    assert (answer.decision, reason.kind, reason.who[0]) == ("hold", kind, who)
    assert (reason.claim_id, reason.place.exact) == (1, BUSES)
    assert reason.says and reason.resolve


def test_a_sentence_with_something_to_check_and_no_claim_holds():
    answer = asked(claims=[right()])
    [reason] = answer.reasons
    assert (answer.decision, reason.kind, reason.place.exact) == ("hold", "no_claim", REPORT)
    assert reason.place.prefix.endswith("March. ")


def test_a_text_that_nobody_has_read_holds_whatever_else_is_known():
    assert kinds(asked(claims=[], sentences=[], reading="waiting")) == ["not_read"]
    assert kinds(asked(claims=[], sentences=[], reading="quarantined")) == ["quarantined"]


def test_an_earlier_text_that_was_never_read_says_so():
    answer = asked(claims=[], sentences=[], reading="waiting", is_newest=False)
    assert kinds(answer, "hold") == ["never_read"]


# --- Hold and kill: wrong -------------------------------------------------------------------------


def test_what_is_untenable_kills_when_the_article_says_it_in_its_own_words():
    answer = asked(wrong())
    [reason] = answer.reasons
    assert (answer.decision, reason.kind) == ("kill", "wrong_in_own_words")
    assert reason.says == "Rated “False”, and the article says it in its own words."


def test_reported_as_somebody_elses_words_it_holds():
    answer = asked(wrong(speakers=("The mayor",)))
    assert (answer.decision, kinds(answer)) == ("hold", ["wrong_as_reported"])
    assert "The mayor" in answer.reasons[0].says


def test_and_so_does_a_quotation():
    assert asked(wrong(kind="quotation")).decision == "hold"


def test_an_editor_who_sees_that_the_article_calls_it_wrong_lets_it_stand():
    answer = asked(wrong(speakers=("The mayor",)), rulings=[ruling("stands")])
    assert (answer.decision, kinds(answer)) == ("go", ["stands"])
    assert "The article says so." in answer.reasons[0].says


def test_but_nobody_lets_stand_what_the_article_says_in_its_own_words():
    assert asked(wrong(), rulings=[ruling("stands")]).decision == "kill"
    assert asked(wrong(), changes=[change("waived")]).decision == "kill"


def test_what_was_let_stand_under_one_verdict_is_not_under_the_next():
    later = claim(speakers=("The mayor",), finding=found("no", at=NOW))
    given = ruling("stands", made_at=NOW - timedelta(days=1))
    assert asked(later, rulings=[given]).decision == "hold"


def test_a_headline_that_says_what_is_untenable_kills_even_if_the_text_only_reports_it():
    headline = "Forty per cent of the buses ran late in March"
    reported = wrong(speakers=("The mayor",))
    answer = asked(reported, headline=headline, rulings=[ruling("stands")])
    assert (answer.decision, kinds(answer, "kill")) == ("kill", ["wrong_in_headline"])


@pytest.mark.parametrize(
    "headline",
    [
        "Did forty per cent of the buses run late in March?",
        "“Forty per cent of the buses ran late in March”",
        "The mayor is wrong about the city's buses",
    ],
)
def test_a_headline_that_asks_quotes_or_says_otherwise_does_not(headline):
    reported = wrong(speakers=("The mayor",))
    assert asked(reported, headline=headline, rulings=[ruling("stands")]).decision == "go"


def test_what_may_stand_only_with_a_change_holds_until_one_is_asked_for():
    answer = asked(half_true())
    assert (answer.decision, kinds(answer)) == ("hold", ["needs_change"])


def test_and_then_until_the_change_is_made():
    answer = asked(half_true(), changes=[change()])
    assert (answer.decision, kinds(answer)) == ("hold", ["change_open"])
    assert "“Forty” → “23”" in answer.reasons[0].says


def test_a_waived_change_lets_it_stand():
    answer = asked(half_true(), changes=[change("waived")])
    assert (answer.decision, kinds(answer)) == ("go", ["stands"])


def test_a_change_that_was_made_after_the_verdict_is_what_the_verdict_asked_for():
    made = change("made", closed_because="The new text has the wording to use.", closed_at=NOW)
    assert asked(half_true(), changes=[made]).decision == "go"
    later = claim(finding=found("with_change", at=NOW + timedelta(hours=1)))
    assert kinds(asked(later, changes=[made])) == ["needs_change"]


def test_but_nothing_that_is_untenable_is_made_right_beside_its_words():
    assert asked(wrong(), changes=[change("made", closed_at=NOW)]).decision == "kill"


def test_an_open_change_holds_also_where_no_claim_is():
    answer = asked(right(), changes=[change(claim_id=None, wording_to_use="")])
    assert (answer.decision, kinds(answer)) == ("hold", ["cut_open"])


def test_a_change_that_was_made_holds_nothing():
    assert asked(right(), changes=[change("made")]).decision == "go"


# --- Left to the author ---------------------------------------------------------------------------


def test_a_claim_that_is_left_to_the_author_holds_nothing_and_is_said():
    answer = asked(claim(), rulings=[ruling("on_author")])
    assert (answer.decision, kinds(answer)) == ("go", ["on_author"])
    assert answer.coverage.cleared == 2


def test_nor_does_a_sentence():
    left = ruling("on_author", None, REPORT)
    answer = asked(claims=[right()], rulings=[left])
    assert (answer.decision, kinds(answer), answer.coverage.cleared) == ("go", ["on_author"], 2)


def test_a_verdict_says_more_than_what_was_left_to_the_author():
    assert asked(wrong(), rulings=[ruling("on_author")]).decision == "kill"


# --- What else to know ----------------------------------------------------------------------------


def test_an_embargo_is_said_and_holds_nothing():
    answer = asked(right(), embargo_until=NOW + timedelta(hours=1))
    assert (answer.decision, kinds(answer, "info")) == ("go", ["embargo"])
    assert asked(right(), embargo_until=NOW).reasons == []


def test_that_a_newer_text_is_there_is_said():
    assert kinds(asked(right(), is_newest=False, newest=2)) == ["superseded"]


def test_what_the_desk_could_not_do_is_said():
    assert asked(right(), note="No rules for fr.").reasons[0].says == "No rules for fr."


def test_reasons_come_the_gravest_first_and_then_in_reading_order():
    answer = asked(wrong(), note="Some.")
    assert kinds(answer) == ["wrong_in_own_words", "note"]
    answer = asked(claims=[wrong()], note="Some.")
    assert kinds(answer) == ["wrong_in_own_words", "no_claim", "note"]


# --- A lead's word --------------------------------------------------------------------------------


def said(decision, killed=()):
    return OverrideFact(decision, "Seen.", "Lena", NOW, "hold", frozenset(killed))


def test_a_lead_can_let_out_what_is_held():
    answer = asked(claim(), override=said("go"))
    assert (answer.decision, answer.found, answer.overridden) == ("go", "hold", True)
    assert kinds(answer) == ["not_checked"]


def test_and_hold_what_may_go():
    assert asked(right(), override=said("hold")).decision == "hold"
    assert asked(right(), override=said("kill")).decision == "kill"


def test_an_override_covers_the_reasons_to_kill_that_were_known():
    [known] = asked(wrong()).reasons
    assert asked(wrong(), override=said("go", [known.key])).decision == "go"


def test_but_none_that_comes_later():
    answer = asked(wrong(), override=said("go"))
    assert (answer.decision, answer.overridden) == ("kill", False)
    assert answer.override is not None


def test_lifted_the_rule_has_the_word_again():
    answer = asked(claim(), override=said("lifted"))
    assert (answer.decision, answer.override) == ("hold", None)
