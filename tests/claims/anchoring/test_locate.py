import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.anchoring import Found, NotFound, describe, locate
from tests.pace import is_within

TEXT = (
    "The “mayor”  said 15 people — not 50 — had died. Café owners left the square.\n"
    "The mayor left on May 2015. Prices rose by 1,000 crowns.\n"
    "“It’s over,” she said. The mayor left the hall."
)


def found(quote, **hints):
    result = locate(TEXT, quote, **hints)
    assert isinstance(result, Found), result
    assert result.anchor.fits(TEXT)
    return result


def missing(text, quote):
    result = locate(text, quote)
    assert isinstance(result, NotFound), result
    return result


def test_a_passage_is_described_by_its_words_its_surroundings_and_its_place():
    anchor = describe("One two three four.", 4, 7, context=4)
    assert (anchor.exact, anchor.prefix, anchor.suffix) == ("two", "One ", " thr")
    assert (anchor.start, anchor.end) == (4, 7)


def test_offsets_count_code_points_also_beyond_the_basic_plane():
    text = "😀😀 The mayor left."
    assert locate(text, "The mayor").anchor.start == 3


@pytest.mark.parametrize(("start", "end"), [(2, 2), (3, 1), (-1, 2), (0, 99)])
def test_an_empty_or_impossible_passage_is_refused(start, end):
    with pytest.raises(ValueError, match="No passage"):
        describe("Some words.", start, end)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ('The "mayor" said', "The “mayor”  said"),
        ("15 people - not 50 - had", "15 people — not 50 — had"),
        ("15 people -- not 50", "15 people — not 50"),
        ("It's over", "It’s over"),
        ("left the\n  square.\nThe mayor", "left the square.\nThe mayor"),
        (unicodedata.normalize("NFD", "Café owners"), "Café owners"),
        ("  Prices rose  ", "Prices rose"),
    ],
)
def test_a_quotation_is_found_in_the_articles_own_spelling(typed, written):
    assert found(typed).anchor.exact == written


def test_a_composed_quotation_is_found_in_a_decomposed_article():
    text = unicodedata.normalize("NFD", "The café closed.")
    result = locate(text, "café closed")
    assert result.anchor.fits(text)
    assert result.anchor.exact == unicodedata.normalize("NFD", "café closed")


def test_a_letter_is_not_found_within_its_accented_form():
    missing(unicodedata.normalize("NFD", "The café"), "The cafe")


@pytest.mark.parametrize(
    "typed", ["the mayor left on May 2015", "people not 50", "1000 crowns", "she sai"]
)
def test_case_missing_marks_and_half_words_are_not_verbatim(typed):
    missing(TEXT, typed)


@pytest.mark.parametrize("typed", ["5 people", "000 crowns", "1", "ayor"])
def test_part_of_a_figure_or_word_is_not_found_within_it(typed):
    missing(TEXT, typed)


def test_a_statement_is_not_found_within_its_negation():
    missing("The mayor can’t stay.", "The mayor can")


def test_a_quotation_that_is_not_there_is_refused_with_the_nearest_passage():
    result = missing(TEXT, "The mayor quit on May 2015.")
    assert result.nearest.exact == "The mayor left on May 2015."
    assert 0.7 < result.similarity < 1


def test_the_nearest_passage_may_be_a_clause():
    text = "Rain fell in the north, the old bridge was closed for repairs, and nobody was hurt."
    result = missing(text, "the old bridge was shut for repairs")
    assert result.nearest.exact == "the old bridge was closed for repairs"


def test_the_nearest_passage_may_be_two_sentences():
    result = missing(TEXT, "The mayor left on May 2014. Prices rose by 2,000 crowns.")
    assert result.nearest.exact == "The mayor left on May 2015. Prices rose by 1,000 crowns."


@pytest.mark.parametrize(
    ("text", "quote"), [("", "x"), ("Words.", ""), ("Words.", " \n"), ("", "")]
)
def test_nothing_is_nowhere(text, quote):
    assert missing(text, quote) == NotFound(None, 0.0)


def test_what_resembles_nothing_gets_no_suggestion():
    assert missing(TEXT, "zzzz qqqq xxxx").nearest is None


def test_of_several_places_the_one_with_the_given_surroundings_is_taken():
    assert found("The mayor left", suffix=" the hall").anchor.start == TEXT.rindex("The mayor")
    assert found("The mayor left", prefix="square. ").anchor.start == TEXT.index("The mayor left")


def test_without_surroundings_the_place_near_the_offset_is_taken():
    assert found("The mayor left", near=len(TEXT)).anchor.start == TEXT.rindex("The mayor")
    assert found("The mayor left", near=0).anchor.start == TEXT.index("The mayor left")


def test_a_choice_without_any_hint_says_that_it_is_unsure():
    result = found("The mayor left")
    assert (result.places, result.unsure) == (2, True)
    assert found("Prices rose").unsure is False


def test_the_exact_spelling_wins_over_a_variant():
    text = 'A “big” house. A "big" house.'
    assert locate(text, 'A "big" house').anchor.start == text.rindex("A ")


def test_scripts_without_spaces_are_searched_within_a_run_of_characters():
    assert locate("市长昨天辞职了。", "昨天辞职").anchor.start == 2


def test_a_character_that_composing_replaces_is_found_as_it_is_written():
    assert locate("He wrote \uf900 there.", "\uf900").anchor.exact == "\uf900"


def test_two_megabytes_without_a_single_sentence_end_are_searched_in_bounded_time():
    begin = time.thread_time()
    missing("word " * 400_000, "the old bridge was closed for repairs")
    missing("x" * 2_000_000, "the old bridge was closed for repairs")
    assert is_within(time.thread_time() - begin, 10)


@settings(deadline=None)
@given(st.text(max_size=80), st.integers(0, 80), st.integers(0, 80))
def test_every_whole_passage_of_any_text_is_found(text, one, other):
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    padded = f"{text[:start]} {text[start:end]} {text[end:]}"
    if not text[start:end].strip() or unicodedata.combining(text[start:end].strip()[0]):
        return
    result = locate(padded, text[start:end])
    assert isinstance(result, Found)
    assert result.anchor.fits(padded)


@settings(deadline=None)
@given(st.text(max_size=200), st.text(max_size=40), st.text(max_size=8), st.integers(0, 200))
def test_whatever_comes_back_fits_the_text(text, quote, hint, near):
    result = locate(text, quote, prefix=hint, suffix=hint, near=near)
    anchor = result.anchor if isinstance(result, Found) else result.nearest
    assert anchor is None or anchor.fits(text)
    assert result == locate(text, quote, prefix=hint, suffix=hint, near=near)
