"""Short ways to read a text in a test; every sentence in these tests is made up."""

from datetime import UTC, datetime

from claims.spotting import ArticleText, Link, Role, Sentence, Suggestion, read, spot

FRIDAY = datetime(2025, 1, 31, 12, tzinfo=UTC)


def sentences(text: str, **extra: str) -> list[Sentence]:
    return read(ArticleText(text, published=FRIDAY, **extra))


def suggestions(text: str, **extra: str) -> list[Suggestion]:
    return spot(ArticleText(text, published=FRIDAY, **extra))


def who(text: str, **extra: str) -> list[dict[Role, str]]:
    """For each sentence, the name in each role."""
    return [{link.role: link.name for link in s.chain} for s in sentences(text, **extra)]


def last(text: str, **extra: str) -> dict[Role, str]:
    return who(text, **extra)[-1]


def words(text: str, link: Link) -> str:
    return text[link.start : link.end]
