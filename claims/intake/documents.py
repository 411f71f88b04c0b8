"""What intake hands over: plain data, the same shape whatever came in."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Reason(StrEnum):
    """Why a span of the text is not part of the story, in words a desk can show."""

    HEADLINE = "headline"
    BYLINE = "byline"
    NAVIGATION = "navigation"
    HEADER = "page header"
    FOOTER = "page footer"
    ASIDE = "aside"
    CAPTION = "caption"
    SHARING = "sharing"
    COOKIES = "cookie notice"
    NEWSLETTER = "newsletter"
    RELATED = "related"
    ADVERTISEMENT = "advertisement"
    COMMENTS = "comments"
    FORM = "form"
    HIDDEN = "hidden"
    STRUCK_OUT = "struck out"
    OUTSIDE = "outside the article"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a canonical text: ``text[start:end]``, in characters, and why it is marked."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Document:
    """An article as read: its canonical text and what else the source said about it.

    ``furniture`` lies in ``text``, in order and without overlap; nothing it marks is left out of
    the text. ``ids`` maps the name of an identifier to its value as the source wrote it.
    ``warnings`` are sentences for the person who sent the article.
    """

    text: str
    headline: str = ""
    byline: str = ""
    language: str = ""
    published: datetime | None = None
    place: str = ""
    source_url: str = ""
    embargo: datetime | None = None
    ids: dict[str, str] = field(default_factory=dict)
    furniture: tuple[Span, ...] = ()
    warnings: tuple[str, ...] = ()
