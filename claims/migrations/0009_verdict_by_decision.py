from django.db import migrations, models


class Migration(migrations.Migration):
    """Verdicts are found by the day of their decision: the board counts days, lists filter by it."""

    dependencies = [("claims", "0008_conversations")]
    operations = [
        migrations.AddIndex(
            model_name="verdict",
            index=models.Index(fields=["decided_at"], name="verdict_by_decision"),
        ),
    ]
