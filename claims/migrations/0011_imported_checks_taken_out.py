from django.db import migrations, models


class Migration(migrations.Migration):
    """What was imported by mistake is taken out of the archive, with a reason, and stays out."""

    dependencies = [("claims", "0010_archive_by_site")]
    operations = [
        migrations.AddField(
            model_name="checkimport",
            name="left_out",
            field=models.PositiveIntegerField(
                default=0,
                help_text="Those that were taken out of the archive before, and stay out.",
            ),
        ),
        migrations.AddField(
            model_name="importedcheck",
            name="taken_out_at",
            field=models.DateTimeField(
                editable=False,
                help_text="Since when the archive does not find it any more.",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="importedcheck",
            name="taken_out_because",
            field=models.TextField(blank=True, editable=False),
        ),
        migrations.AddConstraint(
            model_name="importedcheck",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("taken_out_at__isnull", True), ("taken_out_because", "")),
                    models.Q(("taken_out_at__isnull", False), ("taken_out_because__gt", "")),
                    _connector="OR",
                ),
                name="imported_check_out_for_a_reason",
            ),
        ),
    ]
