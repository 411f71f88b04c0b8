import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0004_publication"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='OutboxEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('clearance', models.JSONField(null=True)),
                ('event', models.OneToOneField(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='claims.event')),
            ],
            options={
                'verbose_name_plural': 'outbox entries',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Webhook',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('url', models.URLField(max_length=2000, verbose_name='URL')),
                ('name', models.CharField(blank=True, help_text='What it is for.', max_length=120)),
                ('types', models.JSONField(default=list, help_text='Event types, such as claim.accepted; claim.* is all of claims.')),
                ('state', models.CharField(choices=[('active', 'Active'), ('disabled', 'Disabled')], default='active', editable=False, max_length=10)),
                ('secret', models.TextField(editable=False, help_text='Signs what is sent; sealed.')),
                ('old_secret', models.TextField(blank=True, editable=False)),
                ('old_secret_until', models.DateTimeField(editable=False, help_text='Until when the secret before signs as well.', null=True)),
                ('disabled_at', models.DateTimeField(editable=False, null=True)),
                ('disabled_because', models.TextField(blank=True, editable=False)),
                ('failures', models.PositiveIntegerField(default=0, editable=False, help_text='Rounds in a row in which nothing arrived.')),
                ('failing_since', models.DateTimeField(editable=False, null=True)),
                ('rest_until', models.DateTimeField(editable=False, null=True)),
                ('arrived_at', models.DateTimeField(editable=False, help_text='When something last arrived.', null=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('revision', models.PositiveIntegerField(default=1, editable=False)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='webhooks', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-id'],
                'permissions': [('use_webhook', 'Can have webhooks of their own'), ('manage_webhook', "Can see and manage everybody's webhooks")],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('disabled_at__isnull', True), ('disabled_because', ''), ('state', 'active')), models.Q(('disabled_at__isnull', False), ('disabled_because__gt', ''), ('state', 'disabled')), _connector='OR'), name='webhook_disabled_for_a_reason'), models.CheckConstraint(condition=models.Q(models.Q(('old_secret', ''), ('old_secret_until__isnull', True)), models.Q(('old_secret__gt', ''), ('old_secret_until__isnull', False)), _connector='OR'), name='webhook_old_secret_ends'), models.CheckConstraint(condition=models.Q(('secret__gt', '')), name='webhook_has_a_secret')],
            },
        ),
        migrations.CreateModel(
            name='WebhookDelivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('held', 'Held until its time'), ('delivered', 'Delivered'), ('failed', 'Failed'), ('not_sent', 'Not sent')], default='waiting', max_length=10)),
                ('due_at', models.DateTimeField()),
                ('attempts', models.PositiveIntegerField(default=0)),
                ('tries', models.PositiveIntegerField(default=0)),
                ('trying_since', models.DateTimeField(null=True)),
                ('finished_at', models.DateTimeField(null=True)),
                ('note', models.CharField(blank=True, help_text='Why it was not sent, or failed.', max_length=300)),
                ('article', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='claims.article')),
                ('webhook', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='claims.webhook')),
            ],
            options={
                'verbose_name_plural': 'webhook deliveries',
                'ordering': ['-id'],
                'indexes': [models.Index(fields=['webhook', '-id'], name='delivery_of_webhook'), models.Index(condition=models.Q(('state', 'held')), fields=['due_at'], name='delivery_held')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('finished_at__isnull', True), ('state__in', ['waiting', 'held'])), models.Q(('finished_at__isnull', False), ('state__in', ['delivered', 'failed', 'not_sent'])), _connector='OR'), name='delivery_finished_has_time')],
            },
        ),
        migrations.CreateModel(
            name='WebhookAttempt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('started_at', models.DateTimeField(db_index=True)),
                ('milliseconds', models.PositiveIntegerField(null=True)),
                ('status', models.PositiveSmallIntegerField(help_text='HTTP status of the answer.', null=True)),
                ('answer', models.TextField(blank=True, help_text='The first kilobyte of the answer.')),
                ('error', models.CharField(blank=True, max_length=500)),
                ('delivery', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='log', to='claims.webhookdelivery')),
            ],
            options={
                'ordering': ['number'],
                'constraints': [models.UniqueConstraint(fields=('delivery', 'number'), name='attempt_number_once')],
            },
        ),
        migrations.CreateModel(
            name='WebhookEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('type', models.CharField(max_length=40)),
                ('data', models.JSONField(default=dict)),
                ('happened_at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField(db_index=True)),
                ('article', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='claims.article')),
                ('fact_check', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='claims.factcheck')),
            ],
            options={
                'ordering': ['id'],
                'indexes': [models.Index(condition=models.Q(('fact_check__isnull', False)), fields=['fact_check', 'id'], name='webhook_event_of_fact_check')],
            },
        ),
        migrations.AddField(
            model_name='webhookdelivery',
            name='event',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='claims.webhookevent'),
        ),
        migrations.CreateModel(
            name='KnownClearance',
            fields=[
                ('article', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='claims.article')),
                ('decision', models.CharField(blank=True, max_length=10)),
                ('look_at', models.DateTimeField(null=True)),
                ('version', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='claims.articleversion')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('look_at__isnull', False)), fields=['look_at'], name='clearance_to_look_at')],
            },
        ),
        migrations.AddIndex(
            model_name='webhookdelivery',
            index=models.Index(condition=models.Q(('state', 'waiting')), fields=['webhook', 'due_at', 'event'], name='delivery_due'),
        ),
        migrations.AddIndex(
            model_name='webhookdelivery',
            index=models.Index(condition=models.Q(('state', 'waiting')), fields=['webhook', 'article', 'event'], name='delivery_in_line'),
        ),
        migrations.AddConstraint(
            model_name='webhookdelivery',
            constraint=models.UniqueConstraint(fields=('webhook', 'event'), name='delivery_once'),
        ),
    ]
