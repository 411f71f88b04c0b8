"""What the board counts of the past: a summary by day, made from the verdicts."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.models import Beat, Rating


class DayCount(models.Model):
    """How many verdicts of one kind were decided on one day of the desk's own time zone.

    The kind is the claim's beat, the rating, whether it was approved or returned, and for approved
    ones how long it took from the claim's acceptance (see `desk.statistics.durations`). Written by
    `desk.actions.counting` only, which can make every row anew from the verdicts.
    """

    class Outcome(models.TextChoices):
        """What the editors decided."""

        APPROVED = "approved", _("Approved")
        RETURNED = "returned", _("Returned")

    day = models.DateField()
    beat = models.ForeignKey(Beat, on_delete=models.PROTECT, related_name="+")
    rating = models.ForeignKey(Rating, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    bucket = models.PositiveSmallIntegerField(help_text="How long it took; 0 where nobody knows.")
    number = models.PositiveIntegerField()

    class Meta:
        ordering = ["day", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["day", "beat", "rating", "outcome", "bucket"], name="day_counted_once"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="day_count_is_of_something"),
            models.CheckConstraint(
                condition=Q(outcome__in=["approved", "returned"]), name="day_outcome_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.number} {self.outcome}"


class DayToCount(models.Model):
    """The job of counting a day anew; written in the transaction that changed what is counted.

    There may be several for a day, so that nobody who decides waits for anybody else who does.
    """

    day = models.DateField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.day)
