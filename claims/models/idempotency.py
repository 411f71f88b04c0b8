"""What a POST with an Idempotency-Key was answered, so that sending it again changes nothing."""

from django.conf import settings
from django.db import models


class IdempotentRequest(models.Model):
    """One answered request, written in the transaction that made the change."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    fingerprint = models.CharField(
        max_length=64,
        help_text="SHA-256 of method, path and body: the same key must mean the same.",
    )
    status = models.PositiveSmallIntegerField(null=True)
    body = models.JSONField(null=True)
    headers = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="idempotency_key_once_per_user")
        ]

    def __str__(self) -> str:
        return self.key
