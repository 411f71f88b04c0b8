"""What people say to each other about a claim, and what was asked of those it speaks of."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.conversation_querysets import MessageQuerySet, ReplyRequestQuerySet
from claims.models.claims import Claim, Source
from claims.states import ReplyState


class Message(models.Model):
    """Something said about a claim between checker, reporter and editor. Never changed.

    The desk reads all of it; the article's author what is marked `for_reporter`. A question is
    open until somebody answers it.
    """

    class Kind(models.TextChoices):
        """What the message is."""

        NOTE = "note", _("Note")
        QUESTION = "question", _("Question")
        ANSWER = "answer", _("Answer")
        HELP = "help", _("Call for help")

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="messages")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="messages_written"
    )
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.NOTE)
    for_reporter = models.BooleanField(
        default=False, help_text="The article's author reads it; otherwise only the desk does."
    )
    body = models.TextField()
    answers = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="answered_by"
    )
    mentions = models.ManyToManyField(
        settings.AUTH_USER_MODEL, through="claims.Mention", related_name="messages_mentioning"
    )
    created_at = models.DateTimeField()

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["claim", "id"],
                condition=Q(kind="question", for_reporter=True),
                name="message_asked_of_reporter",
            )
        ]
        constraints = [
            models.CheckConstraint(condition=Q(body__gt=""), name="message_says_something"),
            models.CheckConstraint(
                condition=Q(kind__in=["note", "question", "answer", "help"]),
                name="message_kind_is_known",
            ),
            models.CheckConstraint(
                condition=Q(kind="answer", answers__isnull=False)
                | (~Q(kind="answer") & Q(answers__isnull=True)),
                name="answer_answers_something",
            ),
        ]

    def __str__(self) -> str:
        return self.body


class Mention(models.Model):
    """Somebody whom a message calls by name."""

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="mentioned")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="mentions"
    )

    class Meta:
        ordering = ["message", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["message", "person"], name="person_mentioned_once_per_message"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} in message {self.message_id}"


class ReplyRequest(models.Model):
    """Right of reply: whom we asked, how, until when, and what came back.

    What was asked never changes. `due_at` may be put off while the request is open.
    """

    class Channel(models.TextChoices):
        """How they were asked."""

        EMAIL = "email", _("E-mail")
        PHONE = "phone", _("Telephone")
        IN_PERSON = "in_person", _("In person")
        LETTER = "letter", _("Letter")
        MESSENGER = "messenger", _("Messenger")
        FORM = "form", _("Press form")

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="reply_requests")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="reply_requests")
    channel = models.CharField(max_length=10, choices=Channel.choices)
    contact = models.CharField(
        max_length=300, blank=True, help_text="Address, number or press officer."
    )
    question = models.TextField(help_text="What they were asked, as it was put to them.")
    state = models.CharField(
        max_length=10, choices=ReplyState.choices, default=ReplyState.ASKED, editable=False
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="replies_asked_for"
    )
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField(help_text="Until when they were asked to reply.")
    reply = models.TextField(blank=True, help_text="What came back, in their words.")
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_because = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=1, editable=False)

    objects = ReplyRequestQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        verbose_name = "request for reply"
        verbose_name_plural = "requests for reply"
        indexes = [
            models.Index(
                fields=["due_at", "id"], condition=Q(state="asked"), name="reply_waited_for"
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ReplyState.values), name="reply_state_is_known"
            ),
            models.CheckConstraint(condition=Q(question__gt=""), name="reply_request_asks"),
            models.CheckConstraint(
                condition=Q(state="asked", closed_at__isnull=True, closed_by__isnull=True)
                | (~Q(state="asked") & Q(closed_at__isnull=False, closed_by__isnull=False)),
                name="reply_request_closed_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="replied") | Q(reply__gt=""), name="reply_has_words"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source}: {self.get_state_display()}"
