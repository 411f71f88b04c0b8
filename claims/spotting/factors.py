"""Why a statement may be worth a check: named factors, each with its share of the score."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import exp
from types import MappingProxyType

from .lexicon import Lexicon
from .model import DateSpan, Factor, Kind, Link, Misfit, Quantity, Role, Words
from .names import Name
from .tokens import Token

FIGURES = "figures"
NAMES = "named people or organisations"
QUOTATION = "direct quotation"
COMPARISON = "comparison or superlative"
CAUSE = "cause"
LAW = "law or accusation"
DATE = "date"
SINGLE_SOURCE = "single source"
SECOND_HAND = "second-hand source"
MISFIT = "figures that do not fit"
REPEATS = "repeats an earlier check"

WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        FIGURES: 0.55,
        NAMES: 0.25,
        QUOTATION: 0.15,
        COMPARISON: 0.3,
        CAUSE: 0.25,
        LAW: 0.4,
        DATE: 0.15,
        SINGLE_SOURCE: 0.15,
        SECOND_HAND: 0.3,
        MISFIT: 0.9,
        REPEATS: 0.8,
    }
)
# A guess or a judgement leaves less to look up; it stays in the list, further down.
OPINION_DISCOUNT = 0.4


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known about one statement when its factors are weighed."""

    kind: Kind
    tokens: Sequence[Token]
    names: Sequence[Name]
    chain: Sequence[Link]
    dates: Sequence[DateSpan]
    quantities: Sequence[Quantity]
    misfits: Sequence[Misfit]


def strengths(evidence: Evidence, text: str, lexicon: Lexicon) -> list[Factor]:
    """The factors that apply, each with its own strength 0..1 and words, shares still 0."""
    return [factor for factor in _all(evidence, text, lexicon) if factor.strength > 0]


def scored(
    factors: Iterable[Factor], kind: Kind, weights: Mapping[str, float] | None = None
) -> tuple[float, tuple[Factor, ...]]:
    """The check-worthiness 0..1 under these weights, and the factors whose shares add up to it."""
    used = {**WEIGHTS, **(weights or {})}
    listed = list(factors)
    parts = [max(used.get(factor.name, 0.0), 0.0) * factor.strength for factor in listed]
    total = sum(parts)
    score = (1 - exp(-total)) * (OPINION_DISCOUNT if kind is Kind.OPINION else 1.0)
    score = round(score, 4)
    shared = (
        Factor(f.name, round(score * part / total, 4) if total else 0.0, f.words, f.strength)
        for f, part in zip(listed, parts, strict=True)
    )
    return score, tuple(sorted(shared, key=lambda factor: -factor.share))


def _all(evidence: Evidence, text: str, lexicon: Lexicon) -> Iterator[Factor]:
    yield _counted(FIGURES, [Words(q.start, q.end) for q in evidence.quantities], (0.7, 1.0))
    yield _counted(NAMES, [Words(n.start, n.end) for n in evidence.names], (0.5, 0.8, 1.0))
    if evidence.kind is Kind.QUOTATION:
        quoted = [token for token in evidence.tokens if token.quoted]
        spans = [Words(quoted[0].start, quoted[-1].end)] if quoted else []
        yield Factor(QUOTATION, 0.0, tuple(spans))
    for name, group in ((COMPARISON, "comparison"), (CAUSE, "cause"), (LAW, "law")):
        yield _counted(name, _listed(evidence.tokens, group, lexicon), (0.7, 1.0))
    yield _counted(DATE, [Words(d.start, d.end) for d in evidence.dates], (0.8, 1.0))
    yield from _sources(evidence, text, lexicon)
    yield _counted(MISFIT, [Words(m.start, m.end) for m in evidence.misfits], (1.0,))


def _counted(name: str, words: Sequence[Words], steps: Sequence[float]) -> Factor:
    """A factor whose strength grows with how often it applies, up to the last step."""
    strength = steps[min(len(words), len(steps)) - 1] if words else 0.0
    return Factor(name, 0.0, tuple(words), strength)


def _listed(tokens: Sequence[Token], group: str, lexicon: Lexicon) -> list[Words]:
    return [Words(t.start, t.end) for t in tokens if lexicon.has(group, t.lower)]


def _sources(evidence: Evidence, text: str, lexicon: Lexicon) -> Iterator[Factor]:
    hearsay = _listed(evidence.tokens, "second_hand", lexicon)
    passed_on = [link for link in evidence.chain if link.role in (Role.VIA, Role.ORIGIN)]
    start, end = evidence.tokens[0].start, evidence.tokens[-1].end
    lowered = text[start:end].lower()
    for phrase in lexicon.group("second_hand_phrases"):
        if (place := lowered.find(phrase)) >= 0:
            hearsay.append(Words(start + place, start + place + len(phrase)))
    hearsay += [Words(link.start, link.end) for link in passed_on]
    if hearsay:
        yield Factor(SECOND_HAND, 0.0, tuple(hearsay))
    elif len(evidence.chain) == 1:
        link = evidence.chain[0]
        yield Factor(SINGLE_SOURCE, 0.0, (Words(link.start, link.end),))
