"""One canonical text, whatever the characters."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.intake.canonical import canonical_line, canonical_text, reorders_text

CHARACTERS = st.one_of(
    st.characters(codec=None),
    st.sampled_from(
        "\u200b\u0e01\u0344\u0958\u0300\u0315\n\r\v\f \t\u00a0\u202f\u3000\u2028\u2029\x93\x85\x00"
        "\U0001f3f4\U000e0067\U000e007f\ufeff\u202e\u2067\u1100\u1161\u11a8abc.“"
    ),
)
WRAPPED = (
    "The council voted on Tuesday to close the old swimming bath, after two\n"
    "years of argument about what its repair would cost and who would pay it\n"
    "in the end.\n\nNobody spoke against it."
)


@settings(max_examples=500, deadline=None)
@given(st.text(CHARACTERS, max_size=200))
def test_reading_a_canonical_text_again_changes_nothing(raw):
    once = canonical_text(raw)
    assert canonical_text(once) == once


@settings(max_examples=500, deadline=None)
@given(st.text(CHARACTERS, max_size=200))
def test_a_canonical_text_is_normalised_and_can_be_stored_anywhere(raw):
    text = canonical_text(raw)
    assert unicodedata.is_normalized("NFC", text)
    assert "\0" not in text
    text.encode("utf-8")  # no half of a surrogate pair is left
    assert not reorders_text(text)


@settings(max_examples=500, deadline=None)
@given(st.text(CHARACTERS, max_size=200))
def test_every_paragraph_is_one_trimmed_line_between_blank_ones(raw):
    text = canonical_text(raw)
    for paragraph in text.split("\n\n") if text else []:
        assert paragraph
        assert paragraph == paragraph.strip()
        assert "\n" not in paragraph
        assert canonical_line(paragraph) == paragraph


def test_each_pasted_line_is_a_paragraph():
    assert canonical_text("One.\r\nTwo.\rThree.\n\n\n Four. ") == "One.\n\nTwo.\n\nThree.\n\nFour."


def test_lines_wrapped_at_a_fixed_width_are_joined():
    first, second = canonical_text(WRAPPED).split("\n\n")
    assert first.endswith("who would pay it in the end.")
    assert second == "Nobody spoke against it."


def test_a_list_is_not_taken_for_a_wrapped_paragraph():
    items = "\n".join(f"- item {n} that is about as long as the others are" for n in "abc")
    assert len(canonical_text(items).split("\n\n")) == 3


@pytest.mark.parametrize("quoted", ["“so”", '"so"', "«\u00a0so\u00a0»", "„so“", "「so」", "‘so’"])
def test_quotation_marks_stay_as_written(quoted):
    assert canonical_text(quoted) == quoted


def test_quotation_marks_misread_from_windows_are_repaired():
    assert canonical_text("He said \x93no\x94 \x96 twice") == "He said “no” – twice"


def test_words_cannot_be_hidden_from_a_search():
    assert canonical_text("ze\u200bro se\u00adven n\u2060ine") == "zero seven nine"


@pytest.mark.parametrize(
    "text",
    [
        "שלום עולם, אמר ראש הממשלה.",
        "قال الوزير إن «الأسعار» ارتفعت ٥٪.",
        "می\u200cخواهم",
        "ภาษา\u200bไทย",
        "記者は「はい」と述べた。",
        "Việt Nam",
        "क्षि",
        "👩\u200d🚒",
    ],
)
def test_other_alphabets_stay_intact(text):
    assert canonical_text(text) == unicodedata.normalize("NFC", text)


def test_what_would_show_a_text_in_another_order_is_removed_but_marks_of_direction_stay():
    assert canonical_text("pay \u202e0001\u202c now") == "pay 0001 now"
    assert canonical_text("שלום\u200f!") == "שלום\u200f!"
    assert reorders_text("a\u2067b")


def test_a_letter_and_its_accent_become_one_character_even_around_something_invisible():
    assert canonical_text("e\u200b\u0301te\u0301") == "été"
