"""Which words a text is found by, in any script."""

import pytest

from claims.searching.endings import forms_of
from claims.searching.marks import address_term, site_of
from claims.searching.words import fold, number_of, words_to_find, words_to_keep


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Größe", "grosse"),
        ("ÉCOLE", "ecole"),
        ("Łódź", "lodz"),
        ("ΑΘΉΝΑ", "αθηνα"),
        ("Ёлка", "елка"),
        ("e\u0301", "e"),
        ("مُحَمَّد", "محمد"),
        ("がぎ", "がぎ"),
        ("ＡＢＣ", "abc"),
    ],
)
def test_case_and_accents_do_not_matter(written, folded):
    assert fold(written) == folded


def test_words_are_letters_and_digits():
    assert words_to_keep("The minister’s 3.5% rise — “again”!") == {
        "the",
        "minister",
        "s",
        "3",
        "5",
        "rise",
        "again",
    }


@pytest.mark.parametrize("written", ["1,200,000", "1.200.000", "1’200’000", "1200000"])
def test_what_groups_digits_does_not_matter(written):
    assert words_to_find(f"{written} euros") == ["1200000", "euros"]


def test_scripts_without_spaces_are_found_by_pairs_of_neighbours():
    kept = words_to_keep("新冠疫苗含有芯片")
    assert set(words_to_find("疫苗")) <= kept
    assert set(words_to_find("疫苗芯片")) - kept == {"苗芯"}
    assert set(words_to_find("片")) <= kept
    assert set(words_to_find("วัคซีน")) <= words_to_keep("ไม่จริง วัคซีนมีชิป")
    assert set(words_to_find("백신")) <= words_to_keep("백신은 위험하다")


def test_the_arabic_article_does_not_matter():
    assert words_to_find("اللقاح") == words_to_find("لقاح")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("vaccines", "vaccine"),
        ("bus", "buses"),
        ("minister", "ministers"),
        ("impfung", "impfungen"),
        ("москва", "москвой"),
        ("elections", "election"),
    ],
)
def test_other_forms_of_a_word_are_among_what_is_looked_up(one, other):
    assert other in forms_of(one) or one in forms_of(other)


def test_figures_and_pairs_have_no_other_forms():
    assert forms_of("2024") == []
    assert forms_of("疫苗") == []


def test_a_word_has_the_same_number_everywhere():
    assert number_of("bridge") == -1292659927336303578
    assert -(2**63) <= number_of("") < 2**63


@pytest.mark.parametrize(
    "written",
    [
        "https://www.talk.example/a.jpg",
        "http://talk.example/a.jpg",
        "https://TALK.example:443/a.jpg#top",
        "https://talk.example/a.jpg/?utm_source=mail&fbclid=x",
    ],
)
def test_an_address_is_known_in_its_usual_spellings(written):
    assert address_term(written) == "@talk.example/a.jpg"


def test_addresses_that_differ_in_what_matters_differ():
    assert address_term("https://a.example/?id=1") != address_term("https://a.example/?id=2")
    assert address_term("https://a.example:8080/") != address_term("https://a.example/")


def test_what_is_no_address_has_no_site():
    assert site_of("http://[::1") == ""
    assert site_of("no address") == ""
    assert address_term("http://[::1") == "@http://[::1"
