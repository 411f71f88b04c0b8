"""How each person wants the desk: language, keys, notices by page and mail."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0003_notifications"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="Preferences",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("language", models.CharField(blank=True, help_text="Empty: what the browser asks for.", max_length=12)),
                ("single_keys", models.BooleanField(default=True, help_text="Keys work alone; otherwise only together with Alt.")),
                ("digest_hour", models.PositiveSmallIntegerField(default=8, help_text="The full hour, in the person's time zone, at which a digest is made.")),
                ("channels", models.JSONField(blank=True, default=dict)),
                ("revision", models.PositiveIntegerField(default=1, editable=False)),
                ("person", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="preferences", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "verbose_name_plural": "preferences",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("digest_hour__lte", 23)), name="digest_hour_is_an_hour"),
                ],
            },
        ),
    ]
