import django.db.models.deletion
import exchange.core.ids
import exchange.core.time
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('contributions', '0001_contributions'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Reply',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('draft', 'draft'), ('waiting', 'waiting for a host'), ('published', 'published'), ('expired', 'ended'), ('held', 'held'), ('withdrawn', 'withdrawn')], default='waiting', max_length=10)),
                ('body', models.TextField()),
                ('language', models.CharField(default='en', max_length=8)),
                ('shown_as', models.CharField(blank=True, max_length=120)),
                ('shown_role', models.CharField(blank=True, max_length=160)),
                ('via', models.CharField(default='web', max_length=10)),
                ('created_at', models.DateTimeField(default=exchange.core.time.now)),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('changed_at', models.DateTimeField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('helped_count', models.PositiveIntegerField(default=0)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('once_key', models.CharField(default=exchange.core.ids.new_id, editable=False, max_length=40, unique=True)),
                ('is_demo', models.BooleanField(default=False, editable=False)),
                ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='replies', to=settings.AUTH_USER_MODEL)),
                ('contribution', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='replies', to='contributions.contribution')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='children', to='conversation.reply')),
            ],
        ),
        migrations.CreateModel(
            name='Mark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('helped', 'This helped'), ('answered', 'This answered my question')], max_length=10)),
                ('at', models.DateTimeField(default=exchange.core.time.now)),
                ('contribution', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='marks', to='contributions.contribution')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='marks', to=settings.AUTH_USER_MODEL)),
                ('reply', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='marks', to='conversation.reply')),
            ],
        ),
        migrations.CreateModel(
            name='ReplyDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(choices=[('publish', 'published'), ('hold', 'held'), ('rewrite', 'asked to rewrite'), ('withdraw', 'withdrawn')], max_length=10)),
                ('by_name', models.CharField(blank=True, max_length=120)),
                ('at', models.DateTimeField(default=exchange.core.time.now)),
                ('note', models.TextField(blank=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reply', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='decisions', to='conversation.reply')),
            ],
            options={
                'ordering': ['-at'],
            },
        ),
        migrations.CreateModel(
            name='ReplyRevision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('body', models.TextField()),
                ('at', models.DateTimeField(default=exchange.core.time.now)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reply', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='revisions', to='conversation.reply')),
            ],
            options={
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='Follow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.CharField(choices=[('off', 'nothing'), ('digest', 'in my digest'), ('each', 'each answer by e-mail')], default='each', max_length=8)),
                ('why', models.CharField(choices=[('chosen', 'you chose to follow it'), ('wrote', 'you wrote it'), ('answered', 'you answered it')], default='chosen', max_length=10)),
                ('at', models.DateTimeField(default=exchange.core.time.now)),
                ('contribution', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='follows', to='contributions.contribution')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='follows', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['contribution', 'level'], name='follow_level')],
                'constraints': [models.UniqueConstraint(fields=('member', 'contribution'), name='one_follow')],
            },
        ),
        migrations.AddIndex(
            model_name='reply',
            index=models.Index(fields=['contribution', 'state', 'created_at', 'id'], name='r_in_order'),
        ),
        migrations.AddIndex(
            model_name='reply',
            index=models.Index(fields=['author', '-created_at'], name='r_author'),
        ),
        migrations.AddIndex(
            model_name='reply',
            index=models.Index(condition=models.Q(('state', 'waiting')), fields=['created_at', 'id'], name='r_waiting'),
        ),
        migrations.AddConstraint(
            model_name='mark',
            constraint=models.UniqueConstraint(condition=models.Q(('reply__isnull', False)), fields=('member', 'reply', 'kind'), name='one_mark_a_reply'),
        ),
        migrations.AddConstraint(
            model_name='mark',
            constraint=models.UniqueConstraint(condition=models.Q(('reply__isnull', True)), fields=('member', 'contribution', 'kind'), name='one_mark_a_contribution'),
        ),
        migrations.AddConstraint(
            model_name='replyrevision',
            constraint=models.UniqueConstraint(fields=('reply', 'number'), name='one_reply_revision_number'),
        ),
    ]
