"""One of everything that workers, feeds and requests leave behind, for tests of every address."""

from django.contrib.auth.models import User
from django.utils import timezone

from claims.models import (
    ArticleVersion,
    Attribution,
    Claim,
    Feed,
    IntakeRequest,
    LearnedModel,
    Message,
    Passage,
    Reanchoring,
    ReplyRequest,
    RequiredChange,
    Ruling,
    Sentence,
    VersionReading,
)
from tests.factories import ClaimFactory, SourceFactory

MARK = {"start": 0, "end": 4, "text": "nine"}


def living_rows(claim: Claim, *, asked_by: User, lead: User) -> dict[str, int]:
    """Make them for the article of `claim`; return their ids by kind of address."""
    version, beat = claim.passage.version, claim.beat
    VersionReading.objects.create(version=version)
    _suggestion(claim)
    sentence = Sentence.objects.create(
        version=version, start=0, end=9, kind="checkable", spotted_kind="checkable"
    )
    Reanchoring.objects.create(
        claim=claim,
        version=version,
        before=claim.passage,
        after=claim.passage,
        status="touched",
        diff=[["equal", "nine "], ["insert", "days"]],
    )
    LearnedModel.objects.create(
        fitted_at=timezone.now(),
        decisions=100,
        held_back=30,
        factors_score=0.7,
        model_score=0.8,
        kept=True,
        parameters={"features": ["figures"], "weights": [1.0], "intercept": 0.0},
    )
    asked = IntakeRequest.objects.create(
        url="https://post.example/", beat=beat, requested_by=asked_by
    )
    feed = Feed.objects.create(
        url="https://post.example/feed", beat=beat, due_at=timezone.now(), followed_by=lead
    )
    return {
        **_talk(claim, lead),
        **_proof(claim, lead),
        "sentences": sentence.pk,
        "intake-requests": asked.pk,
        "feeds": feed.pk,
    }


def _talk(claim: Claim, lead: User) -> dict[str, int]:
    """Make a message and a request for reply; return their ids by kind of address."""
    now = timezone.now()
    message = Message.objects.create(claim=claim, author=lead, body="See page 7.", created_at=now)
    asked = ReplyRequest.objects.create(
        claim=claim,
        source=SourceFactory(),
        channel="email",
        question="Is it so?",
        asked_by=lead,
        asked_at=now,
        due_at=now,
    )
    return {"messages": message.pk, "reply-requests": asked.pk}


def _proof(claim: Claim, lead: User) -> dict[str, int]:
    """Make a required change and a ruling; return their ids by kind of address."""
    now, version = timezone.now(), claim.passage.version
    said = {"article": claim.article, "claim": claim}
    change = RequiredChange.objects.create(
        **said,
        passage=_passage(version, 0, 3),
        wording_now=version.body[0:3],
        wording_to_use="A",
        set_by=lead,
        set_at=now,
    )
    ruling = Ruling.objects.create(
        article=claim.article,
        passage=_passage(version, 4, 9),
        kind="on_author",
        reason="The author was there.",
        made_by=lead,
        made_at=now,
    )
    return {"required-changes": change.pk, "rulings": ruling.pk}


def _passage(version: ArticleVersion, start: int, end: int) -> Passage:
    return Passage.objects.create(
        version=version, start=start, end=end, exact=version.body[start:end]
    )


def _suggestion(claim: Claim) -> None:
    """Make a suggestion with a chain, factors and figures."""
    suggestion = ClaimFactory(
        article=claim.article,
        words="It rained",
        check_worthiness=0.4,
        factors=[{"name": "figures", "share": 0.4, "strength": 0.7, "words": [MARK]}],
        particulars={
            "dates": [MARK | {"first": "2026-03-01", "last": "2026-03-09", "approximate": False}],
            "quantities": [
                MARK | {"value": 9.0, "low": 9.0, "high": None, "unit": "days", "hedge": ""}
            ],
            "misfits": [MARK | {"rule": "sum", "stated": 9.0, "computed": 8.0}],
        },
    )
    Attribution.objects.create(claim=suggestion, source=SourceFactory(), role="via", position=1)
