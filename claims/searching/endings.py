"""Other forms of a word: “vaccine” is to find “vaccines”, whatever the language of the text.

No stemmer, for nobody says in which language a query is: the endings of the larger languages of
each script are taken off and put on, and what is no word is simply not found.
"""

from collections.abc import Iterator

MOST_FORMS = 60
_SHORTEST_STEM = 3
_STEM_FOR_LONG_ENDINGS = 4
_LATIN = (
    "", "s", "es", "e", "n", "en", "er", "ers", "ed", "ing", "d", "y", "ies", "a", "o", "os", "as",
    "i", "em", "al", "ation", "ations", "ated", "ion", "ions", "ern", "ow", "om", "u",
)  # fmt: skip
_CYRILLIC = (
    "", "а", "я", "о", "е", "и", "ы", "у", "ю", "ой", "ом", "ам", "ах", "ами", "ов", "ев", "ий",
    "ый", "ая", "ое", "ые", "ого", "ия", "ии", "й", "і", "ь",
)  # fmt: skip
_GREEK = ("", "σ", "α", "η", "ο", "οσ", "ον", "ου", "ων", "οι", "εσ", "ησ", "ασ", "ουσ")
_HEBREW = ("", "ים", "ות", "ה")
_ARABIC = ("", "ه", "ات", "ون", "ين", "ي", "يه")
_BY_SCRIPT = (
    ("a", "z", _LATIN),
    ("Ѐ", "ӿ", _CYRILLIC),
    ("Ͱ", "Ͽ", _GREEK),
    ("א", "ת", _HEBREW),
    ("ء", "ۿ", _ARABIC),
)


def forms_of(word: str) -> list[str]:
    """Return other words that may be forms of the folded `word`; most of them exist nowhere."""
    endings = next((of for first, last, of in _BY_SCRIPT if first <= word[:1] <= last), ())
    if not word.isalpha():
        return []
    found = dict.fromkeys(_forms(word, endings))
    found.pop(word, None)
    return list(found)[:MOST_FORMS]


def _forms(word: str, endings: tuple[str, ...]) -> Iterator[str]:
    """Yield what other endings make of the word; the longest ending taken off first."""
    for off in sorted(endings, key=len, reverse=True):
        if not word.endswith(off):
            continue
        stem = word.removesuffix(off) if off else word
        for on in endings:
            if _is_long_enough(stem, off, on):
                yield stem + on


def _is_long_enough(stem: str, off: str, on: str) -> bool:
    plain = {off, on} <= {"", "s", "es"}
    return len(stem) >= (_SHORTEST_STEM if plain else _STEM_FOR_LONG_ENDINGS)
