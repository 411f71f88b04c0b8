"""What the desk tells people, on the page and by mail, and what each of them has looked at."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.models import Article, Claim
from desk.models.tasks import VerificationTask
from desk.querysets import NoticeQuerySet


class Mail(models.Model):
    """One mail to one person: what waited for them, at once or as the digest of one `slot`.

    The row is the job. It is `sending` from just before the text is handed to the mail server, and
    is never handed over again: no mail is sent twice. Where the outcome was never recorded, because
    the worker died in that moment, the state becomes `unknown`; the notices are on the page anyway.
    """

    class Kind(models.TextChoices):
        """What made the mail."""

        NOW = "now", _("At once")
        DIGEST = "digest", _("Digest")

    class State(models.TextChoices):
        """Where the mail stands."""

        WAITING = "waiting", _("Waiting")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Not sent")
        UNKNOWN = "unknown", _("Not known")

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mails"
    )
    kind = models.CharField(max_length=6, choices=Kind.choices)
    slot = models.DateTimeField(
        null=True, blank=True, help_text="The moment for which a digest was made."
    )
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    attempted_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True, help_text="What the mail server said.")

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state="waiting"), name="mail_waiting"),
            models.Index(
                fields=["attempted_at"], condition=Q(state="sending"), name="mail_being_sent"
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["person", "slot"], name="one_digest_per_slot"),
            models.CheckConstraint(
                condition=Q(kind="digest", slot__isnull=False) | Q(kind="now", slot__isnull=True),
                name="digest_has_its_slot",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "sending", "sent", "failed", "unknown"]),
                name="mail_state_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} to {self.person}: {self.get_state_display()}"


class Notice(models.Model):
    """Something a person should know: a check came to them, was returned, is late, and so on.

    It is about a task, a claim or an article, or about the desk itself. `by` is who caused it,
    empty for the desk. `detail` holds what its sentence says beside that (a comment, a name).
    """

    class Kind(models.TextChoices):
        """What the notice is about."""

        ASSIGNED = "assigned", _("Given to you")
        RETURNED = "returned", _("Returned")
        APPROVED = "approved", _("Approved")
        MENTIONED = "mentioned", _("You are mentioned")
        ASKED = "asked", _("Question to you")
        ANSWERED = "answered", _("Answer to you")
        MESSAGE = "message", _("Message on your check")
        REPLY_RECEIVED = "reply_received", _("Reply received")
        TEXT_CHANGED = "text_changed", _("Text changed")
        TAKEN_AWAY = "taken_away", _("No longer yours")
        CALLED_OFF = "called_off", _("Called off")
        OVERDUE = "overdue", _("Overdue")
        QUARANTINED = "quarantined", _("Quarantined")
        READING_QUARANTINED = "reading_stuck", _("Article not read")
        WEBHOOK_DISABLED = "webhook_disabled", _("Webhook disabled")

    class MailHow(models.TextChoices):
        """Whether and when the notice goes out by mail as well."""

        NO = "", _("Not by mail")
        NOW = "now", _("At once")
        DIGEST = "digest", _("In the digest")

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices"
    )
    kind = models.CharField(max_length=20, choices=Kind.choices)
    task = models.ForeignKey(
        VerificationTask, on_delete=models.PROTECT, null=True, blank=True, related_name="notices"
    )
    claim = models.ForeignKey(
        Claim, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    detail = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    on_page = models.BooleanField(default=True)
    read_at = models.DateTimeField(null=True, blank=True)
    mail_how = models.CharField(max_length=6, choices=MailHow.choices, blank=True)
    mail = models.ForeignKey(
        Mail, on_delete=models.SET_NULL, null=True, blank=True, related_name="notices"
    )

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(
                fields=["person", "-id"],
                condition=Q(read_at__isnull=True),
                name="notice_unread_by_person",
            ),
            models.Index(fields=["person", "-id"], name="notice_by_person"),
            models.Index(
                fields=["mail_how", "person", "created_at"],
                condition=Q(mail__isnull=True, read_at__isnull=True) & ~Q(mail_how=""),
                name="notice_to_be_mailed",
            ),
        ]

    def __str__(self) -> str:
        about = self.task or self.claim or self.article
        return f"{self.get_kind_display()}: {about}" if about else self.get_kind_display()


class TaskView(models.Model):
    """When somebody last looked at a task: the queue says what has changed since."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="task_views"
    )
    task = models.ForeignKey(VerificationTask, on_delete=models.PROTECT, related_name="views")
    looked_at = models.DateTimeField()

    class Meta:
        ordering = ["-looked_at"]
        constraints = [
            models.UniqueConstraint(fields=["person", "task"], name="one_view_per_person_and_task")
        ]

    def __str__(self) -> str:
        return f"{self.person} at task {self.task_id}"
