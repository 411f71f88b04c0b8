"""How well spotting reads real articles, against the gold standard in bench/gold.

    python bench/spotting.py --articles DIR [--half test|tune] [--errors]

DIR holds the article files the gold standard names. Prints a table and exits with 1 where the test
half misses a target. `--errors` lists what went wrong, on the tune half only: nobody should learn
the test half by heart.
"""

import argparse
import json
import resource
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from rapidfuzz import fuzz
from sklearn.metrics import average_precision_score

from claims.spotting import ArticleText, Role, Sentence, Suggestion, read, spot

GOLD = Path(__file__).parent / "gold"
SAME_NAME = 85.0
TIMED_ROUNDS = 3
WORTH = ("checkable", "quotation")


@dataclass
class Count:
    """Right out of all."""

    right: int = 0
    total: int = 0

    def add(self, *, right: bool) -> None:
        """Count one more."""
        self.right += right
        self.total += 1

    @property
    def share(self) -> float:
        """Right out of all, 1 where there was nothing to get wrong."""
        return self.right / self.total if self.total else 1.0


@dataclass
class Score:
    """Everything counted over one half."""

    counts: dict[str, Count] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    ranked: list[tuple[int, float]] = field(default_factory=list)
    sentences: int = 0

    def add(self, name: str, *, right: bool) -> None:
        """Count one more under a name."""
        self.counts.setdefault(name, Count()).add(right=right)


@dataclass(frozen=True)
class Case:
    """A gold article joined to what spotting makes of it."""

    name: str
    article: ArticleText
    gold: dict[str, Any]
    sentences: list[Sentence]
    suggestions: list[Suggestion]


# name in the table → (target, whether it is a floor or a ceiling)
TARGETS: dict[str, float] = {
    "checkable found (recall)": 0.95,
    "checkable (precision)": 0.80,
    "something to check found (recall)": 0.95,
    "something to check (precision)": 0.80,
    "claimant right": 0.90,
    "via right": 0.80,
    "furniture found (recall)": 0.95,
    "sentences kept": 1.0,
    "sentences a second": 500.0,
}
MEMORY_MB = 300.0


def article_in(path: Path) -> ArticleText:
    """The article in a JSON file of title, published, publisher and text."""
    raw = json.loads(path.read_text(encoding="utf-8"))
    published = datetime.fromisoformat(raw["published"]) if raw["published"] else None
    return ArticleText(raw["text"], "en", published, "", raw["publisher"], raw["title"])


def cases(articles: Path, half: str) -> Iterator[Case]:
    """The gold articles of one half, read and spotted."""
    for path in sorted(GOLD.glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        if gold["half"] == half:
            article = article_in(articles / path.name)
            yield Case(path.name, article, gold, read(article), spot(article))


def overlap(one: Any, start: int, end: int) -> int:
    """How many characters a span shares with [start, end); negative for a gap."""
    return min(one.end, end) - max(one.start, start)


def measure(articles: Path, half: str) -> Score:
    """Compare every gold sentence of a half with the sentence that covers most of it."""
    score = Score()
    for case in cases(articles, half):
        for label in case.gold["sentences"]:
            start, end = label["start"], label["end"]
            sentence = max(case.sentences, key=lambda s: overlap(s, start, end))
            score.sentences += 1
            measure_kind(score, case, label, sentence)
            if "furniture" not in label["kind"]:
                measure_sources(score, case, label, sentence)
                measure_dates(score, case, label)
        measure_ranking(score, case)
    return score


def measure_kind(score: Score, case: Case, label: dict[str, Any], sentence: Sentence) -> None:
    """Kind, furniture, and what was found to check."""
    kinds, guess = label["kind"], sentence.kind.value
    if kinds[0] == "checkable":
        score.add("checkable found (recall)", right=guess in kinds)
    if guess == "checkable":
        score.add("checkable (precision)", right="checkable" in kinds)
    worth = any(kind in WORTH for kind in kinds)
    if kinds[0] in WORTH:
        score.add("something to check found (recall)", right=guess in WORTH)
    if guess in WORTH:
        score.add("something to check (precision)", right=worth)
    score.add("kind right", right=guess in kinds)
    if kinds[0] == "furniture":
        score.add("furniture found (recall)", right=guess == "furniture")
    else:
        score.add("sentences kept", right=guess != "furniture")
    if guess not in kinds:
        note(score, case, label, f"kind {guess} for {'/'.join(kinds)} {sentence.reason}")


def measure_sources(score: Score, case: Case, label: dict[str, Any], sentence: Sentence) -> None:
    """Who says it and through whom."""
    names = {link.role: link.name for link in sentence.chain if link.role is not Role.VIA}
    claimant = names.get(Role.ORIGIN) or names.get(Role.CLAIMANT)
    vias = [link.name for link in sentence.chain if link.role is Role.VIA]
    if label["claimant"] is not None:
        right = is_one_of(case, claimant, label["claimant"], "article")
        score.add("claimant right", right=right)
        if "article" not in label["claimant"]:
            score.add("claimant right where somebody else speaks", right=right)
        if not right:
            note(score, case, label, f"claimant {claimant} for {label['claimant']}")
    if label["via"] is None or (label["via"] == [None] and not vias):
        return
    right = is_one_of(case, vias[0] if vias else None, label["via"], None)
    score.add("via right", right=right)
    if not right:
        note(score, case, label, f"via {vias} for {label['via']}")


def is_one_of(case: Case, name: str | None, wanted: list[str | None], nobody: str | None) -> bool:
    """Whether a name is one of the accepted sources, `nobody` standing for no name."""
    if name is None:
        return nobody in wanted
    spans = [
        span for key in wanted if key in case.gold["sources"] for span in case.gold["sources"][key]
    ]
    return any(
        fuzz.token_set_ratio(plain(name), plain(case.article.text[start:end])) >= SAME_NAME
        for start, end in spans
    )


def plain(name: str) -> str:
    """A name without its article, in lower case."""
    first, _, rest = name.lower().partition(" ")
    return rest if first in ("the", "a", "an") else name.lower()


def measure_dates(score: Score, case: Case, label: dict[str, Any]) -> None:
    """Every date the gold names, resolved."""
    for wanted in label.get("dates", []):
        spans = [
            span
            for suggestion in case.suggestions
            for span in suggestion.dates
            if overlap(span, wanted["start"], wanted["end"]) > 0
        ]
        days = (date.fromisoformat(wanted["from"]), date.fromisoformat(wanted["to"]))
        right = any(same_days((span.first, span.last), days) for span in spans)
        score.add("date right", right=right)
        if not right:
            note(score, case, label, f"date {[(str(s.first), str(s.last)) for s in spans]} {days}")


def same_days(found: tuple[date, date], wanted: tuple[date, date]) -> bool:
    """Equal spans; for spans longer than a day, at least half of their union shared."""
    shared = (min(found[1], wanted[1]) - max(found[0], wanted[0])).days + 1
    union = (max(found[1], wanted[1]) - min(found[0], wanted[0])).days + 1
    return shared > 0 and (shared / union >= 0.5)


def measure_ranking(score: Score, case: Case) -> None:
    """The order of all suggestions that the gold calls worth a check or not."""
    for suggestion in case.suggestions:
        label = max(
            case.gold["sentences"],
            key=lambda g: overlap(suggestion, g["start"], g["end"]),
        )
        worth = int(any(kind in WORTH for kind in label["kind"]))
        score.ranked.append((worth, suggestion.check_worthiness))


def note(score: Score, case: Case, label: dict[str, Any], message: str) -> None:
    """Keep a mistake for --errors."""
    words = case.article.text[label["start"] : label["end"]]
    score.errors.append(f"{case.name[:2]}:{label['start']} {message} | {words}")


def speed(articles: Path) -> float:
    """Sentences a second on one core, reading, attribution, dates and scores included."""
    texts = [article_in(path) for path in sorted(articles.glob("*.json"))]
    total = sum(len(read(text)) for text in texts)
    begun = time.process_time()
    for _ in range(TIMED_ROUNDS):
        for text in texts:
            spot(text)
    return TIMED_ROUNDS * total / (time.process_time() - begun)


def memory_mb() -> float:
    """The most memory this process has held, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def rows(score: Score) -> dict[str, float]:
    """The table: name to value."""
    measured = {name: count.share for name, count in score.counts.items()}
    worth, scores = zip(*score.ranked, strict=True)
    measured["average precision of the order"] = float(average_precision_score(worth, scores))
    measured["share worth a check among suggestions"] = sum(worth) / len(worth)
    return measured


def show(score: Score, measured: dict[str, float]) -> list[str]:
    """Print the table; the names of missed targets."""
    missed = []
    for name, value in measured.items():
        count = score.counts.get(name)
        of = f"{count.right}/{count.total}" if count else ""
        target = TARGETS.get(name)
        wanted = f"≥ {target:g}" if target is not None else ""
        short = target is not None and value < target
        missed += [name] if short else []
        print(f"{name:44} {value:9.3f} {of:>9}  {wanted:8} {'MISSED' if short else ''}")
    return missed


def main() -> int:
    """Measure, print, and answer 1 where a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=Path, required=True)
    parser.add_argument("--half", choices=("test", "tune"), default="test")
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    baseline = memory_mb()
    score = measure(options.articles, options.half)
    measured = rows(score) | {"sentences a second": speed(options.articles)}
    print(f"{options.half} half, {score.sentences} sentences")
    missed = show(score, measured)
    print(f"{'memory, MB':44} {memory_mb():9.1f} {'':>9}  ≤ {MEMORY_MB:g} ({baseline:.0f} before)")
    missed += ["memory"] if memory_mb() > MEMORY_MB else []
    if options.errors and options.half == "tune":
        print(*score.errors, sep="\n")
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
