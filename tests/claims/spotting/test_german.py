"""A second language is a file of rules and nothing else."""

from datetime import UTC, date, datetime

import pytest

from claims.spotting import ArticleText, Kind, Role, languages, read, spot

PUBLISHED = datetime(2025, 3, 5, tzinfo=UTC)  # a Wednesday
TEXT = (
    "Von Karl Beispiel\n"
    "Foto: dpa/Muster\n"
    "Die Polizei teilte am Freitag mit, dass rund 1.200 Menschen demonstrierten.\n"
    "„Es gab zwölf Festnahmen“, sagte Sprecherin Anna Weber der Morgenzeitung. "
    "Sie ergänzte, dass vor zwei Wochen nur fünf Menschen festgenommen wurden.\n"
    "Lesen Sie auch: Was die Stadt plant\n"
    "Die Zahl der Fälle stieg von 40 auf 60, ein Plus von 20 Prozent. "
    "Nach Angaben des Ministeriums kostete das 3,5 Millionen Euro.\n"
    "Der Vorfall ereignete sich am 3. Oktober 2024 in Berlin."
)


@pytest.fixture
def article() -> ArticleText:
    return ArticleText(TEXT, "de", PUBLISHED)


def test_both_languages_are_offered():
    assert set(languages()) >= {"en", "de"}


def test_german_furniture_is_recognised(article: ArticleText):
    kinds = [s.kind for s in read(article)]
    assert [i for i, kind in enumerate(kinds) if kind is Kind.FURNITURE] == [0, 1, 5]


def test_german_speakers_are_found_in_front_of_their_verb_and_behind_it(article: ArticleText):
    claimants = [
        next((link.name for link in s.chain if link.role is Role.CLAIMANT), None)
        for s in read(article)
        if s.kind is not Kind.FURNITURE
    ]
    assert claimants == ["Polizei", "Anna Weber", "Anna Weber", None, "Ministeriums", None]


def test_german_dates_and_figures_are_read(article: ArticleText):
    found = spot(article)
    assert found[0].dates[0].first == date(2025, 2, 28)
    assert (found[0].quantities[0].low, found[0].quantities[0].high) == (1100, 1300)
    assert found[4].quantities[0].value == 3_500_000
    assert found[5].dates[0].first == date(2024, 10, 3)


def test_german_figures_that_do_not_fit_are_raised(article: ArticleText):
    (misfit,) = spot(article)[3].misfits
    assert (misfit.rule, misfit.stated, misfit.computed) == ("change", 20, 50)
