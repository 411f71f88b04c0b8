"""A web page as somebody else's server sent it: which of its paragraphs are the article?"""

from dataclasses import replace

import trafilatura

from claims.intake.assembling import from_read
from claims.intake.canonical import PARAGRAPH_BREAK, canonical_line, canonical_text
from claims.intake.dates import read_date
from claims.intake.documents import Document, Reason, Span
from claims.intake.html import HtmlText

# Beyond these the extractor, which builds and copies the tree, takes more than a second.
_LONGEST_PAGE, _MOST_TAGS = 1_000_000, 10_000
_LEAST_SHARE = 0.3  # of the text; an extractor that finds less has failed, not the page
_CHEWABLE_TAG = 5_000  # characters; tags longer than this are left to the streaming reader


def page_to_document(html: str, read: HtmlText, *, url: str = "") -> Document:
    """Return a whole page: every word of it, with all that is not the article marked as furniture.

    ``read`` is the page as read; its structure decides first, then what trafilatura takes for the
    article. ``url`` is where the page came from.
    """
    document = from_read(read)
    found = _extracted(html, url)
    if found is None:
        return document
    furniture = _with_outside(document, canonical_text(found.text or ""))
    return replace(
        document,
        furniture=furniture,
        headline=document.headline or canonical_line(found.title or ""),
        byline=document.byline or canonical_line(found.author or ""),
        published=document.published or read_date(found.date or ""),
        source_url=document.source_url or url,
    )


def _extracted(html: str, url: str) -> trafilatura.settings.Document | None:
    """Return what trafilatura makes of a page, None when it is too large or too odd for it."""
    longest_tag = max((len(tag) for tag in html.split("<")), default=0)
    too_large = len(html) > _LONGEST_PAGE or html.count("<") > _MOST_TAGS
    if too_large or longest_tag > _CHEWABLE_TAG:
        return None
    try:
        found = trafilatura.bare_extraction(html, url=url or None, with_metadata=True)
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None  # a page that only the streaming reader can take
    return found if isinstance(found, trafilatura.settings.Document) else None


def _with_outside(document: Document, article: str) -> tuple[Span, ...]:
    """Return the furniture, with every paragraph added that is no part of the article."""
    kept = set(article.split(PARAGRAPH_BREAK))
    marked = {span.start for span in document.furniture}
    spans, start, inside = list(document.furniture), 0, 0
    for line in document.text.split(PARAGRAPH_BREAK):
        if line in kept:
            inside += len(line)
        elif start not in marked and not _overlaps(line, article):
            spans.append(Span(start, start + len(line), Reason.OUTSIDE))
        start += len(line) + len(PARAGRAPH_BREAK)
    if inside < _LEAST_SHARE * len(document.text):
        return document.furniture
    return tuple(sorted(spans, key=lambda span: span.start))


def _overlaps(line: str, article: str) -> bool:
    """Say whether a paragraph is in the article though it is cut or joined differently there."""
    middle = line[len(line) // 4 : len(line) // 4 + 40].strip()
    return len(middle) >= 15 and middle in article
