"""Texts whose words occur as words do: a few everywhere, most of them hardly ever (Zipf's law)."""

import itertools
import random

VOCABULARY = 60_000
_SYLLABLES = (
    "ba", "ke", "mi", "to", "ru", "sa", "len", "dor", "vi", "ga",
    "pol", "ner", "ti", "qua", "zel", "mo", "fra", "stu", "che", "lo",
)  # fmt: skip
_FLATTER = 2.7  # how much less the commonest words stand out than 1/rank has it


class Wording:
    """Makes texts; the same `seed` makes the same ones."""

    def __init__(self, seed: int) -> None:
        words = random.Random(1)
        self._words = list(dict.fromkeys(_word(words) for _ in range(VOCABULARY)))
        shares = (1 / (rank + _FLATTER) for rank in range(len(self._words)))
        self._shares = list(itertools.accumulate(shares))
        self.random = random.Random(seed)

    def text(self, words: int) -> str:
        """Return a text of so many words."""
        return " ".join(self.random.choices(self._words, cum_weights=self._shares, k=words))


def _word(choice: random.Random) -> str:
    return "".join(choice.choice(_SYLLABLES) for _ in range(choice.randint(1, 4)))
