"""Markdown that somebody typed, as HTML that is safe to show."""

import nh3
from django.utils.html import linebreaks
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

_TAGS = {
    *("p", "br", "hr", "em", "strong", "s", "code", "pre", "blockquote", "a", "ul", "ol", "li"),
    *("h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"),
}
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
_SCHEMES = {"http", "https", "mailto"}
# Headings stand below those of the page that shows the text.
_DEEPER = {"h1": "h3", "h2": "h4", "h3": "h5", "h4": "h6", "h5": "h6"}
# Where many of them pile up the parser takes quadratic time: then the text is shown as it is.
_MOST_MARKS = 20_000
_MARKS = "[]*_`~<>"
_PARSER = MarkdownIt("commonmark", {"html": False, "maxNesting": 40}).enable(
    ["table", "strikethrough"]
)


def prose(markdown: str) -> SafeString:
    """Return `markdown` (CommonMark with tables and struck-out words) as HTML for a page.

    HTML in it is shown as text, links lead only to web and mail addresses, images become links.
    """
    if sum(markdown.count(mark) for mark in _MARKS) > _MOST_MARKS:
        return mark_safe(linebreaks(markdown, autoescape=True))  # noqa: S308  # escaped
    tokens = _PARSER.parse(markdown)
    for token in tokens:
        token.tag = _DEEPER.get(token.tag, token.tag)
        for child in token.children or ():
            if child.type == "image":
                child.type, child.tag, child.nesting = "text", "", 0
    html = _PARSER.renderer.render(tokens, _PARSER.options, {})
    clean = nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel="noopener noreferrer nofollow",
    )
    return mark_safe(clean)  # noqa: S308  # nh3 has cleaned it
