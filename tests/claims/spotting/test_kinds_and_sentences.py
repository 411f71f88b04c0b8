"""Where sentences end and what each of them is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.spotting import ArticleText, Kind, read, spot

from .helpers import sentences, suggestions

KINDS = [
    ("The bridge cost $4 million.", Kind.CHECKABLE),
    ("The mayor called the bridge “a wonder” in 2019.", Kind.CHECKABLE),
    ("“We will never close this bridge,” the mayor said.", Kind.QUOTATION),
    ("The mayor said: “Never.”", Kind.QUOTATION),
    ("Perhaps that would be the best way out.", Kind.OPINION),
    ("Smith did not respond to a request for comment.", Kind.NOTHING),
    ("Why?", Kind.NOTHING),
]


@pytest.mark.parametrize(("text", "kind"), KINDS)
def test_a_sentence_gets_its_kind(text: str, kind: Kind):
    assert sentences(text)[0].kind is kind


def test_nothing_to_check_is_read_and_not_suggested():
    text = "Why? The bridge cost $4 million."
    assert len(sentences(text)) == 2
    assert len(suggestions(text)) == 1


def test_abbreviations_and_asides_do_not_end_a_sentence():
    text = "The U.S. envoy met Mr. Dahl on Sept. 15 in Oslo. “Go!” he said. They left."
    assert [text[s.start : s.end] for s in sentences(text)] == [
        "The U.S. envoy met Mr. Dahl on Sept. 15 in Oslo.",
        "“Go!” he said.",
        "They left.",
    ]


def test_a_quotation_over_two_sentences_is_one_suggestion():
    text = "“The car came from the left. It never braked at all,” Tina Moss said."
    (only,) = suggestions(text)
    assert text[only.start : only.end] == text
    assert only.kind is Kind.QUOTATION


def test_two_independent_statements_in_a_sentence_are_two_suggestions():
    text = "Norway paid $40 million for the ships, but Sweden has paid nothing since 2019."
    first, second = suggestions(text)
    assert text[first.start : first.end] == "Norway paid $40 million for the ships"
    assert text[second.start : second.end] == "but Sweden has paid nothing since 2019."


def test_an_apostrophe_opens_no_quotation():
    text = "The crews' work on the farmers' fields ended in '98. 'It was hard,' said Ann Lee."
    assert [s.kind for s in sentences(text)] == [Kind.CHECKABLE, Kind.QUOTATION]


def test_an_unknown_language_is_read_by_figures_and_quotation_marks_alone():
    text = "Most kosztował 4 miliony. „To za dużo dla nas”."
    assert [s.kind for s in sentences(text, language="pl")] == [Kind.CHECKABLE, Kind.QUOTATION]


ODD = st.text(
    alphabet=st.sampled_from("aB c.D,\n“”\"'’‘„»«!?:;-–—()[]0 1%$€Ж中ا\u00a0\u200b\x00é"),
    max_size=200,
)


@settings(max_examples=150, deadline=None)
@given(ODD, st.sampled_from(["en", "de", "xx"]))
def test_whatever_the_text_every_character_that_is_no_space_is_in_one_sentence(
    text: str, language: str
):
    found = read(ArticleText(text, language))
    covered = [place for s in found for place in range(s.start, s.end)]
    assert len(covered) == len(set(covered))
    invisible = "\u200b\x00\u00a0"
    left = {
        place for place, sign in enumerate(text) if not sign.isspace() and sign not in invisible
    }
    assert left <= set(covered)


@settings(max_examples=100, deadline=None)
@given(ODD)
def test_suggestions_stand_in_reading_order_and_inside_the_text(text: str):
    found = spot(ArticleText(text))
    assert found == sorted(found, key=lambda s: (s.start, s.end))
    for suggestion in found:
        assert 0 <= suggestion.start < suggestion.end <= len(text)
        assert 0 <= suggestion.check_worthiness <= 1


def test_a_paragraph_of_fifty_thousand_characters_is_read():
    text = "The bridge cost $4 million in 1920 and nobody knows why it did. " * 800
    assert len(read(ArticleText(text))) >= 800


@pytest.mark.parametrize("piece", ["a", "Kim, ", "“a “b ", "1,2 ", "Ab "])
def test_a_sentence_without_end_is_read_in_pieces_of_bounded_length(piece: str):
    found = read(ArticleText(piece * (20_000 // len(piece))))
    assert found
    assert max(s.end - s.start for s in found) <= 3_000


def test_a_statement_with_a_remark_that_nobody_replied_is_still_checkable():
    text = "The pictures show a phone without keys on its front, although the firm has not replied."
    assert sentences(text)[0].kind is Kind.CHECKABLE
    assert sentences("The firm has not replied.")[0].kind is Kind.NOTHING
