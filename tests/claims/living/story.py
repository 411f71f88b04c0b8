"""A story as a newsroom would send it, and the steps that bring it through the desk."""

from typing import Any

from django.contrib.auth.models import User

from claims.actions import add_version, read_version, receive_article
from claims.actions.articles import ArticleContent
from claims.models import Article, ArticleVersion, Claim
from tests.factories import BeatFactory

HEADLINE = "Lindenau's buses ran late all spring"
LEAD = "The city of Lindenau paid 4.2 million euros for ten electric buses in 2024."
SAID = "Mayor Ruth Adler said that 40 per cent of the buses ran late in March."
QUOTE = "“We will hire 30 drivers by June,” she told the council."
REPORT = "A report by the Transport Office puts the share of late buses at 23 per cent."
HOPE = "Adler hopes that everything will be better soon."
FOLLOW = "Follow us on Facebook"
STORY = "\n\n".join((LEAD, SAID, QUOTE, FOLLOW, REPORT, HOPE))


def received(actor: User, body: str = STORY, **given: Any) -> Article:
    """Return the article that `actor` sent in."""
    usual = {"headline": HEADLINE, "body": body, "beat": BeatFactory(), "language": "en"}
    article, _ = receive_article(actor=actor, content=ArticleContent(**(usual | given)))
    return article


def newest(article: Article) -> ArticleVersion:
    """Return the newest version of `article`."""
    return article.versions.order_by("-number")[0]


def read(article: Article) -> list[Claim]:
    """Read the newest version, as a worker does, and return what it suggested."""
    claims = read_version(version_id=newest(article).pk)
    assert claims is not None
    return claims


def suggested(actor: User, body: str = STORY, **given: Any) -> Article:
    """Return an article that was sent in and read."""
    article = received(actor, body, **given)
    read(article)
    return article


def revised(actor: User, article: Article, body: str) -> Article:
    """Return `article` with a new text, read."""
    add_version(actor=actor, article=article, headline=HEADLINE, body=body)
    read(article)
    return article


def claim_on(article: Article, words: str) -> Claim:
    """Return the one claim whose words hold `words` (or are held by them)."""
    claims = article.claims.select_related("passage__version", "standing", "article", "beat")
    [claim] = [one for one in claims if words in one.quote or one.quote in words]
    return claim


def quotes(article: Article) -> list[str]:
    """Return the words of the claims in reading order."""
    return list(article.claims.in_reading_order().values_list("quote", flat=True))


def sentence(article: Article, words: str) -> Any:
    """Return the sentence of the newest version that begins with `words`."""
    version = newest(article)
    return version.sentences.get(start=version.body.index(words))
