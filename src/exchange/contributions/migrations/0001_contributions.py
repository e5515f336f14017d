import django.db.models.deletion
import exchange.core.ids
import exchange.core.time
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('taxonomy', '0001_terms'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Contribution',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=12)),
                ('state', models.CharField(choices=[('draft', 'draft'), ('waiting', 'waiting for a host'), ('published', 'published'), ('expired', 'ended'), ('held', 'held'), ('withdrawn', 'withdrawn')], default='draft', max_length=10)),
                ('title', models.CharField(blank=True, max_length=500)),
                ('slug', models.CharField(blank=True, max_length=70)),
                ('summary', models.CharField(blank=True, max_length=300)),
                ('body', models.TextField(blank=True)),
                ('language', models.CharField(default='en', max_length=8)),
                ('shown_as', models.CharField(blank=True, max_length=120)),
                ('shown_role', models.CharField(blank=True, max_length=160)),
                ('topics', models.CharField(blank=True, max_length=400)),
                ('countries', models.CharField(blank=True, max_length=200)),
                ('setting', models.CharField(blank=True, max_length=60)),
                ('mechanism', models.CharField(blank=True, max_length=60)),
                ('leadership', models.CharField(blank=True, max_length=60)),
                ('created_at', models.DateTimeField(default=exchange.core.time.now)),
                ('changed_at', models.DateTimeField(default=exchange.core.time.now)),
                ('submitted_at', models.DateTimeField(blank=True, null=True)),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('expires_at', models.DateTimeField(blank=True, null=True)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('reply_count', models.PositiveIntegerField(default=0)),
                ('helped_count', models.PositiveIntegerField(default=0)),
                ('first_reply_at', models.DateTimeField(blank=True, null=True)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('once_key', models.CharField(default=exchange.core.ids.new_id, editable=False, max_length=40, unique=True)),
                ('origin', models.CharField(default='web', max_length=10)),
                ('is_demo', models.BooleanField(default=False, editable=False)),
                ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='contributions', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Experience',
            fields=[
                ('contribution_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='contributions.contribution')),
                ('faced', models.TextField(blank=True)),
                ('did', models.TextField(blank=True)),
                ('who_led', models.TextField(blank=True)),
                ('changed', models.TextField(blank=True)),
                ('differently', models.TextField(blank=True)),
                ('tell_others', models.TextField(blank=True)),
            ],
            bases=('contributions.contribution',),
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('contribution_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='contributions.contribution')),
                ('organisation', models.CharField(blank=True, max_length=160)),
            ],
            bases=('contributions.contribution',),
        ),
        migrations.CreateModel(
            name='ContextTerm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=12)),
                ('state', models.CharField(max_length=10)),
                ('language', models.CharField(max_length=8)),
                ('published_at', models.DateTimeField(null=True)),
                ('term', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='taxonomy.term')),
                ('contribution', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='context_terms', to='contributions.contribution')),
            ],
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(choices=[('publish', 'published'), ('hold', 'held'), ('rewrite', 'asked to rewrite'), ('withdraw', 'withdrawn'), ('close', 'closed')], max_length=10)),
                ('by_name', models.CharField(blank=True, max_length=120)),
                ('at', models.DateTimeField(default=exchange.core.time.now)),
                ('note', models.TextField(blank=True)),
                ('reasons', models.JSONField(default=list)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('contribution', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='decisions', to='contributions.contribution')),
            ],
            options={
                'ordering': ['-at'],
            },
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=40)),
                ('kind', models.CharField(max_length=12)),
                ('answers', models.JSONField(default=dict)),
                ('step', models.CharField(blank=True, max_length=30)),
                ('version', models.PositiveIntegerField(default=0)),
                ('changed_at', models.DateTimeField(default=exchange.core.time.now)),
                ('about', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='drafts', to='contributions.contribution')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='drafts', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Revision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('title', models.CharField(blank=True, max_length=500)),
                ('body', models.TextField(blank=True)),
                ('parts', models.JSONField(blank=True, default=dict)),
                ('language', models.CharField(default='en', max_length=8)),
                ('at', models.DateTimeField(default=exchange.core.time.now)),
                ('why', models.CharField(blank=True, max_length=200)),
                ('state', models.CharField(choices=[('draft', 'draft'), ('waiting', 'waiting for a host'), ('published', 'published'), ('expired', 'ended'), ('held', 'held'), ('withdrawn', 'withdrawn')], default='published', max_length=10)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('contribution', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='revisions', to='contributions.contribution')),
            ],
            options={
                'ordering': ['number'],
            },
        ),
        migrations.AddIndex(
            model_name='contribution',
            index=models.Index(fields=['state', '-published_at', '-id'], name='c_newest'),
        ),
        migrations.AddIndex(
            model_name='contribution',
            index=models.Index(fields=['kind', 'state', '-published_at', '-id'], name='c_kind_newest'),
        ),
        migrations.AddIndex(
            model_name='contribution',
            index=models.Index(fields=['kind', 'state', 'reply_count', 'published_at', 'id'], name='c_unanswered'),
        ),
        migrations.AddIndex(
            model_name='contribution',
            index=models.Index(fields=['author', 'state', '-changed_at'], name='c_author'),
        ),
        migrations.AddIndex(
            model_name='contribution',
            index=models.Index(fields=['state', 'submitted_at', 'id'], name='c_waiting'),
        ),
        migrations.AddIndex(
            model_name='contribution',
            index=models.Index(condition=models.Q(('expires_at__isnull', False)), fields=['state', 'expires_at'], name='c_expiring'),
        ),
        migrations.AddIndex(
            model_name='contextterm',
            index=models.Index(fields=['term', 'kind', 'state', '-published_at', '-contribution'], name='ct_term_kind'),
        ),
        migrations.AddIndex(
            model_name='contextterm',
            index=models.Index(fields=['term', 'state', '-published_at', '-contribution'], name='ct_term'),
        ),
        migrations.AddConstraint(
            model_name='contextterm',
            constraint=models.UniqueConstraint(fields=('contribution', 'term'), name='one_term_once'),
        ),
        migrations.AddIndex(
            model_name='draft',
            index=models.Index(fields=['member', '-changed_at'], name='draft_of_member'),
        ),
        migrations.AddConstraint(
            model_name='draft',
            constraint=models.UniqueConstraint(fields=('member', 'key'), name='one_draft_of_a_form'),
        ),
        migrations.AddConstraint(
            model_name='revision',
            constraint=models.UniqueConstraint(fields=('contribution', 'number'), name='one_revision_number'),
        ),
    ]
