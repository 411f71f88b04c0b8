"""Statements that repeat one the desk has checked before: pure, over words.

Two statements are compared by their sorted words, so that the order and small words between them
count little. A near match is a reason to look, never a verdict: "23 per cent" beside an earlier
"40 per cent" is exactly what a checker wants to be shown.
"""

from collections.abc import Mapping, Sequence

import regex
from rapidfuzz import fuzz, process

NEARLY = 80.0
LEAST_WORDS = 4
_WORD = regex.compile(r"\w+")


def repeated(statements: Mapping[int, str], checked: Sequence[str]) -> dict[int, float]:
    """Return how surely each of `statements` (by key) repeats one of `checked`, 0 to 1.

    Those that repeat none, or have fewer than four words, are left out. 150 statements against
    3,000 take about half a second.
    """
    keys = {key: _key(words) for key, words in statements.items()}
    asked = {key: words for key, words in keys.items() if words.count(" ") >= LEAST_WORDS - 1}
    known = [words for words in map(_key, checked) if words]
    if not asked or not known:
        return {}
    scores = process.cdist(list(asked.values()), known, scorer=fuzz.ratio, score_cutoff=NEARLY).max(
        axis=1
    )
    return {key: float(score) / 100 for key, score in zip(asked, scores, strict=True) if score}


def _key(words: str) -> str:
    return " ".join(sorted(_WORD.findall(words.lower())))
