"""Read an article and suggest what is worth a check."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from .arithmetic import misfits_in
from .attribution import Chain, Reading, chains, readings
from .clauses import statements
from .dates import dates_in
from .factors import REPEATS, Evidence, scored, strengths
from .furniture import furniture
from .kinds import kind_of
from .lexicon import Lexicon, lexicon_for
from .model import ArticleText, DateSpan, Factor, Kind, Quantity, Sentence, Suggestion, Words
from .quantities import quantities_in
from .quotes import quotes_beside, quotes_in
from .sentences import paragraphs, units
from .tokens import tokens_of

SUGGESTED = frozenset({Kind.CHECKABLE, Kind.QUOTATION, Kind.OPINION})


@dataclass(frozen=True, slots=True)
class _Read:
    reading: Reading
    chain: Chain
    sentence: Sentence


def read(article: ArticleText) -> list[Sentence]:
    """Every sentence of the article in reading order with its kind and attribution.

    Page furniture is among them, with the rule that recognised it: nothing is thrown away.
    """
    return [item.sentence for item in _read(article, lexicon_for(article.language))]


def spot(article: ArticleText, *, weights: Mapping[str, float] | None = None) -> list[Suggestion]:
    """The statements worth a check, in reading order, each with the factors behind its score.

    `weights` replaces the weight of any factor by name. Offsets are code points of `article.text`.
    A sentence that the article repeats word for word is suggested once.
    """
    lexicon = lexicon_for(article.language)
    published = article.published.date() if article.published else None
    found = [
        suggestion
        for group in _groups(_read(article, lexicon))
        for suggestion in _suggestions(article.text, group, lexicon, published, weights)
    ]
    return list(_once(article.text, found))


def rescored(
    suggestions: Sequence[Suggestion],
    *,
    weights: Mapping[str, float] | None = None,
    repeats: Mapping[Words, float] | None = None,
) -> list[Suggestion]:
    """The same suggestions under other weights, or knowing which repeat an earlier check.

    `repeats` maps a suggestion's words to how surely they repeat one, 0 to 1.
    """
    return [_rescored(suggestion, weights, repeats or {}) for suggestion in suggestions]


def select(
    suggestions: Sequence[Suggestion], *, budget: int | None = None, share: float | None = None
) -> list[Suggestion]:
    """The most check-worthy of an article, in reading order: at most `budget`, at most `share`.

    Raises ValueError for a negative budget or a share outside 0 to 1.
    """
    if budget is not None and budget < 0:
        raise ValueError("a budget cannot be negative")
    if share is not None and not 0 <= share <= 1:
        raise ValueError("a share lies between 0 and 1")
    limits = [len(suggestions)]
    limits += [budget] if budget is not None else []
    limits += [round(len(suggestions) * share)] if share is not None else []
    ranked = sorted(suggestions, key=lambda s: (-s.check_worthiness, s.start))
    return sorted(ranked[: min(limits)], key=lambda s: (s.start, s.end))


def _read(article: ArticleText, lexicon: Lexicon) -> list[_Read]:
    text = article.text
    cut = units(text, lexicon)
    quotes = quotes_in(text, paragraphs(text))
    reasons = furniture(cut, article.title, lexicon)
    beside = quotes_beside(cut, quotes)
    tokens = [
        tokens_of(text, unit.start, unit.end, near) for unit, near in zip(cut, beside, strict=True)
    ]
    sentences = readings(cut, tokens, quotes, [i in reasons for i in range(len(cut))], lexicon)
    said = chains(text, sentences, lexicon, article.publisher)
    return [
        _Read(sentence, chain, _sentence(sentence, chain, reasons.get(place, ""), lexicon))
        for place, (sentence, chain) in enumerate(zip(sentences, said, strict=True))
    ]


def _sentence(reading: Reading, chain: Chain, reason: str, lexicon: Lexicon) -> Sentence:
    unit = reading.unit
    kind = Kind.FURNITURE if reason else kind_of(reading, chain, lexicon)
    return Sentence(unit.start, unit.end, unit.paragraph, kind, chain, reason)


def _groups(items: Sequence[_Read]) -> Iterator[list[_Read]]:
    """Sentences one by one, but a quotation that runs over several of them as one."""
    group: list[_Read] = []
    for item in items:
        if group and not _runs_on(group[-1], item):
            yield group
            group = []
        group.append(item)
    if group:
        yield group


def _runs_on(before: _Read, here: _Read) -> bool:
    one, two = before.sentence, here.sentence
    if one.paragraph != two.paragraph or {one.kind, two.kind} != {Kind.QUOTATION}:
        return False
    if before.reading.quotes[-1:] == here.reading.quotes[:1] != ():
        return True
    return here.reading.wholly_quoted and one.chain == two.chain


def _suggestions(
    text: str,
    group: Sequence[_Read],
    lexicon: Lexicon,
    published: date | None,
    weights: Mapping[str, float] | None,
) -> Iterator[Suggestion]:
    if group[0].sentence.kind not in SUGGESTED:
        return
    dates = [d for i in group for d in _dates(text, i.reading, lexicon, published)]
    quantities = [q for i in group for q in _quantities(text, i.reading, dates, lexicon)]
    for part in _parts(group, lexicon):
        yield _suggestion(text, part, group, dates, quantities, lexicon, weights)


def _parts(group: Sequence[_Read], lexicon: Lexicon) -> list[Words]:
    if len(group) == 1 and group[0].sentence.kind is Kind.CHECKABLE:
        return statements(group[0].reading, lexicon)
    return [Words(group[0].sentence.start, group[-1].sentence.end)]


def _dates(text: str, reading: Reading, lexicon: Lexicon, published: date | None) -> list[DateSpan]:
    return dates_in(text, reading.unit.start, reading.unit.end, lexicon, published)


def _quantities(
    text: str, reading: Reading, dates: Sequence[DateSpan], lexicon: Lexicon
) -> list[Quantity]:
    """The quantities of a sentence that are no part of a date."""
    found = quantities_in(text, reading.unit.start, reading.unit.end, lexicon)
    return [q for q in found if not any(q.start < d.end and d.start < q.end for d in dates)]


def _suggestion(
    text: str,
    part: Words,
    group: Sequence[_Read],
    dates: Sequence[DateSpan],
    quantities: Sequence[Quantity],
    lexicon: Lexicon,
    weights: Mapping[str, float] | None,
) -> Suggestion:
    sentence = group[0].sentence
    inside = [q for q in quantities if part.start <= q.start < part.end]
    evidence = Evidence(
        kind=sentence.kind,
        tokens=[t for i in group for t in i.reading.tokens if part.start <= t.start < part.end],
        names=[n for i in group for n in i.reading.names if part.start <= n.start < part.end],
        chain=sentence.chain,
        dates=[d for d in dates if part.start <= d.start < part.end],
        quantities=inside,
        misfits=misfits_in(text, part.start, part.end, inside, lexicon),
    )
    score, factors = scored(strengths(evidence, text, lexicon), sentence.kind, weights)
    return Suggestion(
        start=part.start,
        end=part.end,
        kind=sentence.kind,
        check_worthiness=score,
        factors=factors,
        chain=sentence.chain,
        dates=tuple(evidence.dates),
        quantities=tuple(inside),
        misfits=tuple(evidence.misfits),
    )


def _once(text: str, suggestions: Sequence[Suggestion]) -> Iterator[Suggestion]:
    known: set[str] = set()
    for suggestion in suggestions:
        words = " ".join(text[suggestion.start : suggestion.end].lower().split()).rstrip(".")
        if words not in known:
            known.add(words)
            yield suggestion


def _rescored(
    suggestion: Suggestion, weights: Mapping[str, float] | None, repeats: Mapping[Words, float]
) -> Suggestion:
    kept = [factor for factor in suggestion.factors if factor.name != REPEATS]
    words = Words(suggestion.start, suggestion.end)
    if (surely := repeats.get(words, 0.0)) > 0:
        kept.append(Factor(REPEATS, 0.0, (words,), min(surely, 1.0)))
    score, factors = scored(kept, suggestion.kind, weights)
    return replace(suggestion, check_worthiness=score, factors=factors)
