"""The rules and word lists of one language, read from `data/<language>.toml`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import regex

DATA = Path(__file__).parent / "data"
NEUTRAL = "neutral"
NOTHING: frozenset[str] = frozenset()
NEVER = regex.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Word lists, compiled patterns and tables of one language; what is not there is empty."""

    language: str
    words: Mapping[str, frozenset[str]]
    patterns: Mapping[str, "regex.Pattern[str]"]
    furniture: Mapping[str, "regex.Pattern[str]"]
    tables: Mapping[str, Mapping[str, Any]]

    def has(self, group: str, word: str) -> bool:
        """Whether `word` (lower case) stands in the list `group`."""
        return word in self.words.get(group, NOTHING)

    def group(self, name: str) -> frozenset[str]:
        """The word list of that name, empty where the language has none."""
        return self.words.get(name, NOTHING)

    def pattern(self, name: str) -> "regex.Pattern[str]":
        """The pattern of that name; one that never matches where the language has none."""
        return self.patterns.get(name, NEVER)

    def table(self, name: str) -> Mapping[str, Any]:
        """The table of that name, empty where the language has none."""
        return self.tables.get(name, {})


def languages() -> tuple[str, ...]:
    """The languages that have rules of their own, as ISO 639-1 codes."""
    return tuple(sorted(path.stem for path in DATA.glob("*.toml") if path.stem != NEUTRAL))


@lru_cache(maxsize=32)
def lexicon_for(language: str) -> Lexicon:
    """The rules for a language tag ("de", "en-GB"); the neutral ones where there are none."""
    code = language.lower().replace("_", "-").split("-")[0]
    return _read(code if code in languages() else NEUTRAL)


@lru_cache(maxsize=32)
def _read(name: str) -> Lexicon:
    with (DATA / f"{name}.toml").open("rb") as file:
        raw = tomllib.load(file)
    lists = raw.get("words", {})
    shared = {key: _alternatives(value) for key, value in lists.items()}
    return Lexicon(
        language=name,
        words={key: frozenset(_entries(value)) for key, value in lists.items()},
        patterns=_compiled(raw.get("patterns", {}), shared),
        furniture=_compiled(raw.get("furniture", {}), shared),
        tables=raw.get("tables", {}),
    )


def _entries(value: str | list[str]) -> list[str]:
    """A list of phrases as it is, a text as its words."""
    return value.split() if isinstance(value, str) else value


def _alternatives(value: str | list[str]) -> str:
    longest_first = sorted(_entries(value), key=len, reverse=True)
    return "(?:" + "|".join(regex.escape(entry) for entry in longest_first) + ")"


def _compiled(raw: Mapping[str, str], shared: Mapping[str, str]) -> dict[str, "regex.Pattern[str]"]:
    """Compile verbose patterns in which `<<list>>` stands for any entry of that word list."""
    compiled = {}
    for name, source in raw.items():
        filled = regex.sub(r"<<(\w+)>>", lambda found: shared[found[1]], source)
        compiled[name] = regex.compile(filled, regex.VERBOSE | regex.MULTILINE)
    return compiled
