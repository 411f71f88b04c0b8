"""Messages about a claim: what checker, reporter and editor ask and tell each other."""

from collections.abc import Iterable
from functools import partial

import regex
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext

from claims.errors import Invalid, NotAllowed
from claims.history import record
from claims.models import Claim, Mention, Message
from claims.permissions import require, require_reason
from claims.querysets import SEES_ALL
from claims.work import desk

MOST_WORDS = 10_000
MOST_TOLD = 300
"""How many characters of a message stand in the notice of it."""
# A user name may hold . @ + - _; after a full stop at its end the sentence is over, not the name.
_CALLED = regex.compile(r"(?<![\w.@+-])@([\w.@+-]*\w)")


@transaction.atomic
def post_message(
    *,
    actor: User,
    claim: Claim,
    body: str,
    kind: str = Message.Kind.NOTE,
    for_reporter: bool = False,
    answers: Message | None = None,
    calling: Iterable[User] = (),
) -> Message:
    """Say something about `claim` and return the message.

    Who is called in it with @name, or is one of `calling`, is mentioned. An answer (`answers`)
    goes to whom the message it answers went to, and so does what the article's author writes.
    Raises `NotAllowed` and `Invalid`.
    """
    require(actor, "claims.add_message", gettext("write messages"))
    is_desk = actor.has_perm(SEES_ALL)
    if not Claim.objects.visible_to(actor).filter(pk=claim.pk).exists():
        raise NotAllowed(gettext("You cannot see this claim, so you cannot write about it."))
    if answers is not None:
        answers = _root_of(answers, claim, actor)
        kind, for_reporter = Message.Kind.ANSWER, answers.for_reporter
    message = Message.objects.create(
        claim=claim,
        author=actor,
        kind=_known(kind, answers),
        for_reporter=for_reporter or not is_desk,
        body=_words(body),
        answers=answers,
        created_at=timezone.now(),
    )
    people = _mention(message, calling)
    _note(message, people)
    _tell(message, people)
    return message


def _words(body: str) -> str:
    words = require_reason(body, "body", gettext("Write something first."))
    if len(words) > MOST_WORDS:
        says = gettext("A message has at most %(most)s characters.")
        raise Invalid(body=says % {"most": f"{MOST_WORDS:,}"})
    return words


def _known(kind: str, answers: Message | None) -> str:
    allowed = [one for one in Message.Kind.values if one != Message.Kind.ANSWER or answers]
    if kind not in allowed:
        raise Invalid(kind=f"Choose one of: {', '.join(allowed)}.")
    return kind


def _root_of(message: Message, claim: Claim, actor: User) -> Message:
    """Return the message that is answered: who answers an answer goes on with what began it."""
    seen = Message.objects.visible_to(actor).filter(claim=claim).select_related("answers")
    found = seen.filter(pk=message.pk).first()
    if found is None:
        raise Invalid(answers=gettext("There is no such message on this claim."))
    return found.answers or found


def _mention(message: Message, calling: Iterable[User]) -> list[User]:
    """Mention whoever is called; refuse to call somebody who would not be able to read it."""
    names = {name.lower() for name in _CALLED.findall(message.body)}
    folded = User.objects.alias(folded=Lower("username")).filter(is_active=True)
    called = list(folded.filter(folded__in=names).select_related("staff").order_by("pk"))
    called = [one for one in called if one.pk != message.author_id]
    if deaf := [one.username for one in called if not _can_read(one, message)]:
        raise Invalid(body=_deaf(deaf, message))
    people = list({one.pk: one for one in [*called, *calling]}.values())
    Mention.objects.bulk_create(Mention(message=message, person=one) for one in people)
    return people


def _can_read(person: User, message: Message) -> bool:
    return Message.objects.visible_to(person).filter(pk=message.pk).exists()


def _deaf(names: list[str], message: Message) -> str:
    said = f"{', '.join(names)} cannot read this message."
    return said if message.for_reporter else f"{said} Authors read what is meant for them."


def _note(message: Message, people: Iterable[User]) -> None:
    verbs = {Message.Kind.QUESTION: "ask", Message.Kind.ANSWER: "answer", Message.Kind.HELP: "call"}
    record(
        actor=message.author,
        verb=verbs.get(Message.Kind(message.kind), "post"),
        subject=message,
        claim=message.claim,
        detail={
            "for_reporter": message.for_reporter,
            "mentions": [one.username for one in people],
            **({"answers": message.answers_id} if message.answers_id else {}),
        },
    )


def _tell(message: Message, called: list[User]) -> None:
    """Tell who is called, who is asked or answered, and whoever checks the claim; each once."""
    words = message.body[:MOST_TOLD]
    tell = partial(desk().tell, by=message.author, claim=message.claim, words=words)
    tell("mentioned", called)
    told = list(called)
    for kind, people in (("answered", _answered(message)), ("asked", _asked(message))):
        tell(kind, people, but_not=told)
        told += people
    tell("message", but_not=told, checker_too=True)


def _answered(message: Message) -> list[User]:
    return [message.answers.author] if message.answers else []


def _asked(message: Message) -> list[User]:
    """Return the authors of the article when a question is for them."""
    if message.kind != Message.Kind.QUESTION or not message.for_reporter:
        return []
    return list(message.claim.article.authors.order_by("pk"))
