"""Clearance and the article proof: what each rating means for a text, changes, rulings, overrides."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Max, Min

SHIPPED = {
    "truth-six": {
        "yes": ["true", "mostly-true"],
        "with_change": ["half-true", "mostly-false"],
        "no": ["false", "fabricated"],
    },
    "simple": {
        "yes": ["true"],
        "with_change": ["misleading", "unproven"],
        "no": ["false"],
    },
}


def say_what_may_stand(apps, schema_editor):
    """Of the shipped scales we know it; of others, the best number may stand and the worst not.

    Everything else stands with a change, which holds an article and never kills one.
    """
    Rating = apps.get_model("claims", "Rating")
    for scale, meanings in SHIPPED.items():
        for stands, slugs in meanings.items():
            Rating.objects.filter(scale__slug=scale, slug__in=slugs).update(stands=stands)
    own = Rating.objects.exclude(scale__slug__in=SHIPPED).exclude(value=None)
    for scale in own.values("scale").annotate(best=Max("value"), worst=Min("value")).order_by():
        steps = own.filter(scale=scale["scale"])
        if scale["best"] > scale["worst"]:
            steps.filter(value=scale["best"]).update(stands="yes")
            steps.filter(value=scale["worst"]).update(stands="no")


class Migration(migrations.Migration):

    dependencies = [
        ("claims", "0005_webhooks"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='rating',
            name='stands',
            field=models.CharField(choices=[('yes', 'Yes, as it is'), ('with_change', 'Only with a change'), ('no', 'No')], default='with_change', help_text='Whether an article may go out that says it. “No” kills what it says in its own words.', max_length=12, verbose_name='may it stand'),
        ),
        migrations.AddConstraint(
            model_name='rating',
            constraint=models.CheckConstraint(condition=models.Q(('stands__in', ['yes', 'with_change', 'no'])), name='rating_stands_or_not'),
        ),
        migrations.CreateModel(
            name='ClearanceOverride',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('decision', models.CharField(choices=[('go', 'Go'), ('hold', 'Hold'), ('kill', 'Kill'), ('lifted', 'As the desk finds')], max_length=8)),
                ('reason', models.TextField()),
                ('found', models.CharField(help_text='What the rule said at that time.', max_length=8)),
                ('killed', models.JSONField(default=list, help_text='The reasons to kill known at that time.')),
                ('made_at', models.DateTimeField()),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='overrides_made', to=settings.AUTH_USER_MODEL)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='overrides', to='claims.articleversion')),
            ],
            options={
                'ordering': ['-id'],
                'permissions': [('override_clearance', 'Can override a clearance')],
                'constraints': [models.CheckConstraint(condition=models.Q(('decision__in', ['go', 'hold', 'kill', 'lifted'])), name='override_decision_is_known'), models.CheckConstraint(condition=models.Q(('reason__gt', '')), name='override_has_reason')],
            },
        ),
        migrations.CreateModel(
            name='RequiredChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('wording_now', models.TextField(help_text='The words of the article, verbatim.')),
                ('wording_to_use', models.TextField(blank=True, help_text='Empty: the words have to go.')),
                ('note', models.TextField(blank=True, help_text='Why, for whoever writes.')),
                ('reads_now', models.TextField(blank=True, editable=False, help_text='What stands there now, when it is neither wording.')),
                ('state', models.CharField(choices=[('open', 'Open'), ('made', 'Made'), ('waived', 'Waived')], default='open', editable=False, max_length=8)),
                ('set_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('closed_because', models.TextField(blank=True)),
                ('revision', models.PositiveIntegerField(default=1, editable=False)),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='required_changes', to='claims.article')),
                ('claim', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='required_changes', to='claims.claim')),
                ('closed_by', models.ForeignKey(blank=True, help_text='Empty when the desk itself found it made.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('passage', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='claims.passage')),
                ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes_required', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['id'],
                'permissions': [('require_change', 'Can require changes of the text'), ('let_stand', 'Can waive changes and let words stand')],
                'constraints': [models.CheckConstraint(condition=models.Q(('wording_now__gt', '')), name='change_names_words'), models.CheckConstraint(condition=models.Q(('wording_to_use', models.F('wording_now')), _negated=True), name='change_changes_something'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('closed_by__isnull', True), ('state', 'open')), models.Q(('closed_at__isnull', False), ('state', 'made')), models.Q(('closed_at__isnull', False), ('closed_because__gt', ''), ('closed_by__isnull', False), ('state', 'waived')), _connector='OR'), name='change_closed_by_somebody')],
                'indexes': [models.Index(condition=models.Q(('state', 'open')), fields=['article'], name='change_open')],
            },
        ),
        migrations.CreateModel(
            name='Ruling',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('on_author', 'Left to the author'), ('stands', 'May stand')], max_length=10)),
                ('reason', models.TextField()),
                ('made_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('ended_because', models.TextField(blank=True)),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rulings', to='claims.article')),
                ('claim', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='rulings', to='claims.claim')),
                ('ended_by', models.ForeignKey(blank=True, help_text='Empty when the text ended it.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rulings_made', to=settings.AUTH_USER_MODEL)),
                ('passage', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='claims.passage')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['on_author', 'stands'])), name='ruling_kind_is_known'), models.CheckConstraint(condition=models.Q(('reason__gt', '')), name='ruling_has_reason'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('ended_because', ''), ('ended_by__isnull', True)), models.Q(('ended_at__isnull', False), ('ended_because__gt', '')), _connector='OR'), name='ruling_ends_for_a_reason'), models.UniqueConstraint(condition=models.Q(('claim__isnull', False), ('ended_at__isnull', True)), fields=('claim',), name='one_ruling_in_force_per_claim'), models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('passage',), name='one_ruling_in_force_per_passage')],
                'indexes': [models.Index(condition=models.Q(('ended_at__isnull', True)), fields=['article'], name='ruling_in_force')],
            },
        ),
        migrations.RunPython(say_what_may_stand, migrations.RunPython.noop),
    ]
