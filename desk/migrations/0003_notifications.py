"""Notices of everything that concerns somebody, mails that carry them, and who looked when."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

_KINDS_BEFORE = ("overdue", "quarantined", "text_changed", "called_off")


def forget_what_the_old_table_cannot_hold(apps, schema_editor):
    """On the way back: notices of kinds that version does not know, and those about no task."""
    notices = apps.get_model("desk", "Notice").objects.using(schema_editor.connection.alias)
    notices.exclude(kind__in=_KINDS_BEFORE, task__isnull=False).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0003_living_articles"),
        ("desk", "0002_notices_of_called_off_checks"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="Mail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("now", "At once"), ("digest", "Digest")], max_length=6)),
                ("slot", models.DateTimeField(blank=True, help_text="The moment for which a digest was made.", null=True)),
                ("state", models.CharField(choices=[("waiting", "Waiting"), ("sending", "Being sent"), ("sent", "Sent"), ("failed", "Not sent"), ("unknown", "Not known")], default="waiting", max_length=8)),
                ("created_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("attempted_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("note", models.CharField(blank=True, help_text="What the mail server said.", max_length=300)),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="mails", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "ordering": ["-id"],
                "indexes": [
                    models.Index(condition=Q(("state", "waiting")), fields=["due_at"], name="mail_waiting"),
                    models.Index(condition=Q(("state", "sending")), fields=["attempted_at"], name="mail_being_sent"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("person", "slot"), name="one_digest_per_slot"),
                    models.CheckConstraint(condition=Q(Q(("kind", "digest"), ("slot__isnull", False)), Q(("kind", "now"), ("slot__isnull", True)), _connector="OR"), name="digest_has_its_slot"),
                    models.CheckConstraint(condition=Q(("state__in", ["waiting", "sending", "sent", "failed", "unknown"])), name="mail_state_is_known"),
                ],
            },
        ),
        migrations.CreateModel(
            name="TaskView",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("looked_at", models.DateTimeField()),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="task_views", to=settings.AUTH_USER_MODEL)),
                ("task", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="views", to="desk.verificationtask")),
            ],
            options={
                "ordering": ["-looked_at"],
                "constraints": [
                    models.UniqueConstraint(fields=("person", "task"), name="one_view_per_person_and_task"),
                ],
            },
        ),
        migrations.AlterField(
            model_name="notice",
            name="kind",
            field=models.CharField(choices=[("assigned", "Given to you"), ("returned", "Returned"), ("approved", "Approved"), ("mentioned", "You are mentioned"), ("asked", "Question to you"), ("answered", "Answer to you"), ("message", "Message on your check"), ("reply_received", "Reply received"), ("text_changed", "Text changed"), ("taken_away", "No longer yours"), ("called_off", "Called off"), ("overdue", "Overdue"), ("quarantined", "Quarantined"), ("reading_stuck", "Article not read"), ("webhook_disabled", "Webhook disabled")], max_length=20),
        ),
        migrations.AlterField(
            model_name="notice",
            name="task",
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="notices", to="desk.verificationtask"),
        ),
        migrations.AddField(
            model_name="notice",
            name="claim",
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="claims.claim"),
        ),
        migrations.AddField(
            model_name="notice",
            name="article",
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="claims.article"),
        ),
        migrations.AddField(
            model_name="notice",
            name="by",
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="notice",
            name="detail",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name="notice",
            name="on_page",
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name="notice",
            name="mail_how",
            field=models.CharField(blank=True, choices=[("", "Not by mail"), ("now", "At once"), ("digest", "In the digest")], max_length=6),
        ),
        migrations.AddField(
            model_name="notice",
            name="mail",
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="notices", to="desk.mail"),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(fields=["person", "-id"], name="notice_by_person"),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(condition=Q(("mail__isnull", True), ("read_at__isnull", True), Q(("mail_how", ""), _negated=True)), fields=["mail_how", "person", "created_at"], name="notice_to_be_mailed"),
        ),
        migrations.RunPython(migrations.RunPython.noop, forget_what_the_old_table_cannot_hold),
    ]
