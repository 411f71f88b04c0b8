"""The people of the desk: what they may do, what they cover, when they are on duty."""

from dataclasses import dataclass
from typing import Any
from zoneinfo import available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from claims.models import Article, Beat, Source
from desk.querysets import ConflictQuerySet, ShiftQuerySet, StaffQuerySet


class Role(models.TextChoices):
    """What somebody is at the desk; what each may do stands in `desk.roles`."""

    CHECKER = "checker", _("Checker")
    EDITOR = "editor", _("Editor")
    LEAD = "lead", _("Lead")
    REPORTER = "reporter", _("Reporter")
    INTEGRATION = "integration", _("Integration")


def validate_roles(value: Any) -> None:
    """Raise `ValidationError` unless `value` is a list of known roles."""
    if not isinstance(value, list) or not set(value) <= set(Role.values):
        raise ValidationError(f"Roles are a list of: {', '.join(Role.values)}.")


def validate_languages(value: Any) -> None:
    """Raise `ValidationError` unless `value` is a list of language codes."""
    if not isinstance(value, list) or not all(isinstance(code, str) and code for code in value):
        raise ValidationError("Languages are a list of codes, such as en or pt-BR.")


def validate_time_zone(value: str) -> None:
    """Raise `ValidationError` unless `value` names a time zone."""
    if value not in available_timezones():
        raise ValidationError("This is not a time zone, such as Europe/Berlin.")


@dataclass(frozen=True)
class Reach:
    """What somebody may and must not check: ids of beats; of articles and sources barred."""

    beats: frozenset[int]
    barred_articles: frozenset[int]
    barred_sources: frozenset[int]


_REACH_KINDS = ("beat", "article", "source")
# Plain SQL, since every task that is taken reads it: one statement in place of three.
_REACH = """
    SELECT 'beat', beat_id FROM desk_staffprofile_beats WHERE staffprofile_id = %(staff)s
    UNION ALL
    SELECT 'article', article_id FROM claims_article_authors WHERE user_id = %(user)s
    UNION ALL
    SELECT 'article', article_id FROM desk_conflictofinterest
     WHERE staff_id = %(staff)s AND article_id IS NOT NULL
    UNION ALL
    SELECT 'source', source_id FROM desk_conflictofinterest
     WHERE staff_id = %(staff)s AND source_id IS NOT NULL
"""


class StaffProfile(models.Model):
    """What the desk knows of a person or a service account."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="staff"
    )
    roles = models.JSONField(default=list, validators=[validate_roles])
    beats = models.ManyToManyField(Beat, blank=True, related_name="staff")
    languages = models.JSONField(default=list, blank=True, validators=[validate_languages])
    capacity = models.PositiveSmallIntegerField(
        default=5, help_text="How many tasks the desk gives this person at once."
    )
    time_zone = models.CharField(max_length=50, default="UTC", validators=[validate_time_zone])
    last_assigned_at = models.DateTimeField(null=True, blank=True, editable=False)
    revision = models.PositiveIntegerField(default=1, editable=False)

    objects = StaffQuerySet.as_manager()

    class Meta:
        ordering = ["user__username"]
        permissions = [("manage_staff", "Can change beats, capacity and shifts of others")]

    def __str__(self) -> str:
        return self.user.get_full_name() or self.user.get_username()

    def reach(self) -> Reach:
        """Return what they cover, and what they wrote or have a conflict of interest with."""
        with connection.cursor() as cursor:
            cursor.execute(_REACH, {"staff": self.pk, "user": self.user_id})
            rows = cursor.fetchall()
        return Reach(*(frozenset(pk for kind, pk in rows if kind == one) for one in _REACH_KINDS))


class Shift(models.Model):
    """A time when somebody is on duty; `ends_at` is exclusive."""

    staff = models.ForeignKey(StaffProfile, on_delete=models.PROTECT, related_name="shifts")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    objects = ShiftQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at"]
        indexes = [models.Index(fields=["ends_at", "starts_at"], name="shift_by_time")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="shift_ends_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return f"{self.staff}, {self.starts_at:%Y-%m-%d %H:%M} to {self.ends_at:%H:%M} UTC"


class ConflictOfInterest(models.Model):
    """A recorded reason why somebody must not check what a source says, or a whole article."""

    staff = models.ForeignKey(StaffProfile, on_delete=models.PROTECT, related_name="conflicts")
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, null=True, blank=True, related_name="conflicts"
    )
    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, null=True, blank=True, related_name="conflicts"
    )
    reason = models.CharField(max_length=300)

    objects = ConflictQuerySet.as_manager()

    class Meta:
        ordering = ["staff", "id"]
        verbose_name_plural = "conflicts of interest"
        constraints = [
            models.CheckConstraint(
                condition=Q(source__isnull=False, article__isnull=True)
                | Q(source__isnull=True, article__isnull=False),
                name="conflict_is_about_one_thing",
            )
        ]

    def __str__(self) -> str:
        return f"{self.staff}: {self.source or self.article}"
