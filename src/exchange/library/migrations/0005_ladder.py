import django.db.models.deletion
import exchange.core.time
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('library', '0004_reading'),
    ]

    operations = [
        migrations.CreateModel(
            name='Rung',
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
                ('length', models.CharField(choices=[('sentence', 'In one sentence'), ('message', 'As a phone message'), ('page', 'On one page, in plain words')], max_length=10)),
                ('text', models.TextField()),
                ('words_a_sentence', models.PositiveSmallIntegerField(default=0)),
                ('grade', models.FloatField(blank=True, null=True)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('checked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('resource', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rungs', to='library.resource')),
            ],
        ),
        migrations.AddIndex(
            model_name='rung',
            index=models.Index(fields=['resource', 'standing'], name='rung_of_record'),
        ),
        migrations.AddConstraint(
            model_name='rung',
            constraint=models.UniqueConstraint(condition=models.Q(('standing', 'published')), fields=('resource', 'length', 'language'), name='one_rung_stands'),
        ),
    ]
