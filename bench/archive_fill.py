"""Publish fact-checks in bulk, and write a feed of other people's, for measuring the archive.

    python -m bench.archive_fill --own 50000 --feed 50000 --to FILE

Wants a database filled by `bench.fill` with at least as many claims. The fact-checks go past the
actions, since they are only the past that the measured searches have behind them; the archive's
index is then made by `index_archive`, as an operator would.
"""

import argparse
import itertools
import json
import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
django.setup()

from django.contrib.auth.models import User  # noqa: E402  # after django.setup()
from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench.wording import Wording  # noqa: E402
from claims.actions.archiving import index_archive  # noqa: E402
from claims.models import Approval, Claim, Edition, FactCheck, RatingScale, Verdict  # noqa: E402

BATCH = 2_000
LANGUAGES = ("en", "en", "en-GB", "de", "pt-BR", "es")
SITES = 200


def publish(number: int) -> None:
    """Publish fact-checks of the first `number` claims."""
    wording = Wording(seed=2)
    claims = Claim.objects.select_related("passage").order_by("pk")[:number].iterator(BATCH)
    while batch := list(itertools.islice(claims, BATCH)):
        with transaction.atomic():
            _publish(batch, wording)


def _publish(claims: list[Claim], wording: Wording) -> None:
    now = timezone.now()
    author, editor = (User.objects.get(username=f"bench-{who}-0") for who in ("checker", "editor"))
    # Who gathered the evidence does not approve: those are checkers, this is an editor.
    steps = list(RatingScale.objects.get(is_default=True).ratings.filter(quorum=1))
    verdicts = Verdict.objects.bulk_create(_verdicts(claims, author, steps, now))
    Approval.objects.bulk_create(
        Approval(verdict=verdict, editor=editor, decision="approve", decided_at=now)
        for verdict in verdicts
    )
    ids = [verdict.pk for verdict in verdicts]
    Verdict.objects.filter(pk__in=ids).update(state="approved", decided_at=now)
    for claim, verdict in zip(claims, verdicts, strict=True):
        claim.standing = verdict
    Claim.objects.bulk_update(claims, ["standing"], batch_size=200)
    checks = FactCheck.objects.bulk_create(
        FactCheck(claim=claim, slug=f"check-{claim.pk}", created_by=editor) for claim in claims
    )
    pairs = zip(checks, verdicts, strict=True)
    editions = Edition.objects.bulk_create(
        _edition(check, verdict, editor, wording) for check, verdict in pairs
    )
    for check, edition in zip(checks, editions, strict=True):
        check.edition, check.state = edition, "published"
        check.goes_out_at = check.modified_at = _some_time(wording)
    fields = ["edition", "state", "goes_out_at", "modified_at"]
    FactCheck.objects.bulk_update(checks, fields, batch_size=200)


def _verdicts(claims: list[Claim], author: User, steps: list[Any], now: Any) -> Iterator[Verdict]:
    for claim in claims:
        yield Verdict(
            claim=claim,
            number=1,
            version_id=claim.passage.version_id,
            passage=claim.passage,
            rating=steps[claim.pk % len(steps)],
            summary="The ledger bears it out.",
            explanation="The council's ledger lists the lamps and what they cost.",
            author=author,
            quorum=1,
            due_at=now,
            submitted_at=now,
        )


def _edition(check: FactCheck, verdict: Verdict, editor: User, wording: Wording) -> Edition:
    return Edition(
        fact_check=check,
        number=1,
        verdict=verdict,
        headline=wording.text(9),
        claim_reviewed=wording.text(14),
        summary=wording.text(15),
        text=wording.text(80),
        language=wording.random.choice(LANGUAGES),
        claimant_name=wording.text(2),
        appearances=[{"url": f"https://talk.example/own/{check.claim_id}", "place": ""}],
        created_by=editor,
        created_at=timezone.now(),
    )


def _some_time(wording: Wording) -> Any:
    return timezone.now() - timedelta(minutes=wording.random.randint(1, 3_000_000))


def write_feed(path: Path, number: int) -> None:
    """Write a DataFeed with one ClaimReview in each of `number` elements."""
    wording = Wording(seed=3)
    with path.open("w") as file:
        file.write('{"@context": "https://schema.org", "@type": "DataFeed", "dataFeedElement": [')
        for at in range(number):
            element = {"@type": "DataFeedItem", "item": [_review(at, wording)]}
            file.write(("," if at else "") + json.dumps(element))
        file.write("]}")


def _review(at: int, wording: Wording) -> dict[str, Any]:
    site = f"site{at % SITES}.example"
    return {
        "@type": "ClaimReview",
        "url": f"https://www.{site}/checks/{at}",
        "headline": wording.text(9),
        "claimReviewed": wording.text(14),
        "datePublished": _some_time(wording).isoformat(),
        "inLanguage": wording.random.choice(LANGUAGES),
        "author": {"@type": "Organization", "name": site, "url": f"https://{site}/"},
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": 1 + at % 5,
            "worstRating": 1,
            "bestRating": 5,
            "alternateName": ("False", "Mostly false", "Mixture", "Mostly true", "True")[at % 5],
        },
        "itemReviewed": {
            "@type": "Claim",
            "author": {"@type": "Person", "name": wording.text(2)},
            "datePublished": _some_time(wording).date().isoformat(),
            "appearance": [{"@type": "CreativeWork", "url": f"https://talk.example/{at}.jpg"}],
        },
    }


def main() -> None:
    """Read the sizes from the command line, publish, index, and write the feed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--own", type=int, default=50_000)
    parser.add_argument("--feed", type=int, default=50_000)
    parser.add_argument("--to", type=Path, required=True, help="where to write the feed")
    given = parser.parse_args()
    publish(given.own)
    index_archive()
    write_feed(given.to, given.feed)


if __name__ == "__main__":
    main()
