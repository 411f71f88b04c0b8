"""What HTML elements mean for a text: which break it, which are not text, which are furniture.

Data and one function; ``claims.intake.html`` walks the document.
"""

import re
from collections.abc import Mapping

from claims.intake.documents import Reason


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


BLOCKS = _words(
    "address article aside blockquote body button caption center dd details dialog dir div dl dt "
    "fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li "
    "main menu nav ol option p pre search section select summary table tbody template tfoot "
    "thead tr ul title"
)
CELLS = frozenset({"td", "th"})
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
PREFORMATTED = frozenset({"pre", "textarea"})
WITHOUT_TEXT = _words(
    "script style template noscript iframe object embed svg math canvas audio video map "
    "datalist noframes noembed"
)
VOID = _words("area base br col embed hr img input link meta param source track wbr keygen frame")

_BY_ELEMENT = {
    "nav": Reason.NAVIGATION,
    "menu": Reason.NAVIGATION,
    "aside": Reason.ASIDE,
    "footer": Reason.FOOTER,
    "figcaption": Reason.CAPTION,
    "form": Reason.FORM,
    "button": Reason.FORM,
    "select": Reason.FORM,
    "textarea": Reason.FORM,
    "label": Reason.FORM,
    "dialog": Reason.FORM,
    "del": Reason.STRUCK_OUT,
    "s": Reason.STRUCK_OUT,
    "strike": Reason.STRUCK_OUT,
}
_BY_ROLE = {
    "navigation": Reason.NAVIGATION,
    "banner": Reason.HEADER,
    "contentinfo": Reason.FOOTER,
    "complementary": Reason.ASIDE,
    "dialog": Reason.FORM,
    "alertdialog": Reason.FORM,
    "search": Reason.FORM,
    "menu": Reason.NAVIGATION,
}
_NAMES = {
    Reason.NAVIGATION: "nav navbar navigation menu breadcrumb breadcrumbs pagination skiplink toc",
    Reason.SHARING: "share sharing shares sharebar addthis sharethis social socials",
    Reason.COOKIES: "cookie cookies consent gdpr onetrust cmp",
    Reason.NEWSLETTER: "newsletter newsletters subscribe signup",
    Reason.RELATED: "related readmore recommended recommendations recirculation trending popular",
    Reason.ADVERTISEMENT: "ad ads advert adverts advertisement advertising sponsored promo dfp",
    Reason.COMMENTS: "comments disqus commentlist",
    Reason.CAPTION: "caption imgcaption photocredit wp-caption-text",
    Reason.BYLINE: "byline bylines dateline-byline",
    Reason.ASIDE: "sidebar",
    Reason.FOOTER: "footer sitefooter",
}
_BY_NAME = {word: reason for reason, words in _NAMES.items() for word in words.split()}
_TOKEN = re.compile(r"[a-z]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NOT_SHOWN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_NEVER_BY_NAME = frozenset({"html", "body", "main", "article"})
_LONGEST_NAME = 400  # characters of a class or id that are looked at


def may_mark(tag: str, attributes: Mapping[str, str]) -> bool:
    """Say quickly whether an element could be furniture at all."""
    return bool(attributes) or tag in _BY_ELEMENT


def reason_by_element(tag: str, attributes: Mapping[str, str]) -> Reason | None:
    """Return why an element is furniture by what it is, None when it is not."""
    if _is_hidden(attributes):
        return Reason.HIDDEN
    if (role := attributes.get("role", "").strip().lower()) in _BY_ROLE:
        return _BY_ROLE[role]
    if "author" in attributes.get("rel", "").lower().split():
        return Reason.BYLINE
    return _BY_ELEMENT.get(tag)


def reason_by_name(tag: str, attributes: Mapping[str, str]) -> Reason | None:
    """Return why an element is furniture by its class or id: a guess, to be weighed by size."""
    if tag in _NEVER_BY_NAME:
        return None
    names = f"{attributes.get('class', '')[:_LONGEST_NAME]} {attributes.get('id', '')[:100]}"
    for token in _TOKEN.findall(_CAMEL.sub(" ", names).lower()):
        if token in _BY_NAME:
            return _BY_NAME[token]
    return None


def _is_hidden(attributes: Mapping[str, str]) -> bool:
    if "hidden" in attributes or attributes.get("aria-hidden", "").lower() == "true":
        return True
    return bool(_NOT_SHOWN.search(attributes.get("style", "")[:1000]))
