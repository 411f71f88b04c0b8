"""Why a task waits is kept in English and said in the language of whoever reads it."""

import pytest
from django.utils import translation

from desk import why

VALUES = {"beat": "politics", "language": "pt-BR", "times": 5}


@pytest.mark.parametrize("sentence", why.SENTENCES)
def test_every_sentence_is_known_again_with_what_fills_its_gaps(sentence):
    kept = sentence % VALUES
    assert why.in_words(kept) == kept
    with translation.override("de"):
        said = why.in_words(kept)
    assert said != kept
    filled = [str(value) for name, value in VALUES.items() if f"%({name})s" in sentence]
    assert all(value in said for value in filled)


def test_what_somebody_wrote_stays_as_it_is():
    with translation.override("de"):
        assert why.in_words("Nobody covers for me.") == "Nobody covers for me."
        assert why.in_words("") == ""
