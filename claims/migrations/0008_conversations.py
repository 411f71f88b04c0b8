import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0007_archive'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Mention',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mentions', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['message', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('note', 'Note'), ('question', 'Question'), ('answer', 'Answer'), ('help', 'Call for help')], default='note', max_length=10)),
                ('for_reporter', models.BooleanField(default=False, help_text="The article's author reads it; otherwise only the desk does.")),
                ('body', models.TextField()),
                ('created_at', models.DateTimeField()),
                ('answers', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answered_by', to='claims.message')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='messages_written', to=settings.AUTH_USER_MODEL)),
                ('claim', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='claims.claim')),
                ('mentions', models.ManyToManyField(related_name='messages_mentioning', through='claims.Mention', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['id'],
                'indexes': [models.Index(condition=models.Q(('for_reporter', True), ('kind', 'question')), fields=['claim', 'id'], name='message_asked_of_reporter')],
                'constraints': [models.CheckConstraint(condition=models.Q(('body__gt', '')), name='message_says_something'), models.CheckConstraint(condition=models.Q(('kind__in', ['note', 'question', 'answer', 'help'])), name='message_kind_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('answers__isnull', False), ('kind', 'answer')), models.Q(models.Q(('kind', 'answer'), _negated=True), ('answers__isnull', True)), _connector='OR'), name='answer_answers_something')],
            },
        ),
        migrations.AddField(
            model_name='mention',
            name='message',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mentioned', to='claims.message'),
        ),
        migrations.CreateModel(
            name='ReplyRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('channel', models.CharField(choices=[('email', 'E-mail'), ('phone', 'Telephone'), ('in_person', 'In person'), ('letter', 'Letter'), ('messenger', 'Messenger'), ('form', 'Press form')], max_length=10)),
                ('contact', models.CharField(blank=True, help_text='Address, number or press officer.', max_length=300)),
                ('question', models.TextField(help_text='What they were asked, as it was put to them.')),
                ('state', models.CharField(choices=[('asked', 'Asked, waiting'), ('replied', 'Replied'), ('declined', 'Declined to reply'), ('silent', 'No reply came'), ('withdrawn', 'Withdrawn')], default='asked', editable=False, max_length=10)),
                ('asked_at', models.DateTimeField()),
                ('due_at', models.DateTimeField(help_text='Until when they were asked to reply.')),
                ('reply', models.TextField(blank=True, help_text='What came back, in their words.')),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('closed_because', models.TextField(blank=True)),
                ('revision', models.PositiveIntegerField(default=1, editable=False)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='replies_asked_for', to=settings.AUTH_USER_MODEL)),
                ('claim', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reply_requests', to='claims.claim')),
                ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reply_requests', to='claims.source')),
            ],
            options={
                'verbose_name': 'request for reply',
                'verbose_name_plural': 'requests for reply',
                'ordering': ['id'],
                'indexes': [models.Index(condition=models.Q(('state', 'asked')), fields=['due_at', 'id'], name='reply_waited_for')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['asked', 'replied', 'declined', 'silent', 'withdrawn'])), name='reply_state_is_known'), models.CheckConstraint(condition=models.Q(('question__gt', '')), name='reply_request_asks'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('closed_by__isnull', True), ('state', 'asked')), models.Q(models.Q(('state', 'asked'), _negated=True), ('closed_at__isnull', False), ('closed_by__isnull', False)), _connector='OR'), name='reply_request_closed_by_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'replied'), _negated=True), ('reply__gt', ''), _connector='OR'), name='reply_has_words')],
            },
        ),
        migrations.AddConstraint(
            model_name='mention',
            constraint=models.UniqueConstraint(fields=('message', 'person'), name='person_mentioned_once_per_message'),
        ),
    ]
