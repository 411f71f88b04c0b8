"""What the world may know of one fact-check, as plain data.

`claims.published` fills these in from the database; pages, ClaimReview, feeds, the REST interface
and webhooks write them down and read nothing else, so that what may not go out cannot. There is no
confidential evidence here, no evidence that was withdrawn, and nobody of the newsroom by name.

Texts are plain text but for `text`, which is Markdown as the desk wrote it. Addresses are http or
https, or empty. Times bear a zone. What is not known is empty or None.
"""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, kw_only=True)
class PublishedClaimant:
    """Who says it; `kind` is person, organisation, publication, document, dataset, unspecified."""

    name: str
    kind: str
    role: str = ""
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class PublishedAppearance:
    """Where it was said; `place` is a programme, a speech, a platform."""

    url: str
    place: str = ""
    said_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class PublishedRating:
    """A step of a scale. `value` is None for a step off the scale, such as “unproven”.

    `worst` and `best` are the lowest and highest value of any step of the scale; both are None when
    no step has a value.
    """

    slug: str
    label: str
    definition: str
    value: int | None
    worst: int | None
    best: int | None
    scale_slug: str
    scale_name: str


@dataclass(frozen=True, kw_only=True)
class PublishedMedia:
    """The image, video or audio that the claim is about.

    `type` is image, video or audio; `category` is one of schema.org's media authenticity
    categories, such as DecontextualizedContent, or empty.
    """

    type: str
    category: str = ""
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class PublishedEvidence:
    """A piece of evidence that the verdict cites and that may be shown.

    `tier` is primary, secondary or tertiary; `stance` supports, refutes or context; `method`
    document, interview, data or observation; `excerpt` the words of the source, verbatim.
    """

    source_name: str
    source_kind: str
    source_role: str
    source_url: str
    tier: str
    stance: str
    method: str
    locator: str
    excerpt: str
    url: str
    archived_url: str
    consulted_on: date


@dataclass(frozen=True, kw_only=True)
class PublishedEdition:
    """What the fact-check said from `published_at` on, until the next edition."""

    number: int
    published_at: datetime
    headline: str
    claim_reviewed: str
    summary: str
    text: str
    rating: PublishedRating


@dataclass(frozen=True, kw_only=True)
class PublishedCorrection:
    """What was changed after publication. `kind` is major (the rating changed), minor or note.

    `says` is what was wrong, in plain words. An editor's note changes no words: its `before` and
    `after` are the same edition.
    """

    number: int
    kind: str
    says: str
    made_at: datetime
    before: PublishedEdition
    after: PublishedEdition


@dataclass(frozen=True, kw_only=True)
class PublishedRetraction:
    """That the newsroom no longer stands by it, since when, and why."""

    at: datetime
    because: str


@dataclass(frozen=True, kw_only=True)
class PublishedCheck:
    """One fact-check as the world may see it now.

    `state` is published, corrected or retracted. Of a retracted one `headline`, `claim_reviewed`,
    `url`, times and `retraction` are to be shown and nothing else: `summary` and `text` are empty
    and it has no evidence, editions or corrections. `url` is the canonical address of its page;
    `claimed_on` the day on which it was claimed; `topic` the subject; `tags` words;
    `editions` the oldest first, the last being what it says now; `corrections` the newest first;
    `editors` how many editors approved the verdict, on `checked_at`.
    """

    id: int
    url: str
    slug: str
    state: str
    edition: int
    headline: str
    claim_reviewed: str
    summary: str
    text: str
    language: str
    rating: PublishedRating
    claimant: PublishedClaimant | None
    claimed_on: date | None
    appearances: tuple[PublishedAppearance, ...]
    image_url: str
    image_alt: str
    media: PublishedMedia | None
    topic_slug: str
    topic: str
    tags: tuple[str, ...]
    evidence: tuple[PublishedEvidence, ...]
    editors: int
    checked_at: datetime
    published_at: datetime
    modified_at: datetime
    editions: tuple[PublishedEdition, ...]
    corrections: tuple[PublishedCorrection, ...]
    retraction: PublishedRetraction | None
