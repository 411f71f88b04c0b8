import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0006_clearance"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ArchiveEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('visible_from', models.DateTimeField()),
                ('claim', models.TextField()),
                ('title', models.CharField(max_length=500)),
                ('claimant', models.CharField(max_length=300)),
                ('rating_label', models.CharField(max_length=300)),
                ('language', models.CharField(max_length=35)),
                ('language_base', models.CharField(max_length=8)),
                ('url', models.CharField(help_text='Empty for our own: see the slug.', max_length=2000)),
                ('slug', models.CharField(max_length=120)),
                ('publisher_name', models.CharField(max_length=300)),
                ('publisher_site', models.CharField(max_length=253)),
                ('claimed_at', models.DateTimeField(null=True)),
                ('reviewed_at', models.DateTimeField(null=True)),
                ('newest_at', models.DateTimeField(help_text='The newer of the two, by which results are dated.')),
                ('beat', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='claims.beat')),
                ('fact_check', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='archive_entry', to='claims.factcheck')),
                ('rating', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='claims.rating')),
            ],
            options={
                'verbose_name_plural': 'archive entries',
                'ordering': ['-newest_at', '-id'],
                'indexes': [models.Index(fields=['-newest_at', '-id'], name='archive_newest_first'), models.Index(fields=['publisher_site', '-newest_at', '-id'], name='archive_by_site'), models.Index(fields=['visible_from'], name='archive_by_visibility'), models.Index(condition=models.Q(('fact_check__isnull', False)), fields=['language_base', 'visible_from'], name='archive_own_languages')],
                'constraints': [models.CheckConstraint(condition=models.Q(('claimed_at__isnull', True), ('newest_at__gte', models.F('claimed_at')), _connector='OR'), name='archive_entry_as_new_as_claim')],
            },
        ),
        migrations.CreateModel(
            name='ArchiveWord',
            fields=[
                ('pk', models.CompositePrimaryKey('term', 'entry_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('term', models.BigIntegerField()),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='words', to='claims.archiveentry')),
            ],
        ),
        migrations.CreateModel(
            name='CheckImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('came_from', models.CharField(help_text='Address or name of what was read.', max_length=2000)),
                ('started_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField(blank=True, help_text='Empty when it broke off: what was imported by then stays.', null=True)),
                ('new', models.PositiveIntegerField(default=0)),
                ('changed', models.PositiveIntegerField(default=0)),
                ('same', models.PositiveIntegerField(default=0)),
                ('bad', models.PositiveIntegerField(default=0)),
                ('imported_by', models.ForeignKey(help_text='Empty when whoever runs the server imported it.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'import of fact-checks',
                'verbose_name_plural': 'imports of fact-checks',
                'ordering': ['-id'],
                'permissions': [('import_checks', 'Can import fact-checks')],
            },
        ),
        migrations.CreateModel(
            name='ImportedCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(editable=False, help_text='SHA-256 of address and claim.', max_length=64, unique=True)),
                ('digest', models.CharField(editable=False, help_text='SHA-256 of all that was taken over.', max_length=64)),
                ('url', models.URLField(max_length=2000, verbose_name='URL')),
                ('publisher_name', models.CharField(max_length=300)),
                ('publisher_site', models.CharField(help_text='Host name, without www.', max_length=253)),
                ('title', models.CharField(blank=True, max_length=500)),
                ('claim_reviewed', models.TextField()),
                ('claimant_name', models.CharField(blank=True, max_length=300)),
                ('claimed_at', models.DateTimeField(blank=True, null=True)),
                ('reviewed_at', models.DateTimeField(blank=True, null=True)),
                ('language', models.CharField(blank=True, max_length=35)),
                ('rating_label', models.CharField(blank=True, help_text='As the publisher says.', max_length=300)),
                ('rating_value', models.FloatField(blank=True, null=True)),
                ('rating_best', models.FloatField(blank=True, null=True)),
                ('rating_worst', models.FloatField(blank=True, null=True)),
                ('image_url', models.URLField(blank=True, max_length=2000)),
                ('appearances', models.JSONField(blank=True, default=list, help_text='Addresses where it was said or shown.')),
                ('content', models.JSONField(blank=True, default=dict, help_text='The ClaimReview as it came.')),
                ('imported_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField(blank=True, help_text='When it last came anew.', null=True)),
                ('revision', models.PositiveIntegerField(default=1, editable=False)),
                ('came_with', models.ForeignKey(help_text='The import that brought it, or brought it anew, last.', on_delete=django.db.models.deletion.PROTECT, related_name='checks', to='claims.checkimport')),
                ('rating', models.ForeignKey(blank=True, help_text='The step of a scale of ours that it stands for; empty when none does.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='imported_checks', to='claims.rating')),
            ],
            options={
                'verbose_name': 'imported fact-check',
                'ordering': ['-id'],
                'indexes': [models.Index(fields=['publisher_site', '-id'], name='imported_by_site')],
                'constraints': [models.CheckConstraint(condition=models.Q(('claim_reviewed__gt', ''), ('url__gt', '')), name='imported_check_says_what'), models.CheckConstraint(condition=models.Q(('changed_at__isnull', True), ('changed_at__gte', models.F('imported_at')), _connector='OR'), name='imported_check_changed_later')],
            },
        ),
        migrations.AddField(
            model_name='archiveentry',
            name='imported',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='archive_entry', to='claims.importedcheck'),
        ),
        migrations.AddConstraint(
            model_name='archiveentry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('fact_check__isnull', True), ('imported__isnull', False)), models.Q(('fact_check__isnull', False), ('imported__isnull', True)), _connector='OR'), name='archive_entry_of_one_check'),
        ),
    ]
