from django.db import migrations, models


class Migration(migrations.Migration):
    """The archive lists imported fact-checks too: languages are looked up by site."""

    dependencies = [("claims", "0009_verdict_by_decision")]
    operations = [
        migrations.RemoveIndex(model_name="archiveentry", name="archive_own_languages"),
        migrations.AddIndex(
            model_name="archiveentry",
            index=models.Index(
                fields=["publisher_site", "language_base", "visible_from"],
                name="archive_site_languages",
            ),
        ),
        migrations.AlterField(
            model_name="archiveentry",
            name="publisher_site",
            field=models.CharField(help_text="Empty for our own.", max_length=253),
        ),
    ]
