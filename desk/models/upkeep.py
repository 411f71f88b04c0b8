"""What the desk tells people, and how it knows that its worker is alive."""

from django.conf import settings
from django.db import models

from desk.models.tasks import VerificationTask


class Notice(models.Model):
    """Something a person should know: a task is late, or its text changed under their hands."""

    class Kind(models.TextChoices):
        """What the notice is about."""

        OVERDUE = "overdue", "Overdue"
        QUARANTINED = "quarantined", "Quarantined"
        TEXT_CHANGED = "text_changed", "Text changed"
        CALLED_OFF = "called_off", "Called off"

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices"
    )
    task = models.ForeignKey(VerificationTask, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(
                fields=["person", "-id"],
                condition=models.Q(read_at__isnull=True),
                name="notice_unread_by_person",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: task {self.task_id}"


class Heartbeat(models.Model):
    """When a part of the desk was last seen alive."""

    name = models.CharField(max_length=20, primary_key=True)
    beat_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} at {self.beat_at:%H:%M:%S}"
