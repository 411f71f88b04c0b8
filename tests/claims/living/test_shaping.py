"""Shaping suggestions: other words, split, merged, accepted together."""

import pytest

from claims.actions import (
    accept_claim,
    accept_suggestions,
    change_claim,
    enter_claim,
    merge_claims,
    requote_claim,
    split_claim,
)
from claims.errors import Conflict, Invalid, NotAllowed, Stale
from claims.states import ClaimState
from desk.models import VerificationTask
from tests.claims.living.story import (
    LEAD,
    QUOTE,
    REPORT,
    SAID,
    STORY,
    claim_on,
    quotes,
    revised,
    suggested,
)
from tests.record import last_event, refused

pytestmark = pytest.mark.django_db
HALVES = ["paid 4.2 million euros", "ten electric buses in 2024"]


# --- Requote --------------------------------------------------------------------------------------


def test_a_suggestion_takes_other_words_of_the_text_and_is_weighed_by_them(integration, checker):
    claim = claim_on(suggested(integration), LEAD)
    assert len(claim.particulars["quantities"]) > 1
    shorter = requote_claim(actor=checker, claim=claim, quote=HALVES[0])
    assert (shorter.quote, shorter.passage.exact) == (HALVES[0], HALVES[0])
    [quantity] = shorter.particulars["quantities"]
    assert shorter.quote[quantity["start"] : quantity["end"]] == quantity["text"]
    assert sum(factor["share"] for factor in shorter.factors) == pytest.approx(
        shorter.check_worthiness, abs=0.001
    )
    assert last_event(claim).detail["before"] == {"quote": LEAD}


def test_words_that_are_not_there_are_refused(integration, checker):
    claim = claim_on(suggested(integration), LEAD)
    for words in ("paid nine billion drachmas", "  "):
        with refused(Invalid, "not in the article"):
            requote_claim(actor=checker, claim=claim, quote=words)


def test_words_that_are_another_claim_already_are_refused(integration, checker):
    article = suggested(integration)
    with refused(Invalid, "a claim already"):
        requote_claim(actor=checker, claim=claim_on(article, LEAD), quote=REPORT)


def test_what_was_accepted_keeps_its_words(integration, checker):
    claim = accept_claim(actor=checker, claim=claim_on(suggested(integration), LEAD))
    with refused(Conflict, "only suggestions"):
        requote_claim(actor=checker, claim=claim, quote=HALVES[0])


def test_somebody_elses_change_is_not_overlooked(integration, checker):
    claim = claim_on(suggested(integration), LEAD)
    change_claim(actor=checker, claim=claim, changes={"statement": "Ten buses"})
    with refused(Stale):
        requote_claim(actor=checker, claim=claim, quote=HALVES[0], expected_revision=1)


# --- Split ----------------------------------------------------------------------------------------


def test_a_suggestion_is_split_into_claims_that_keep_its_chain(integration, checker):
    article = suggested(integration)
    whole = claim_on(article, SAID)
    parts = split_claim(
        actor=checker, claim=whole, quotes=["40 per cent of the buses", "ran late in March"]
    )
    assert [part.quote for part in parts] == ["40 per cent of the buses", "ran late in March"]
    assert {part.state for part in parts} == {ClaimState.SUGGESTED}
    for part in parts:
        assert [link.source.name for link in part.attributions.all()] == ["Ruth Adler"]
    assert [len(part.particulars["dates"]) for part in parts] == [0, 1]
    whole.refresh_from_db()
    assert whole.state == ClaimState.DISMISSED
    event = last_event(whole)
    assert (event.verb, event.detail["into"]) == ("split", [part.pk for part in parts])


def test_the_parts_are_looked_for_in_the_claim_itself(integration, checker):
    body = (
        f"Ten buses came. Ten trams came too.\n\n{STORY}\n\nIn all, ten buses and ten trams came."
    )
    article = suggested(integration, body)
    whole = claim_on(article, "In all, ten buses and ten trams came.")
    parts = split_claim(actor=checker, claim=whole, quotes=["ten buses", "ten trams came"])
    assert all(part.passage.start >= whole.passage.start for part in parts)


@pytest.mark.parametrize("words", [[], [HALVES[0]], [HALVES[0], "not in it at all"]])
def test_a_split_needs_two_quotes_that_are_there(integration, checker, words):
    whole = claim_on(suggested(integration), LEAD)
    with refused(Invalid):
        split_claim(actor=checker, claim=whole, quotes=words)


def test_what_was_split_does_not_come_back_when_its_words_change(integration, checker):
    article = suggested(integration)
    whole = claim_on(article, LEAD)
    split_claim(actor=checker, claim=whole, quotes=HALVES)
    revised(integration, article, STORY.replace("4.2 million", "4.3 million"))
    whole.refresh_from_db()
    assert whole.state == ClaimState.DISMISSED
    assert len([one for one in quotes(article) if "4.3 million" in one]) == 2


# --- Merge ----------------------------------------------------------------------------------------


def test_two_suggestions_become_one_from_first_word_to_last(integration, checker):
    article = suggested(integration)
    first, second = claim_on(article, SAID), claim_on(article, QUOTE)
    merged = merge_claims(actor=checker, claims=[second, first])
    assert merged.quote == f"{SAID}\n\n{QUOTE}"
    assert [link.source.name for link in merged.attributions.all()] == ["Ruth Adler"]
    names = {factor["name"] for factor in merged.factors}
    assert {"figures", "direct quotation"} <= names
    for one in (first, second):
        one.refresh_from_db()
        assert one.state == ClaimState.DISMISSED
        assert last_event(one).detail["into"] == [merged.pk]


def test_a_claim_merged_with_a_part_of_itself_stays_that_claim(integration, checker, editor):
    article = suggested(integration)
    whole = claim_on(article, LEAD)
    part = enter_claim(actor=editor, article=article, quote=HALVES[1])
    assert merge_claims(actor=checker, claims=[part, whole]) == whole
    whole.refresh_from_db()
    part.refresh_from_db()
    assert (whole.state, part.state) == (ClaimState.SUGGESTED, ClaimState.DISMISSED)


def test_one_claim_alone_or_of_two_articles_is_not_merged(integration, checker):
    one, other = suggested(integration), suggested(integration, headline="Another story")
    with refused(Invalid, "at least two"):
        merge_claims(actor=checker, claims=[claim_on(one, LEAD)] * 2)
    with refused(Invalid, "one article"):
        merge_claims(actor=checker, claims=[claim_on(one, LEAD), claim_on(other, SAID)])


def test_an_accepted_claim_is_not_merged(integration, checker):
    article = suggested(integration)
    accepted = accept_claim(actor=checker, claim=claim_on(article, LEAD))
    with refused(Conflict):
        merge_claims(actor=checker, claims=[accepted, claim_on(article, SAID)])


# --- Accept together ------------------------------------------------------------------------------


def test_all_from_a_score_on_are_accepted_and_queued(integration, checker):
    article = suggested(integration)
    scores = sorted(article.claims.values_list("check_worthiness", flat=True))
    threshold = scores[-2]
    accepted = accept_suggestions(actor=checker, article=article, at_least=threshold)
    assert {one.pk for one in accepted} == set(
        article.claims.filter(check_worthiness__gte=threshold).values_list("pk", flat=True)
    )
    assert VerificationTask.objects.filter(claim__in=accepted).count() == len(accepted)
    assert article.claims.suggested().count() == len(scores) - len(accepted)


def test_a_threshold_outside_0_to_1_is_refused(integration, checker):
    article = suggested(integration)
    with refused(Invalid, "between 0 and 1"):
        accept_suggestions(actor=checker, article=article, at_least=1.5)


@pytest.mark.parametrize("who", ["reporter", "integration", "stranger"])
def test_outside_the_desk_nobody_shapes_suggestions(who, request, integration):
    actor, article = request.getfixturevalue(who), suggested(integration)
    claim, other = claim_on(article, LEAD), claim_on(article, SAID)
    with refused(NotAllowed):
        accept_suggestions(actor=actor, article=article)
    with refused(NotAllowed):
        split_claim(actor=actor, claim=claim, quotes=HALVES)
    with refused(NotAllowed):
        merge_claims(actor=actor, claims=[claim, other])
    with refused(NotAllowed):
        requote_claim(actor=actor, claim=claim, quote=HALVES[0])
