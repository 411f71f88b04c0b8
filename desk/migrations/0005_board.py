from zoneinfo import ZoneInfo

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models.functions import TruncDate


def mark_every_day(apps, schema_editor):
    """Have the worker count every day on which something was decided before this version."""
    verdicts = apps.get_model("claims", "Verdict").objects.using(schema_editor.connection.alias)
    zone = ZoneInfo(settings.DESK_TIME_ZONE)
    decided = verdicts.filter(state__in=["approved", "returned"], decided_at__isnull=False)
    days = decided.order_by().annotate(day=TruncDate("decided_at", tzinfo=zone))
    marks = apps.get_model("desk", "DayToCount").objects.using(schema_editor.connection.alias)
    known = sorted(days.values_list("day", flat=True).distinct())
    marks.bulk_create((marks.model(day=day) for day in known), batch_size=500)


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0009_verdict_by_decision"),
        ("desk", "0004_preferences"),
    ]
    operations = [
        migrations.CreateModel(
            name="DayToCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
            ],
            options={"ordering": ["id"]},
        ),
        migrations.CreateModel(
            name="DayCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("outcome", models.CharField(choices=[("approved", "Approved"), ("returned", "Returned")], max_length=8)),
                ("bucket", models.PositiveSmallIntegerField(help_text="How long it took; 0 where nobody knows.")),
                ("number", models.PositiveIntegerField()),
                ("beat", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="claims.beat")),
                ("rating", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="claims.rating")),
            ],
            options={
                "ordering": ["day", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("day", "beat", "rating", "outcome", "bucket"), name="day_counted_once"),
                    models.CheckConstraint(condition=models.Q(("number__gte", 1)), name="day_count_is_of_something"),
                    models.CheckConstraint(condition=models.Q(("outcome__in", ["approved", "returned"])), name="day_outcome_is_known"),
                ],
            },
        ),
        migrations.RunPython(mark_every_day, migrations.RunPython.noop),
    ]
