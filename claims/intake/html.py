"""HTML, whole page or fragment, to canonical text.

The document is read as a stream of events, never as a tree, so neither its depth nor the number of
attributes in a tag costs more than its length. Nothing that a reader would see is left out:
navigation, captions, share buttons and the like stay in the text and are marked as furniture.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from lxml import etree

from claims.intake import limits, markup
from claims.intake.canonical import PARAGRAPH_BREAK, canonical_line, reorders_text, shorten
from claims.intake.dates import read_date
from claims.intake.documents import Reason, Span
from claims.intake.errors import IntakeError

BIDI_WARNING = "Characters that reverse the direction of reading were removed from the text."
_LARGEST_NAMED_SHARE = 0.4  # of the text; what is larger and furniture by name only, is the story
_SMALLEST_ARTICLE_SHARE = 0.2  # of the text; a smaller <article> is a card, not the story
_PAGE = re.compile(r"<(?:!doctype|html|body)\b", re.IGNORECASE)
_QUOTES = ("“", "”")


@dataclass(frozen=True, slots=True)
class HtmlText:
    """What an HTML document says: text, furniture in it, and the metadata of its head.

    Strings are "" and ``published`` is None where the document does not say. ``language`` is the
    tag as declared. ``whole_page`` tells a page with a body of its own from a fragment.
    """

    text: str
    headline: str
    byline: str
    language: str
    published: datetime | None
    source_url: str
    furniture: tuple[Span, ...]
    warnings: tuple[str, ...]
    whole_page: bool


def html_to_text(markup_text: str) -> HtmlText:
    """Read an HTML page or fragment.

    Raises ``IntakeError`` when the mark-up is longer than ``limits.MAX_BYTES`` characters or the
    text in it longer than ``limits.MAX_CHARS``.
    """
    if len(markup_text) > limits.MAX_BYTES:
        raise IntakeError("The HTML is longer than 5 MB.", code="too_long")
    page = _parse(markup_text)
    story = page.story()
    headline = page.headline(story)
    text, furniture = _assemble(page, story, headline)
    if len(text) > limits.MAX_CHARS:
        raise IntakeError("The text is longer than two million characters.", code="too_long")
    return HtmlText(
        text=text,
        headline=headline,
        byline=page.byline(),
        language=page.language,
        published=page.published(),
        source_url=page.meta.get("canonical") or page.meta.get("og:url", ""),
        furniture=furniture,
        warnings=(BIDI_WARNING,) if reorders_text(markup_text) else (),
        whole_page=_PAGE.search(markup_text[:20_000]) is not None,
    )


@dataclass(slots=True)
class _Mark:
    """Why a stretch is furniture, and how much text it holds; ``named`` when only by its name."""

    reason: Reason
    named: bool
    size: int = 0


@dataclass(slots=True)
class _Paragraph:
    """One line of the text in the making: its runs, and where it stands."""

    runs: list[tuple[str, _Mark | None]]
    heading: str
    article: int  # number of the outermost <article> or <main> around it, 0 for none
    line: str = ""


@dataclass(slots=True)
class _Open:
    """An element that has begun and not ended."""

    tag: str
    mark: _Mark | None
    silent: bool
    article: int
    heading: str
    preformatted: bool


@dataclass(slots=True)
class _Page:
    """The events of one document, gathered by lxml's parser."""

    paragraphs: list[_Paragraph] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)
    title: str = ""
    language: str = ""
    time: str = ""
    _open: list[_Open] = field(default_factory=list)
    _runs: list[tuple[str, _Mark | None]] = field(default_factory=list)
    _articles: int = 0

    # What lxml calls -------------------------------------------------------------------------

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take the beginning of an element."""
        self._note_metadata(tag, attributes)
        if tag == "br":
            self._break_line()
            return
        if tag in markup.VOID:
            if tag == "hr":
                self._flush()
            return
        if tag in markup.BLOCKS:
            self._flush()
        self._open.append(self._opened(tag, attributes))
        if tag in markup.CELLS and self._runs:
            self._runs.append((" | ", self._top.mark))
        if tag == "q":
            self._runs.append((_QUOTES[0], self._top.mark))

    def end(self, tag: str) -> None:
        """Take the end of an element."""
        if not self._open or self._open[-1].tag != tag:
            return
        if tag == "q":
            self._runs.append((_QUOTES[1], self._top.mark))
        if tag in markup.BLOCKS:
            self._flush()
        self._open.pop()

    def data(self, data: str) -> None:
        """Take text."""
        top = self._top
        if top.tag == "title" and self._open[-2:-1] and self._open[-2].tag == "head":
            self.title += data
        elif top.preformatted and not top.silent:
            self._take_lines(data)
        elif not top.silent:
            self._runs.append((data, top.mark))

    def close(self) -> "_Page":
        """Take the end of the document."""
        self._flush()
        return self

    # How the text is gathered ----------------------------------------------------------------

    @property
    def _top(self) -> _Open:
        return self._open[-1] if self._open else _OUTERMOST

    def _opened(self, tag: str, attributes: Mapping[str, str]) -> _Open:
        parent = self._top
        mark = parent.mark
        if mark is None and markup.may_mark(tag, attributes):
            mark = self._mark(tag, attributes)
        return _Open(
            tag=tag,
            mark=mark,
            silent=parent.silent or tag in markup.WITHOUT_TEXT or tag == "head",
            article=parent.article or self._article(tag),
            heading=tag if tag in markup.HEADINGS else parent.heading,
            preformatted=parent.preformatted or tag in markup.PREFORMATTED,
        )

    def _mark(self, tag: str, attributes: Mapping[str, str]) -> _Mark | None:
        if tag == "footer" and any(o.tag == "blockquote" for o in self._open[-8:]):
            return None  # names who is quoted
        if reason := markup.reason_by_element(tag, attributes):
            return _Mark(reason, named=False)
        if attributes and (reason := markup.reason_by_name(tag, attributes)):
            return _Mark(reason, named=True)
        return None

    def _article(self, tag: str) -> int:
        if tag not in ("article", "main"):
            return 0
        self._articles += 1
        return self._articles

    def _break_line(self) -> None:
        if self._top.heading:
            self._runs.append((" ", self._top.mark))
        else:
            self._flush()

    def _take_lines(self, data: str) -> None:
        for number, line in enumerate(data.split("\n")):
            if number:
                self._flush()
            self._runs.append((line, self._top.mark))

    def _flush(self) -> None:
        if not self._runs:
            return
        runs, self._runs = self._runs, []
        line = canonical_line("".join(run for run, _ in runs))
        if line:
            top = self._top
            self.paragraphs.append(_Paragraph(runs, top.heading, top.article, line))
            for run, mark in runs:
                if mark:
                    mark.size += len(run)

    # What the document says of itself --------------------------------------------------------

    def _note_metadata(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag in ("html", "body"):
            self.language = self.language or attributes.get("lang", "").strip()[:35]
        elif tag == "meta":
            name = attributes.get("property") or attributes.get("name") or ""
            self.meta.setdefault(name.lower(), attributes.get("content", "").strip()[:2000])
        elif tag == "link" and "canonical" in attributes.get("rel", "").lower().split():
            self.meta.setdefault("canonical", attributes.get("href", "").strip()[:2000])
        elif tag == "time":
            self.time = self.time or attributes.get("datetime", "")[:40]

    def story(self) -> int:
        """Return the number of the <article> that is the story, 0 when the whole document is."""
        sizes: dict[int, int] = {}
        for paragraph in self.paragraphs:
            sizes[paragraph.article] = sizes.get(paragraph.article, 0) + len(paragraph.line)
        total = sum(sizes.values())
        best = max((n for n in sizes if n), key=lambda n: sizes[n], default=0)
        return best if best and sizes[best] >= _SMALLEST_ARTICLE_SHARE * total else 0

    def headline(self, story: int) -> str:
        """Return the story's first main heading, else what the head of the page calls it."""
        headings = [p for p in self.paragraphs if p.heading == "h1"]
        inside = [p.line for p in headings if p.article == story]
        found = inside or [p.line for p in headings]
        first = found[0] if found else self.meta.get("og:title") or self.title
        return shorten(canonical_line(first), limits.MAX_HEADLINE_CHARS)

    def byline(self) -> str:
        """Return who the page says wrote it."""
        named = self.meta.get("author", "")
        if not named:
            marked = (p.line for p in self.paragraphs if _reason(p.runs) is Reason.BYLINE)
            named = next(marked, "")
        return canonical_line(named)[:300]

    def published(self) -> datetime | None:
        """Return when the page says it was published."""
        for name in ("article:published_time", "date", "dc.date", "pubdate", "dc.date.issued"):
            if found := read_date(self.meta.get(name, "")):
                return found
        return read_date(self.time)


_OUTERMOST = _Open("", None, False, 0, "", False)


def _parse(markup_text: str) -> _Page:
    """Feed a document to lxml's parser: no network, no entities of its own."""
    clean = markup_text.replace("\0", "").encode("utf-8", "xmlcharrefreplace")
    page = _Page()
    if not clean.strip():
        return page
    # The stubs ask a target for more methods than the parser calls.
    target = cast(Any, page)
    parser = etree.HTMLParser(target=target, encoding="utf-8", no_network=True, huge_tree=True)
    parser.feed(clean)
    parser.close()
    return page


def _assemble(page: _Page, story: int, headline: str) -> tuple[str, tuple[Span, ...]]:
    """Return the text and the furniture in it."""
    total = sum(len(p.line) for p in page.paragraphs)
    spans: list[Span] = []
    start, headline_seen = 0, False
    for paragraph in page.paragraphs:
        whole: Reason | None = None
        line = shorten(paragraph.line, limits.MAX_HEADLINE_CHARS)
        if paragraph.heading == "h1" and line == headline and not headline_seen:
            whole, headline_seen = Reason.HEADLINE, True
        elif story and paragraph.article != story:
            whole = Reason.OUTSIDE
        spans.extend(_furniture(paragraph, start, whole, total))
        start += len(paragraph.line) + len(PARAGRAPH_BREAK)
    text = PARAGRAPH_BREAK.join(p.line for p in page.paragraphs)
    return text, tuple(spans[: limits.MAX_FURNITURE])


def _furniture(paragraph: _Paragraph, start: int, whole: Reason | None, total: int) -> list[Span]:
    """Return the furniture of one paragraph that begins at ``start``."""
    end = start + len(paragraph.line)
    reasons = {_weighed(mark, total) for run, mark in paragraph.runs if run.strip()}
    only = next(iter(reasons)) if len(reasons) == 1 else None
    if only or whole:
        return [Span(start, end, only or whole or "")]
    if reasons == {None}:
        return []
    return _inline(paragraph, start, total)


def _inline(paragraph: _Paragraph, start: int, total: int) -> list[Span]:
    """Return the furniture inside a paragraph that is otherwise part of the story."""
    spans: list[Span] = []
    cursor = 0
    for run, mark in paragraph.runs:
        words = canonical_line(run)
        # Where one run ends and the next begins, at most a space or two came or went.
        found = paragraph.line.find(words, cursor, cursor + len(words) + 3) if words else -1
        if found < 0:
            continue
        cursor = found + len(words)
        if reason := _weighed(mark, total):
            spans.append(Span(start + found, start + cursor, reason))
    return spans


def _weighed(mark: _Mark | None, total: int) -> Reason | None:
    """Return a mark's reason, unless only a name says so of what is most of the text."""
    if mark is None or (mark.named and mark.size > _LARGEST_NAMED_SHARE * total):
        return None
    return mark.reason


def _reason(runs: list[tuple[str, _Mark | None]]) -> Reason | None:
    return next((mark.reason for run, mark in runs if mark and run.strip()), None)
