"""Articles: receive, add a version, change what is known about them."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext

from claims import wake
from claims.actions.carrying import carry_claims
from claims.actions.proof_carrying import carry_proof
from claims.actions.publication_following import embargo_moving
from claims.errors import Conflict, Invalid
from claims.history import record
from claims.intake.canonical import canonical_text
from claims.intake.documents import Span
from claims.intake.language import detect_language
from claims.locking import lock_row, save_row
from claims.models import Article, ArticleVersion, Beat, VersionReading
from claims.models.articles import UNDETERMINED, Priority
from claims.moments import require_within_reach
from claims.permissions import require
from claims.work import desk

MAX_BODY = 500_000
"""The longest text the desk takes, in characters after canonicalisation."""

CHANGEABLE = (
    "byline",
    "language",
    "place",
    "publisher",
    "source_url",
    "beat",
    "priority",
    "publish_at",
    "embargo_until",
)
"""What `change_article` may change; headline and body change only with a new version."""
_TIMES = ("publish_at", "embargo_until")


@dataclass(frozen=True, kw_only=True)
class ArticleContent:
    """An article as it was sent.

    `given` names what was sent, so that the rest of an article known already stays as it is; None
    means everything. Without a `language` it is detected. `furniture` are the spans of the body
    that the document itself set apart, `warnings` what a person should know of how it was read.
    """

    headline: str
    body: str
    beat: Beat
    byline: str = ""
    language: str = ""
    place: str = ""
    publisher: str = ""
    cms_id: str | None = None
    source_url: str = ""
    priority: int = Priority.ROUTINE
    publish_at: datetime | None = None
    embargo_until: datetime | None = None
    authors: Sequence[User] = field(default_factory=list)
    given: frozenset[str] | None = None
    furniture: Sequence[Span] = ()
    warnings: Sequence[str] = ()

    def particulars(self) -> dict[str, Any]:
        """Return the `CHANGEABLE` particulars that were sent."""
        return {
            name: getattr(self, name)
            for name in CHANGEABLE
            if (self.given is None or name in self.given) and (name != "language" or self.language)
        }


@transaction.atomic
def receive_article(*, actor: User, content: ArticleContent) -> tuple[Article, bool]:
    """Take in an article; return it and whether it is new.

    A `cms_id` that is known already makes a new version of that article when the text differs,
    and brings its particulars up to date. Raises `NotAllowed`, `Invalid`, and `Conflict` when the
    id belongs to an article that the actor may not see.
    """
    require(actor, "claims.add_article", gettext("send in articles"))
    _check_headline(content.headline)
    require_within_reach(**{name: getattr(content, name) for name in _TIMES})
    body = _checked_body(content.body)
    article, is_new = _find_or_insert(actor, content, body)
    text = _Text(content.headline.strip(), body, content.furniture, content.warnings)
    if is_new:
        _write_first_version(actor, article, content, text)
        return article, True
    if not Article.objects.visible_to(actor).filter(pk=article.pk).exists():
        raise Conflict(gettext("An article with this cms_id was sent in by somebody else."))
    _append_version(actor, article, text)
    _apply(actor, article, content.particulars(), content.authors or None)
    return article, False


@transaction.atomic
def add_version(
    *,
    actor: User,
    article: Article,
    headline: str,
    body: str,
    furniture: Sequence[Span] = (),
    warnings: Sequence[str] = (),
    expected_revision: int | None = None,
) -> ArticleVersion:
    """Store a new text of `article` and return it; the same text again returns the last version.

    Its claims are carried over, and those whose words changed are reopened, in the same breath.
    `furniture` and `warnings` are as in `ArticleContent`. Raises `NotAllowed`, `Invalid` and
    `Stale`.
    """
    require(actor, "claims.change_article", gettext("send in new versions"))
    _check_headline(headline)
    locked = lock_row(Article.objects.all(), article.pk, expected_revision=expected_revision)
    text = _Text(headline.strip(), _checked_body(body), furniture, warnings)
    return _append_version(actor, locked, text)


@transaction.atomic
def change_article(
    *,
    actor: User,
    article: Article,
    changes: dict[str, Any],
    expected_revision: int | None = None,
) -> Article:
    """Change particulars of `article` (the `CHANGEABLE` ones and `authors`) and return it.

    Open tasks follow a changed publication time, and scheduled fact-checks a changed embargo.
    Raises `NotAllowed`, `Invalid` and `Stale`.
    """
    require(actor, "claims.change_article", gettext("change articles"))
    locked = lock_row(Article.objects.all(), article.pk, expected_revision=expected_revision)
    unknown = set(changes) - {*CHANGEABLE, "authors"}
    if unknown:
        raise Invalid(**dict.fromkeys(unknown, gettext("This cannot be changed here.")))
    particulars = {name: new for name, new in changes.items() if name != "authors"}
    require_within_reach(**{name: changes.get(name) for name in _TIMES})
    _apply(actor, locked, particulars, changes.get("authors"))
    return locked


def _check_headline(headline: str) -> None:
    if not headline.strip():
        raise Invalid(headline=gettext("Give the article a headline."))


def _checked_body(body: str) -> str:
    text = canonical_text(body)
    if not text:
        raise Invalid(body=gettext("The article has no text."))
    if len(text) > MAX_BODY:
        raise Invalid(body=f"The text has {len(text):,} characters; the desk takes {MAX_BODY:,}.")
    return text


def _find_or_insert(actor: User, content: ArticleContent, body: str) -> tuple[Article, bool]:
    """Return the article, locked, and whether it is new.

    Of two requests that bring the same new `cms_id` at once, one inserts and the other finds it.
    """
    particulars = {
        "headline": content.headline.strip(),
        "submitted_by": actor,
        **{name: getattr(content, name) for name in CHANGEABLE},
        "language": content.language or _language_of(body),
    }
    if not content.cms_id:
        return Article.objects.create(**particulars), True
    rows = Article.objects.select_for_update(of=("self",), no_key=True)
    return rows.get_or_create(cms_id=content.cms_id, defaults=particulars)


def _language_of(body: str) -> str:
    return detect_language(body)[:12] or UNDETERMINED


@dataclass(frozen=True)
class _Text:
    """A text as it is stored: the body canonical, with what was said of how it was read."""

    headline: str
    body: str
    furniture: Sequence[Span] = ()
    warnings: Sequence[str] = ()

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.body.encode()).hexdigest()


def _write_first_version(
    actor: User, article: Article, content: ArticleContent, text: _Text
) -> None:
    article.authors.set(content.authors)
    version = _store_version(actor, article, 1, text)
    record(
        actor=actor, verb="receive", subject=article, article_id=article.pk, version_id=version.pk
    )


def _append_version(actor: User, article: Article, text: _Text) -> ArticleVersion:
    last = article.versions.order_by("-number")[0]
    if last.body_sha256 == text.sha256 and last.headline == text.headline:
        return last
    article.headline = text.headline
    if article.language == UNDETERMINED:
        article.language = _language_of(text.body)
    version = _store_version(actor, article, last.number + 1, text)
    save_row(article, "headline", "language")
    record(
        actor=actor,
        verb="revise",
        subject=article,
        article_id=article.pk,
        version_id=version.pk,
        detail={"number": version.number},
    )
    carry_claims(actor=actor, article=article, version=version)
    carry_proof(actor=actor, article=article, version=version)
    return version


def _store_version(actor: User, article: Article, number: int, text: _Text) -> ArticleVersion:
    """Store a version, with its reading queued; a worker is woken for it on commit."""
    version = ArticleVersion.objects.create(
        article=article,
        number=number,
        headline=text.headline,
        body=text.body,
        body_sha256=text.sha256,
        created_by=actor,
    )
    spans = [[span.start, span.end, span.reason] for span in text.furniture]
    VersionReading.objects.create(version=version, furniture=spans, warnings=list(text.warnings))
    wake.after_commit("claims.tasks.look_at_version", version.pk)
    return version


def _apply(
    actor: User,
    article: Article,
    changes: dict[str, Any],
    authors: Iterable[User] | None = None,
) -> None:
    """Write the particulars that differ, put them on record, and let the desk follow."""
    differing = {name: new for name, new in changes.items() if getattr(article, name) != new}
    before = {name: str(getattr(article, name)) for name in differing}
    after = {name: str(new) for name, new in differing.items()}
    if authors is not None:
        before["authors"] = _names_of_authors(article)
        article.authors.set(authors)
        after["authors"] = _names_of_authors(article)
    if before == after:
        return
    with embargo_moving(actor, article, differing.get("embargo_until", article.embargo_until)):
        for name, new in differing.items():
            setattr(article, name, new)
        save_row(article, *differing)
    record(
        actor=actor,
        verb="change",
        subject=article,
        article_id=article.pk,
        detail={"before": before, "after": after},
    )
    desk().article_changed(article, actor=actor)
    if "language" in differing:
        _read_in_another_language(article)


def _read_in_another_language(article: Article) -> None:
    """Have the newest text read again, by the rules of the language that it turned out to be in."""
    reading = VersionReading.objects.filter(version=article.versions.order_by("-number")[0])
    reading.update(state=VersionReading.State.WAITING, attempts=0, attempted_at=None, note="")
    wake.after_commit("claims.tasks.look_at_version", reading.values_list("pk", flat=True)[0])


def _names_of_authors(article: Article) -> str:
    return ", ".join(article.authors.order_by("username").values_list("username", flat=True))
