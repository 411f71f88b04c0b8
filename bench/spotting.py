"""How well spotting reads real articles, against the gold standard in bench/gold.

    python bench/spotting.py --articles DIR [--split tune|test] [--errors]

DIR holds the article files the gold standard names. Prints a table for each split, or for the one
asked for, and exits with 1 where the test split (or the only one asked for) misses a target.
`--errors` lists what went wrong, on the tune split only: nobody should learn the test split by
heart. Articles marked `tune` and `test` in the gold are all tuning material by now; those marked
`fresh` are the test.
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
# name of a split → the marks (`half`) of the gold files in it
SPLITS = {"tune": frozenset({"tune", "test"}), "test": frozenset({"fresh"})}
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
    """Everything counted over one split."""

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


def cases(articles: Path, split: str) -> Iterator[Case]:
    """The gold articles of one split, read and spotted."""
    for path in sorted(GOLD.rglob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        if gold["half"] in SPLITS[split]:
            article = article_in(articles / path.name)
            yield Case(path.name, article, gold, read(article), spot(article))


def overlap(one: Any, start: int, end: int) -> int:
    """How many characters a span shares with [start, end); negative for a gap."""
    return int(min(one.end, end) - max(one.start, start))


def measure(articles: Path, split: str) -> Score:
    """Compare every gold sentence of a split with the sentence that covers most of it."""
    score = Score()
    for case in cases(articles, split):
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
    if not score.ranked:
        return measured
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


def report(articles: Path, split: str, *, errors: bool) -> list[str]:
    """Measure and print one split; the names of its missed targets."""
    score = measure(articles, split)
    print(f"\n{split} split, {score.sentences} sentences")
    missed = show(score, rows(score)) if score.sentences else ["no gold for this split"]
    if errors and split == "tune":
        print(*score.errors, sep="\n")
    return missed


def cost(articles: Path) -> list[str]:
    """Measure and print speed and memory over all articles; the names of missed targets."""
    print()
    missed = show(Score(), {"sentences a second": speed(articles)})
    print(f"{'memory, MB':44} {memory_mb():9.1f} {'':>9}  ≤ {MEMORY_MB:g}")
    return missed + (["memory"] if memory_mb() > MEMORY_MB else [])


def main() -> int:
    """Measure, print, and answer 1 where a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=Path, required=True)
    parser.add_argument("--split", choices=tuple(SPLITS))
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    splits = [options.split] if options.split else list(SPLITS)
    missed = {split: report(options.articles, split, errors=options.errors) for split in splits}
    return 1 if missed[splits[-1]] + cost(options.articles) else 0


if __name__ == "__main__":
    raise SystemExit(main())
