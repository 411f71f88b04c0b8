"""Fill an empty, migrated database with a newsroom of a given size, for measuring.

    python -m bench.fill --claims 100000 --queued 30000 --in-progress 30000 --tokens FILE

Rows are inserted in bulk, not through actions: this makes the past that the measured requests
have behind them. Every claim has a finished or waiting task; people can sign in with a token.
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
from django.db import connection, models, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402
from knox.models import get_token_model  # noqa: E402

from bench.decided import decide  # noqa: E402
from claims.models import (  # noqa: E402
    Article,
    ArticleVersion,
    Attribution,
    Beat,
    Claim,
    Event,
    Evidence,
    Passage,
    Source,
)
from desk.models import Assignment, Shift, StaffProfile, VerificationTask  # noqa: E402

BEATS = ("politics", "science", "sport", "economy")
CHECKERS, EDITORS = 16, 8
CLAIMS_PER_ARTICLE = 50
BATCH = 5000


def fill(claims: int, queued: int, in_progress: int, *, decided: bool = False) -> dict[str, str]:
    """Insert people and `claims` claims, each with a task: queued, in progress, the rest over.

    What is over was called off, or with `decided` approved by an editor over the last three months.
    Returns a fresh token for each person, by user name.
    """
    if queued + in_progress > claims:
        raise SystemExit("There cannot be more queued and started tasks than claims.")
    with transaction.atomic():
        people = _people()
        articles = _articles(people, -(-claims // CLAIMS_PER_ARTICLE))
        made = _claims(people, articles, claims)
        over = _tasks(people, made, queued, in_progress)
        # Otherwise cancelled: the database lets nothing be done without an editor's vote.
        if decided:
            decide(over, people["checker"], people["editor"])
        else:
            now = timezone.now()
            insert(VerificationTask, (task_of(claim, now, "cancelled") for claim in over))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    everybody = itertools.chain(*people.values())
    return {user.username: get_token_model().objects.create(user)[1] for user in everybody}


def _people() -> dict[str, list[User]]:
    beats = [Beat(slug=slug, name=slug.title()) for slug in BEATS]
    Beat.objects.bulk_create(beats)
    people = {
        "checker": _group("bench-checker", CHECKERS, ["checker"], beats),
        "editor": _group("bench-editor", EDITORS, ["editor"], beats),
        "integration": _group("bench-cms", 1, ["integration"], []),
        "lead": _group("bench-lead", 1, ["lead"], []),
    }
    now = timezone.now()
    Shift.objects.bulk_create(
        Shift(staff=user.staff, starts_at=now, ends_at=now + timedelta(days=30))
        for user in people["checker"]
    )
    return people


def _group(name: str, count: int, roles: list[str], beats: list[Beat]) -> list[User]:
    users = [User(username=f"{name}-{number}") for number in range(count)]
    User.objects.bulk_create(users)
    for user in users:
        staff = StaffProfile.objects.create(user=user, roles=roles, languages=["en"], capacity=0)
        staff.beats.set(beats)
    return users


def insert(model: type[models.Model], rows: Iterator[Any]) -> list[Any]:
    """Insert `rows` in batches and return them."""
    made: list[Any] = []
    while batch := list(itertools.islice(rows, BATCH)):
        made += model._default_manager.bulk_create(batch)
    return made


def _sentence(number: int) -> str:
    return f"In district {number} the council spent {number * 7 % 9973} crowns on lamps."


def _articles(people: dict[str, list[User]], count: int) -> list[Article]:
    author = people["integration"][0]
    beats = list(Beat.objects.order_by("pk"))
    articles = insert(
        Article,
        (
            Article(headline=f"Lamps, part {n}", beat=beats[n % len(beats)], submitted_by=author)
            for n in range(count)
        ),
    )
    body = " ".join(_sentence(number) for number in range(CLAIMS_PER_ARTICLE))
    insert(
        ArticleVersion,
        (
            ArticleVersion(
                article=article,
                number=1,
                headline=article.headline,
                body=body,
                body_sha256="0" * 64,
                created_by=author,
            )
            for article in articles
        ),
    )
    return articles


def _claims(people: dict[str, list[User]], articles: list[Article], count: int) -> list[Claim]:
    versions = dict(ArticleVersion.objects.values_list("article", "pk"))
    lamps = Source.objects.create(name="Lamp office")
    where = [(articles[n // CLAIMS_PER_ARTICLE], n % CLAIMS_PER_ARTICLE) for n in range(count)]
    starts = list(
        itertools.accumulate((len(_sentence(n)) + 1 for n in range(CLAIMS_PER_ARTICLE)), initial=0)
    )
    passages = insert(
        Passage,
        (
            Passage(
                version_id=versions[article.pk],
                exact=_sentence(place),
                start=starts[place],
                end=starts[place] + len(_sentence(place)),
            )
            for article, place in where
        ),
    )
    claims = insert(
        Claim,
        (
            Claim(
                article=article,
                passage=passage,
                quote=passage.exact,
                statement=passage.exact,
                language="en",
                beat_id=article.beat_id,
                state="accepted",
                created_by=people["editor"][0],
            )
            for (article, _), passage in zip(where, passages, strict=True)
        ),
    )
    insert(
        Attribution,
        (Attribution(claim=claim, source=lamps, role="claimant", position=1) for claim in claims),
    )
    insert(
        Evidence,
        (
            Evidence(
                claim=claim,
                source=lamps,
                tier="primary",
                stance="supports",
                method="document",
                excerpt="The ledger says so.",
                consulted_on=timezone.now().date(),
                added_by=people["checker"][claim.pk % CHECKERS],
            )
            for claim in claims
        ),
    )
    return claims


def _tasks(
    people: dict[str, list[User]], claims: list[Claim], queued: int, in_progress: int
) -> list[Claim]:
    """Insert the open tasks and everybody's history; return the claims whose checks are over."""
    now = timezone.now()
    started = claims[queued : queued + in_progress]
    insert(VerificationTask, (task_of(claim, now, "queued") for claim in claims[:queued]))
    start(people["checker"], insert(VerificationTask, (task_of(c, now, "queued") for c in started)))
    insert(Event, (_event(claim, now) for claim in claims for _ in range(3)))
    return claims[queued + in_progress :]


def start(checkers: list[User], tasks: list[VerificationTask]) -> None:
    """Give each task to the checker who gathered the evidence, as started."""
    now = timezone.now()
    holds = insert(
        Assignment,
        (
            Assignment(
                task=task,
                person=checkers[task.claim_id % len(checkers)],
                token=1,
                taken_at=now,
                started_at=now,
                leased_until=now + timedelta(days=1),
            )
            for task in tasks
        ),
    )
    for hold in holds:
        hold.task.hold, hold.task.state, hold.task.fence = hold, "in_progress", 1
    for start in range(0, len(tasks), BATCH):
        fields = ["hold", "state", "fence"]
        VerificationTask.objects.bulk_update(tasks[start : start + BATCH], fields, batch_size=500)


def task_of(claim: Claim, now: Any, state: str) -> VerificationTask:
    """Return a task of `claim`, asked for `now` and due within the next days."""
    due = now + timedelta(minutes=claim.pk % 5000)
    return VerificationTask(
        claim=claim,
        state=state,
        beat_id=claim.beat_id,
        language="en",
        priority=1 + claim.pk % 3,
        publish_at=due,
        due_at=due,
        queued_at=now,
    )


def _event(claim: Claim, now: Any) -> Event:
    return Event(
        at=now,
        verb="accept",
        subject="claim",
        subject_id=claim.pk,
        claim=claim,
        article_id=claim.article_id,
        version_id=claim.passage.version_id,
        from_state="suggested",
        to_state="accepted",
    )


def main() -> None:
    """Read the sizes from the command line and fill the database."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--claims", type=int, default=10_000)
    parser.add_argument("--queued", type=int, default=3_000)
    parser.add_argument("--in-progress", type=int, default=3_000)
    parser.add_argument("--tokens", type=Path, help="where to write everybody's token, as JSON")
    given = parser.parse_args()
    tokens = fill(given.claims, given.queued, given.in_progress)
    if given.tokens:
        given.tokens.write_text(json.dumps(tokens))


if __name__ == "__main__":
    main()
