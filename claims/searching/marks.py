"""What an entry of the archive is found by beside its words: addresses, claimant, tags.

Each is written as a term that no word can be, and kept in the same index.
"""

from urllib.parse import parse_qsl, urlencode, urlsplit

from claims.searching.words import fold

_TRACKING = ("utm_", "fbclid", "gclid", "mc_cid", "mc_eid", "igshid")


def address_term(url: str) -> str:
    """Return the term of a web address, the same for its usual spellings."""
    return f"@{plain_address(url)}"


def page_term(url: str) -> str:
    """Return the term of the web page on which a fact-check stands."""
    return f"page:{plain_address(url)}"


def own_page_term(slug: str) -> str:
    """Return the term of a page of our own, wherever the newsroom's pages are at the moment."""
    return f"page:/{slug}"


def claimant_term(name: str) -> str:
    """Return the term of who says it."""
    return f"by:{_squeezed(name)}"


def tag_term(tag: str) -> str:
    """Return the term of a tag."""
    return f"#{_squeezed(tag)}"


def _squeezed(text: str) -> str:
    return " ".join(fold(text).split())


def plain_address(url: str) -> str:
    """Return a web address without scheme, `www.`, fragment, closing slash and trackers."""
    try:
        parts = urlsplit(url.strip())
        host = site_of(url)
        port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    except ValueError:
        return url.strip()
    asked = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if _matters(pair[0])]
    query = f"?{urlencode(asked)}" if asked else ""
    return f"{host}{port}{parts.path.rstrip('/')}{query}"


def _matters(name: str) -> bool:
    return not name.lower().startswith(_TRACKING)


def site_of(url: str) -> str:
    """Return the host name of a web address without `www.`; empty where there is none."""
    try:
        host = (urlsplit(url.strip()).hostname or "").rstrip(".")
    except ValueError:
        return ""
    return host.removeprefix("www.")
