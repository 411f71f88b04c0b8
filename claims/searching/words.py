"""The words by which a text is found, in any script, folded so that case and accents do not matter.

Scripts that put no spaces between words (Chinese, Japanese, Thai …) and Korean, whose particles
stick to the words, are cut into single characters and pairs of neighbours. Figures lose what groups
their digits: 1,200 and 1.200 are one word, 1200.
"""

import unicodedata
from hashlib import blake2b

import regex

MOST_WORDS = 400
"""Words of one text that are kept; a claim has about twenty."""
LONGEST_WORD = 40

_SPACELESS = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}ー"
_RUN = regex.compile(
    rf"(?P<spaceless>[{_SPACELESS}]+)|[[\p{{L}}\p{{M}}\p{{N}}]--[{_SPACELESS}]]+", regex.V1
)
_GROUPED = regex.compile(r"(?<=\d)[.,'’\u00a0\u202f](?=\d{3}(?!\d))")
# Accents of Latin, Greek and Cyrillic, the points of Hebrew, the vowels of Arabic and its tatweel.
_MARKS = regex.compile("[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670]+")
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
    | {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ё": "е"}
)
_ARTICLE = "ال"
"""The Arabic article, which is written in one with its word."""


def fold(text: str) -> str:
    """Return `text` in small letters without accents, in one Unicode form."""
    if text.isascii():
        return text.lower()
    bare = _MARKS.sub("", unicodedata.normalize("NFKD", text.casefold()))
    return unicodedata.normalize("NFC", bare).casefold().translate(_LETTERS)


def words_to_keep(*texts: str) -> set[str]:
    """Return the words under which `texts` are found."""
    found: dict[str, None] = {}
    for text in texts:
        for word, spaceless in _runs(text):
            found |= dict.fromkeys([*word, *_pairs(word)] if spaceless else [word])
    return set(list(found)[:MOST_WORDS])


def words_to_find(query: str) -> list[str]:
    """Return the different words of `query`, in its order, as `words_to_keep` keeps them."""
    found: dict[str, None] = {}
    for word, spaceless in _runs(query):
        found |= dict.fromkeys((_pairs(word) or [word]) if spaceless else [word])
    return list(found)


def _runs(text: str) -> list[tuple[str, bool]]:
    """Return runs of letters and digits, each with whether its script has no spaces."""
    ungrouped = _GROUPED.sub("", fold(text))
    return [
        (_plain(run[0]), False) if run["spaceless"] is None else (run[0], True)
        for run in _RUN.finditer(ungrouped)
    ]


def _plain(word: str) -> str:
    if word.startswith(_ARTICLE) and len(word) > len(_ARTICLE) + 2:
        word = word[len(_ARTICLE) :]
    return word[:LONGEST_WORD]


def _pairs(run: str) -> list[str]:
    return [run[at : at + 2] for at in range(len(run) - 1)]


def number_of(term: str) -> int:
    """Return the number under which the index keeps `term`: 64 bits, signed, always the same."""
    return int.from_bytes(blake2b(term.encode(), digest_size=8).digest(), "big", signed=True)
