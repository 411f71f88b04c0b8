"""One version of an article: its text, its sentences, and which words are quoted."""

from bisect import bisect_left, bisect_right
from functools import cached_property

from claims.anchoring.lexicon import Lexicon
from claims.anchoring.quotations import covering, quotation_spans
from claims.anchoring.sentences import PARAGRAPH_BREAK, Span, paragraph_spans, sentence_spans
from claims.anchoring.spelling import settled
from claims.anchoring.tokens import Token, tokens


class Version:
    """A text cut into sentences, with everything about them computed when first asked for."""

    def __init__(self, text: str, lexicon: Lexicon, like: "Version | None" = None) -> None:
        """Read ``text``; ``like`` is another version whose work on equal sentences is reused."""
        self.text = text
        self.lexicon = lexicon
        self.spans = sentence_spans(text, lexicon)
        self._settled: dict[str, str] = dict(like._settled) if like else {}
        self.keys = [self._key_of(text[start:end]) for start, end in self.spans]
        self._starts = [start for start, _ in self.spans]
        self._tokens: dict[int, list[Token]] = {}
        self._outside: dict[int, list[Token]] = {}

    def _key_of(self, sentence: str) -> str:
        if sentence not in self._settled:
            self._settled[sentence] = settled(sentence)
        return self._settled[sentence]

    @cached_property
    def _paragraphs(self) -> list[Span]:
        return paragraph_spans(self.text)

    @cached_property
    def _quotations(self) -> list[Span]:
        return quotation_spans(self.text, self._paragraphs)

    def __len__(self) -> int:
        return len(self.spans)

    def overlapping(self, start: int, end: int) -> range:
        """Return the indexes of the sentences that share a character with ``start`` to ``end``."""
        first = max(0, bisect_right(self._starts, start) - 1)
        if first < len(self.spans) and self.spans[first][1] <= start:
            first += 1
        return range(first, max(first, bisect_left(self._starts, end)))

    def key(self, index: int) -> str | None:
        """Return the settled words of a sentence, None before the first and after the last."""
        return self.keys[index] if 0 <= index < len(self.keys) else None

    def hull(self, indexes: range) -> Span:
        """Return the span from the first to the last of these sentences."""
        return self.spans[indexes[0]][0], self.spans[indexes[-1]][1]

    def passage(self, indexes: range) -> str:
        """Return the text from the first to the last of these sentences."""
        return self.text[slice(*self.hull(indexes))]

    def tokens(self, index: int) -> list[Token]:
        """Return words, figures and marks of the sentence at ``index``."""
        if index not in self._tokens:
            self._tokens[index] = tokens(self.text, *self.spans[index])
        return self._tokens[index]

    def begins_inside(self, index: int) -> bool:
        """Tell whether a quotation that began earlier is still open at the sentence's start."""
        start = self.spans[index][0]
        quotation = covering(self._quotations, start)
        return quotation is not None and quotation[0] < start

    def outside(self, index: int) -> list[Token]:
        """Return the sentence's words, figures and marks that stand outside quotation marks."""
        if index not in self._outside:
            self._outside[index] = [
                token
                for token in self.tokens(index)
                if covering(self._quotations, token.start) is None
            ]
        return self._outside[index]

    def outside_words(self, index: int) -> tuple[str, ...]:
        """Return the words and figures outside quotation marks, in comparable spelling."""
        return tuple(token.plain for token in self.outside(index) if token.is_word)

    def opens_paragraph(self, index: int) -> bool:
        """Tell whether the sentence is the first of its paragraph."""
        before = self.spans[index - 1][1] if index else 0
        return (
            index == 0
            or PARAGRAPH_BREAK.search(self.text, before, self.spans[index][0]) is not None
        )
