"""Fact-checks as plain data, for tests of formats: no database."""

from dataclasses import replace
from datetime import UTC, date, datetime

from claims.publishing.data import (
    PublishedAppearance,
    PublishedCheck,
    PublishedClaimant,
    PublishedCorrection,
    PublishedEdition,
    PublishedEvidence,
    PublishedMedia,
    PublishedRating,
    PublishedRetraction,
)
from claims.publishing.publisher import Publisher

PUBLISHER = Publisher(
    name="Lindenau Courier",
    url="https://courier.example/",
    logo_url="https://courier.example/logo.png",
)
AT = datetime(2026, 4, 2, 9, 30, tzinfo=UTC)
LATER = datetime(2026, 4, 9, 16, 5, tzinfo=UTC)
URL = "https://courier.example/fact-checks/late-buses/"
RATING = PublishedRating(
    slug="false",
    label="False",
    definition="The evidence shows that it is wrong.",
    value=1,
    worst=0,
    best=5,
    scale_slug="truth-six",
    scale_name="Truth scale",
)
OFF_SCALE = replace(RATING, slug="unproven", label="Unproven", value=None, worst=None, best=None)
CLAIMANT = PublishedClaimant(
    name="Mara Lind",
    kind="person",
    role="mayor of Lindenau",
    url="https://www.wikidata.org/wiki/Q1",
)
APPEARANCES = (
    PublishedAppearance(
        url="https://council.example/minutes/7",
        place="City council",
        said_at=datetime(2026, 3, 27, 18, tzinfo=UTC),
    ),
    PublishedAppearance(url="https://radio.example/morning", place="Radio Lindenau"),
)
FIRST = PublishedEdition(
    number=1,
    published_at=AT,
    headline="Were 40 per cent of the buses late? No",
    claim_reviewed="40 per cent of Lindenau's buses were late in March",
    summary="The transport office counted 23 per cent.",
    text="The office's table gives **486** of 2,114.",
    rating=RATING,
)
EVIDENCE = PublishedEvidence(
    source_name="Transport office",
    source_kind="organisation",
    source_role="",
    source_url="",
    tier="primary",
    stance="refutes",
    method="data",
    locator="Table 3",
    excerpt="Of 2,114 departures in March, 486 were late.",
    url="https://transport.example/march",
    archived_url="https://archive.example/transport",
    consulted_on=date(2026, 4, 1),
)
IMAGE = PublishedMedia(
    type="image", category="DecontextualizedContent", url="https://post.example/1.jpg"
)


def check(**given: object) -> PublishedCheck:
    """Return a fact-check with everything in it, or with `given` in its place."""
    usual: dict[str, object] = {
        "id": 7,
        "url": URL,
        "slug": "late-buses",
        "state": "published",
        "edition": 1,
        "headline": FIRST.headline,
        "claim_reviewed": FIRST.claim_reviewed,
        "summary": FIRST.summary,
        "text": FIRST.text,
        "language": "en",
        "rating": RATING,
        "claimant": CLAIMANT,
        "claimed_on": date(2026, 3, 27),
        "appearances": APPEARANCES,
        "image_url": "https://courier.example/bus.jpg",
        "image_alt": "A bus at a stop",
        "media": None,
        "topic_slug": "politics",
        "topic": "Politics",
        "tags": ("buses", "transport"),
        "evidence": (EVIDENCE,),
        "editors": 1,
        "checked_at": AT,
        "published_at": AT,
        "modified_at": AT,
        "editions": (FIRST,),
        "corrections": (),
        "retraction": None,
    }
    return PublishedCheck(**(usual | given))


def corrected() -> PublishedCheck:
    """Return a fact-check whose figure was corrected."""
    second = replace(FIRST, number=2, published_at=LATER, text="The table gives 488 of 2,114.")
    correction = PublishedCorrection(
        number=1,
        kind="minor",
        says="An earlier version gave the number of late buses as 486; it was 488.",
        made_at=LATER,
        before=FIRST,
        after=second,
    )
    return check(
        state="corrected",
        edition=2,
        text=second.text,
        modified_at=LATER,
        editions=(FIRST, second),
        corrections=(correction,),
    )


def retracted() -> PublishedCheck:
    """Return a fact-check that was taken back."""
    return check(
        state="retracted",
        summary="",
        text="",
        evidence=(),
        editions=(),
        modified_at=LATER,
        retraction=PublishedRetraction(at=LATER, because="The table was a forgery."),
    )
