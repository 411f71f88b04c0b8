"""How much each word of a query says, and how much of the query a text has to hold.

A word says the more the fewer texts it is in. A text is an answer when it holds words that make up
`ENOUGH` of what the whole query says: one word of one, both of two, three of five, most of a whole
sentence. Words of more than `MOST_COUNTED` texts are not looked up by themselves; they only put
better answers first. So there are no lists of stop-words: an archive knows its own.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log

from claims.searching.endings import forms_of
from claims.searching.words import number_of, words_to_find

MOST_COUNTED = 10_000
"""Texts with a word are counted no further than this."""
MOST_WORDS = 24
"""Words of a query that are looked up, the first ones."""
MOST_WITH_FORMS = 8
"""The longest words of a query, whose other forms are looked up as well."""
ENOUGH = 0.6
_FORM = 0.75
"""What another form of a word is worth beside the word itself."""
_COMMON = 20
"""What a common word adds, in hundredths."""
_MOST_COMMON = 3


@dataclass(frozen=True)
class Asked:
    """A word of a query, as the index keeps it, and what may be other forms of it."""

    term: int
    forms: tuple[int, ...] = ()


@dataclass(frozen=True)
class Plan:
    """What to look up: `(term, word, weight)` of every term, the numbers of common words, and
    the least sum of weights (the highest of each word) that makes an answer.

    Without terms, `common` has to be there all together; without those, nothing is found.
    """

    terms: tuple[tuple[int, int, int], ...] = ()
    common: tuple[int, ...] = ()
    least: int = 0
    bonus: int = _COMMON


def asked(query: str) -> list[Asked]:
    """Return the words of `query` that are looked up."""
    words = words_to_find(query)[:MOST_WORDS]
    with_forms = set(sorted(words, key=len, reverse=True)[:MOST_WITH_FORMS])
    return [
        Asked(number_of(word), _numbers(forms_of(word) if word in with_forms else ()))
        for word in words
    ]


def _numbers(words: Iterable[str]) -> tuple[int, ...]:
    return tuple(map(number_of, words))


def plan(words: list[Asked], counts: Mapping[int, int], texts: int) -> Plan:
    """Return what to look up, given how many texts each term is in and how many there are."""
    found = [(word, _texts_with(word, counts)) for word in words]
    common = [word.term for word, number in found if number >= MOST_COUNTED]
    rare = [(word, number) for word, number in found if number < MOST_COUNTED]
    known = [_weight(number, texts) for _, number in rare if number]
    if not known:
        # A query of common words only; one with an unknown word beside them finds nothing.
        return Plan(common=tuple(common) if not rare else ())
    unknown = max(known)
    whole = sum(_weight(number, texts) if number else unknown for _, number in rare)
    return Plan(
        terms=tuple(
            term
            for at, (word, number) in enumerate(rare)
            for term in _terms(at, word, counts, _weight(number, texts) if number else 0)
        ),
        common=tuple(common[:_MOST_COMMON]),
        least=int(whole * ENOUGH),
    )


def _texts_with(word: Asked, counts: Mapping[int, int]) -> int:
    return sum(counts.get(term, 0) for term in (word.term, *word.forms))


def _weight(number: int, texts: int) -> int:
    return round(100 * log(1 + max(texts, number) / number))


def _terms(
    at: int, word: Asked, counts: Mapping[int, int], weight: int
) -> Iterable[tuple[int, int, int]]:
    if counts.get(word.term):
        yield word.term, at, weight
    for form in word.forms:
        if counts.get(form):
            yield form, at, int(weight * _FORM)
