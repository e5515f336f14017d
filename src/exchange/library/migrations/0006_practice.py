import django.db.models.deletion
import exchange.core.ids
import exchange.core.time
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('library', '0005_ladder'),
    ]

    operations = [
        migrations.CreateModel(
            name='GiveBack',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('standing', models.CharField(choices=[('waiting', 'waiting for a host'), ('published', 'published'), ('former', 'replaced by newer words'), ('declined', 'not taken'), ('withdrawn', 'withdrawn')], default='waiting', max_length=10)),
                ('language', models.CharField(default='en', max_length=8)),
                ('shown_as', models.CharField(blank=True, max_length=120)),
                ('at', models.DateTimeField(default=exchange.core.time.now)),
                ('checked_as', models.CharField(blank=True, max_length=120)),
                ('checked_at', models.DateTimeField(blank=True, null=True)),
                ('once_key', models.CharField(editable=False, max_length=40, null=True, unique=True)),
                ('note', models.TextField(blank=True)),
                ('communities', models.CharField(max_length=500)),
                ('how', models.TextField()),
                ('form', models.CharField(choices=[('meeting', 'a meeting with the community'), ('leaflet', 'a leaflet or short text'), ('radio', 'radio or audio'), ('drama', 'drama, song or pictures'), ('phone', 'messages on phones'), ('report', 'the report itself'), ('nothing', 'nothing has gone back yet'), ('other', 'another form')], max_length=10)),
                ('spoken', models.CharField(blank=True, max_length=8)),
                ('link', models.URLField(blank=True, max_length=500)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('checked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('resource', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='give_backs', to='library.resource')),
            ],
        ),
        migrations.CreateModel(
            name='GiveBackWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('received', models.BooleanField()),
                ('country', models.CharField(blank=True, max_length=2)),
                ('at', models.DateTimeField(default=exchange.core.time.now)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reply', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='give_back_word', to='conversation.reply')),
                ('resource', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='give_back_words', to='library.resource')),
            ],
        ),
        migrations.CreateModel(
            name='Recommendation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('standing', models.CharField(choices=[('waiting', 'waiting for a host'), ('published', 'published'), ('former', 'replaced by newer words'), ('declined', 'not taken'), ('withdrawn', 'withdrawn')], default='waiting', max_length=10)),
                ('language', models.CharField(default='en', max_length=8)),
                ('shown_as', models.CharField(blank=True, max_length=120)),
                ('at', models.DateTimeField(default=exchange.core.time.now)),
                ('checked_as', models.CharField(blank=True, max_length=120)),
                ('checked_at', models.DateTimeField(blank=True, null=True)),
                ('once_key', models.CharField(editable=False, max_length=40, null=True, unique=True)),
                ('note', models.TextField(blank=True)),
                ('place', models.PositiveSmallIntegerField(default=0)),
                ('text', models.CharField(max_length=600)),
                ('where', models.CharField(blank=True, max_length=40)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('checked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('resource', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='recommendations', to='library.resource')),
            ],
        ),
        migrations.CreateModel(
            name='Citing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=exchange.core.time.now)),
                ('contribution', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='contributions.contribution')),
                ('reply', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='conversation.reply')),
                ('resource', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cited_in', to='library.resource')),
                ('recommendation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='cited_in', to='library.recommendation')),
            ],
        ),
        migrations.CreateModel(
            name='Use',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('how', models.CharField(choices=[('read', 'read it'), ('tried', 'tried it'), ('adapted', 'adapted it')], max_length=8)),
                ('country', models.CharField(blank=True, max_length=2)),
                ('setting', models.CharField(blank=True, max_length=60)),
                ('at', models.DateTimeField(default=exchange.core.time.now)),
                ('once_key', models.CharField(default=exchange.core.ids.new_id, editable=False, max_length=40, unique=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('recommendation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='uses', to='library.recommendation')),
                ('reply', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='use', to='conversation.reply')),
                ('resource', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='uses', to='library.resource')),
            ],
        ),
        migrations.AddIndex(
            model_name='giveback',
            index=models.Index(fields=['resource', 'standing'], name='give_back_of_record'),
        ),
        migrations.AddConstraint(
            model_name='givebackword',
            constraint=models.UniqueConstraint(condition=models.Q(('by__isnull', False)), fields=('resource', 'by'), name='one_give_back_word_a_member'),
        ),
        migrations.AddIndex(
            model_name='recommendation',
            index=models.Index(fields=['resource', 'standing'], name='advice_of_record'),
        ),
        migrations.AddIndex(
            model_name='citing',
            index=models.Index(fields=['resource', '-at'], name='citing_of_record'),
        ),
        migrations.AddIndex(
            model_name='citing',
            index=models.Index(fields=['contribution', 'reply'], name='citing_by_words'),
        ),
        migrations.AddIndex(
            model_name='use',
            index=models.Index(fields=['resource', 'how'], name='use_of_record'),
        ),
        migrations.AddConstraint(
            model_name='use',
            constraint=models.UniqueConstraint(condition=models.Q(('by__isnull', False)), fields=('resource', 'by'), name='one_use_a_member'),
        ),
    ]
