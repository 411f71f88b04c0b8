"""Fill an empty, migrated database with a whole newsroom for `bench.pages`.

    python -m bench.newsroom --claims 100000 --published 20000 --into FILE

A hundred thousand claims with their past, a few hundred open checks, fact-checks that are out, one
long article whose every sentence makes a claim, and notices. FILE says who is signed in (session
keys by user name) and which addresses are worth measuring.
"""

import argparse
import json
from pathlib import Path

from bench import fill as filling  # sets Django up

# isort: split
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from bench.decided import decide, publish
from claims.actions.archiving import index_archive
from claims.models import (
    Article,
    ArticleVersion,
    Attribution,
    Beat,
    Claim,
    Evidence,
    Passage,
    Sentence,
    Source,
    VersionReading,
)
from desk.actions import recount
from desk.models import Notice, VerificationTask

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
SENTENCES, CLAIMS = 420, 150
NOTICES = 300


def fill(claims: int, published: int) -> dict[str, dict[str, str]]:
    """Fill the database; return session keys by user name, and addresses by what they show."""
    filling.fill(claims, queued=300, in_progress=300, decided=True)
    article = long_read()
    mine = VerificationTask.objects.filter(
        claim__article=article, hold__person__username="bench-checker-0"
    )
    task = mine.order_by("pk")[:1].get()
    checks = out(published)
    notices(task)
    recount()
    index_archive()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    people = User.objects.filter(username__in=["bench-checker-0", "bench-editor-0", "bench-lead-0"])
    return {
        "sessions": {user.username: session_of(user) for user in people},
        "addresses": {
            "check": reverse("desk:check", args=[task.pk]),
            "proof": reverse("desk:proof", args=[article.pk]),
            "fact-check": reverse("public:fact-check", args=[checks[-1].slug]),
        },
    }


@transaction.atomic
def long_read() -> Article:
    """Insert an article of some 5,000 words with 150 claims: checked, in progress and queued."""
    cms = User.objects.get(username="bench-cms-0")
    article = Article.objects.create(
        headline="Every lamp in the country, counted", beat=Beat.objects.all()[0], submitted_by=cms
    )
    texts = [_sentence(number) for number in range(SENTENCES)]
    body = " ".join(texts)
    version = ArticleVersion.objects.create(
        article=article,
        number=1,
        headline=article.headline,
        body=body,
        body_sha256="1" * 64,
        created_by=cms,
    )
    VersionReading.objects.create(version=version, state="read", read_at=timezone.now())
    claims = _claims_of(article, version, texts)
    checkers = list(User.objects.filter(username__startswith="bench-checker-").order_by("pk"))
    editors = list(User.objects.filter(username__startswith="bench-editor-").order_by("pk"))
    decide(claims[:100], checkers, editors)
    open_now = [filling.task_of(claim, timezone.now(), "queued") for claim in claims[100:]]
    tasks = VerificationTask.objects.bulk_create(open_now)
    filling.start(checkers, tasks[:32])
    return article


def _sentence(number: int) -> str:
    place, price = f"town number {number}", number * 37 % 8861
    return f"In {place} the council bought lamps for {price} crowns in the year."


def _claims_of(article: Article, version: ArticleVersion, texts: list[str]) -> list[Claim]:
    """Insert a sentence for each text, and a claim with evidence for every third or so."""
    start, claims = 0, []
    source = Source.objects.get(name="Lamp office")
    adder = User.objects.get(username="bench-checker-1")
    editor = User.objects.get(username="bench-lead-0")
    for number, text in enumerate(texts):
        end = start + len(text)
        kind = "checkable" if number % 2 else "nothing"
        Sentence.objects.create(version=version, start=start, end=end, kind=kind, spotted_kind=kind)
        if len(claims) < CLAIMS and number % 14 < 6:
            passage = Passage.objects.create(version=version, exact=text, start=start, end=end)
            claim = Claim.objects.create(
                article=article,
                passage=passage,
                quote=text,
                statement=text,
                language="en",
                beat=article.beat,
                state="accepted",
                created_by=editor,
            )
            Attribution.objects.create(claim=claim, source=source, role="claimant", position=1)
            Evidence.objects.create(
                claim=claim,
                source=source,
                tier="primary",
                stance="supports",
                method="document",
                excerpt="The ledger says so.",
                consulted_on=timezone.now().date(),
                added_by=adder,
                added_at=timezone.now(),
            )
            claims.append(claim)
        start = end + 1
    return claims


def out(number: int) -> list:
    """Publish the fact-checks of the newest `number` claims that have a verdict; return them."""
    standing = Claim.objects.filter(standing__isnull=False).select_related("standing")
    newest = list(standing.order_by("-pk")[:number])
    with transaction.atomic():
        return publish(newest, User.objects.get(username="bench-lead-0"))


def notices(task: VerificationTask) -> None:
    """Give the checker and the lead some hundred notices, half of them read."""
    people = User.objects.filter(username__in=["bench-checker-0", "bench-lead-0"])
    Notice.objects.bulk_create(
        Notice(
            person=person,
            task=task,
            kind=Notice.Kind.OVERDUE,
            read_at=timezone.now() if number % 2 else None,
        )
        for person in people
        for number in range(NOTICES)
    )


def session_of(user: User) -> str:
    """Return the key of a session in which `user` is signed in."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = BACKEND
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return session.session_key or ""


def main() -> None:
    """Read the sizes from the command line and fill the database."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--published", type=int, default=20_000)
    parser.add_argument("--into", type=Path, required=True)
    given = parser.parse_args()
    given.into.write_text(json.dumps(fill(given.claims, given.published)))


if __name__ == "__main__":
    main()
