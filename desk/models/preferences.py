"""How somebody wants the desk: language, keys, and what it tells them by which way."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q


class Preferences(models.Model):
    """One person's own settings. Whoever has no row has the desk's defaults.

    `channels` holds, for each kind of notice that somebody set, `{"page": bool, "mail": "" | "now"
    | "digest"}`. The time zone stands in the staff profile, since leads plan by it.
    """

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="preferences"
    )
    language = models.CharField(
        max_length=12, blank=True, help_text="Empty: what the browser asks for."
    )
    single_keys = models.BooleanField(
        default=True, help_text="Keys work alone; otherwise only together with Alt."
    )
    digest_hour = models.PositiveSmallIntegerField(
        default=8, help_text="The full hour, in the person's time zone, at which a digest is made."
    )
    channels = models.JSONField(default=dict, blank=True)
    revision = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name_plural = "preferences"
        constraints = [
            models.CheckConstraint(condition=Q(digest_hour__lte=23), name="digest_hour_is_an_hour")
        ]

    def __str__(self) -> str:
        return f"Preferences of {self.person}"

    @classmethod
    def of(cls, user: Any) -> "Preferences":
        """Return what `user` set, or the defaults, not stored yet."""
        try:
            own: Preferences = user.preferences
        except cls.DoesNotExist:
            own = cls(person=user, revision=0)
        return own
