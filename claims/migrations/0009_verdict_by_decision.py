from django.db import migrations, models


class Migration(migrations.Migration):
    """Indexes for the board: verdicts by the day of their decision, readings in quarantine."""

    dependencies = [("claims", "0008_conversations")]
    operations = [
        migrations.AddIndex(
            model_name="verdict",
            index=models.Index(fields=["decided_at"], name="verdict_by_decision"),
        ),
        migrations.AddIndex(
            model_name="versionreading",
            index=models.Index(
                fields=["version"],
                condition=models.Q(("state", "quarantined")),
                name="reading_quarantined",
            ),
        ),
    ]
