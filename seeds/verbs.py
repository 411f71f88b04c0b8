"""What a step of the sample's stories does: each verb through the action that the desk uses."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.utils import timezone

from claims import actions as checking
from claims.actions.articles import ArticleContent
from claims.actions.claims import AttributionLink
from claims.actions.evidence import EvidenceContent
from claims.models import Article, Beat, Claim, Evidence, FactCheck, Message, Rating, Source
from desk import actions as working
from desk.models import VerificationTask
from seeds.newsroom import Given

EVIDENCE_FIELDS = (
    "tier",
    "stance",
    "method",
    "locator",
    "excerpt",
    "note",
    "url",
    "archived_url",
    "confidential",
)


@dataclass
class Scene:
    """What a step happens to: the people, the article, and the claim with its evidence by key.

    `minutes` is how long before the loading it happens. The first step of an article receives it,
    the first step of a claim enters it, and sets them here.
    """

    people: dict[str, User]
    article: Article = field(init=False, repr=False)
    claim: Claim = field(init=False, repr=False)
    evidence: dict[str, Evidence] = field(default_factory=dict)
    minutes: float = 0

    @property
    def task(self) -> VerificationTask:
        """The claim's newest task as it is now."""
        return VerificationTask.objects.filter(claim=self.claim).latest("pk")


def receive(scene: Scene, by: User, given: Given) -> None:
    """The article comes in; `publish_in` counts minutes from the moment of loading."""
    minutes = scene.minutes + given["publish_in"]
    content = ArticleContent(
        headline=given["headline"],
        body=given["text"],
        beat=Beat.objects.get(slug=given["beat"]),
        byline=given["byline"],
        cms_id=given["cms_id"],
        priority=given["priority"],
        publish_at=timezone.now() + timedelta(minutes=minutes),
        authors=[scene.people[name] for name in given.get("authors", [])],
    )
    scene.article, _ = checking.receive_article(actor=by, content=content)


def revise(scene: Scene, by: User, given: Given) -> None:
    """A new version of the article's text comes in."""
    article = scene.article
    checking.add_version(actor=by, article=article, headline=article.headline, body=given["text"])


def enter(scene: Scene, by: User, given: Given) -> None:
    """Somebody enters the claim."""
    chain = [
        AttributionLink(_source(link["source"]), link["role"], link["words"])
        for link in given["chain"]
    ]
    particulars: Given = {
        name: given[name] for name in ("language", "priority", "check_worthiness") if name in given
    }
    if "beat" in given:
        particulars["beat"] = Beat.objects.get(slug=given["beat"])
    scene.claim = checking.enter_claim(
        actor=by,
        article=scene.article,
        quote=given["quote"],
        statement=given["statement"],
        attribution=chain,
        **particulars,
    )


def accept(scene: Scene, by: User, given: Given) -> None:
    """Somebody accepts the claim, which queues its task."""
    checking.accept_claim(actor=by, claim=scene.claim)


def dismiss(scene: Scene, by: User, given: Given) -> None:
    """Somebody dismisses the claim."""
    checking.dismiss_claim(actor=by, claim=scene.claim, reason=given["reason"])


def attempt(scene: Scene, by: None, given: Given) -> None:
    """The desk itself tries to assign the task."""
    working.attempt_assignment(task_id=scene.task.pk)


def break_off(scene: Scene, by: None, given: Given) -> None:
    """The desk tries once more after its workers were killed each time they tried to assign it.

    All that a killed worker leaves behind is the attempt it had counted.
    """
    broken = VerificationTask.objects.filter(pk=scene.task.pk)
    long_ago = timezone.now() - timedelta(seconds=2 * settings.DESK_ATTEMPT_SECONDS)
    broken.update(attempts=settings.DESK_MAX_ATTEMPTS, attempted_at=long_ago)
    attempt(scene, by, given)


def escalate(scene: Scene, by: None, given: Given) -> None:
    """The desk brings the overdue task before the leads."""
    working.escalate_task(task_id=scene.task.pk)


def assign(scene: Scene, by: User, given: Given) -> None:
    """The lead gives the task to somebody."""
    working.assign_task(actor=by, task=scene.task, person=scene.people[given["to"]])


def start(scene: Scene, by: User, given: Given) -> None:
    """The holder starts to work."""
    working.start_task(actor=by, task=scene.task)


def draft(scene: Scene, by: User, given: Given) -> None:
    """The holder saves an unfinished verdict."""
    working.save_draft(
        actor=by,
        task=scene.task,
        token=None,
        rating=_rating(given),
        summary=given["summary"],
        explanation=given["explanation"],
    )


def add(scene: Scene, by: User, given: Given) -> None:
    """Somebody adds a piece of evidence, or puts it in the place of the one that it `amends`."""
    content = EvidenceContent(
        source=_source(given["source"]),
        consulted_on=timezone.now().date(),
        **{name: given[name] for name in EVIDENCE_FIELDS if name in given},
    )
    if "amends" in given:
        old = scene.evidence[given["amends"]]
        checking.amend_evidence(actor=by, evidence=old, content=content, reason=given["because"])
        return
    piece = checking.add_evidence(actor=by, claim=scene.claim, content=content)
    scene.evidence[given.get("key", "")] = piece


def withdraw(scene: Scene, by: User, given: Given) -> None:
    """Somebody withdraws a piece of evidence."""
    piece = scene.evidence[given["piece"]]
    checking.withdraw_evidence(actor=by, evidence=piece, reason=given["reason"])


def submit(scene: Scene, by: User, given: Given) -> None:
    """The holder submits a verdict."""
    working.submit_task(
        actor=by,
        task=scene.task,
        token=None,
        rating=_rating(given),
        summary=given["summary"],
        explanation=given["explanation"],
    )


def approve(scene: Scene, by: User, given: Given) -> None:
    """An editor approves the verdict."""
    verdict = scene.claim.verdicts.latest("number")
    checking.approve_verdict(actor=by, verdict=verdict, comment=given.get("comment", ""))


def return_(scene: Scene, by: User, given: Given) -> None:
    """An editor returns the verdict."""
    verdict = scene.claim.verdicts.latest("number")
    checking.return_verdict(actor=by, verdict=verdict, comment=given["comment"])


def reopen(scene: Scene, by: User, given: Given) -> None:
    """The lead has the claim checked again."""
    working.reopen_task(actor=by, task=scene.task, reason=given["reason"])


def cancel(scene: Scene, by: User, given: Given) -> None:
    """The lead calls the check off."""
    working.cancel_task(actor=by, task=scene.task, reason=given["reason"])


def require(scene: Scene, by: User, given: Given) -> None:
    """Somebody requires that the article says it in other words."""
    checking.require_change(
        actor=by,
        article=scene.article,
        claim=scene.claim,
        wording_now=given["now"],
        wording_to_use=given["use"],
        note=given.get("note", ""),
    )


def leave(scene: Scene, by: User, given: Given) -> None:
    """Somebody leaves the claim to the author."""
    checking.leave_claim_to_author(actor=by, claim=scene.claim, reason=given["reason"])


def ask(scene: Scene, by: User, given: Given) -> None:
    """Somebody asks the author about the claim."""
    kind = Message.Kind.QUESTION
    checking.post_message(
        actor=by, claim=scene.claim, body=given["says"], kind=kind, for_reporter=True
    )


def answer(scene: Scene, by: User, given: Given) -> None:
    """The author answers what was asked last."""
    asked = scene.claim.messages.latest("pk")
    checking.post_message(actor=by, claim=scene.claim, body=given["says"], answers=asked)


def publish(scene: Scene, by: User, given: Given) -> None:
    """The fact-check goes out, or is scheduled `at` minutes from the moment of loading."""
    words = _words(given, "headline", "summary", "text", "tags")
    draft = checking.prepare_fact_check(actor=by, claim=scene.claim, words=words)
    at = given.get("at")
    when = None if at is None else timezone.now() + timedelta(minutes=scene.minutes + at)
    checking.publish_fact_check(actor=by, fact_check=draft, at=when)


def correct(scene: Scene, by: User, given: Given) -> None:
    """Something in what is out was wrong."""
    checking.correct_fact_check(
        actor=by,
        fact_check=FactCheck.objects.get(claim=scene.claim),
        kind="minor",
        says=given["says"],
        words=_words(given, "headline", "summary", "text"),
    )


def annotate(scene: Scene, by: User, given: Given) -> None:
    """Readers should know something that is new."""
    checking.annotate_fact_check(
        actor=by, fact_check=FactCheck.objects.get(claim=scene.claim), says=given["says"]
    )


def _words(given: Given, *names: str) -> Given:
    return {name: given[name] for name in names if name in given}


def _source(given: Given) -> Source:
    source, _ = Source.objects.get_or_create(name=given["name"], kind=given["kind"], defaults=given)
    return source


def _rating(given: Given) -> Rating:
    scale = given.get("scale", "truth-six")
    return Rating.objects.get(scale__slug=scale, slug=given["rating"])


VERBS: dict[str, Callable[[Scene, Any, Given], None]] = {
    verb.__name__.rstrip("_"): verb
    for verb in (
        receive,
        revise,
        enter,
        accept,
        dismiss,
        attempt,
        break_off,
        escalate,
        assign,
        start,
        draft,
        add,
        withdraw,
        submit,
        approve,
        return_,
        reopen,
        cancel,
        require,
        leave,
        ask,
        answer,
        publish,
        correct,
        annotate,
    )
}
