import django.db.models.deletion
import exchange.core.time
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('library', '0006_practice'),
    ]

    operations = [
        migrations.CreateModel(
            name='Shelf',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('standing', models.CharField(choices=[('waiting', 'waiting for a host'), ('published', 'published'), ('former', 'replaced by newer words'), ('declined', 'not taken'), ('withdrawn', 'withdrawn')], default='waiting', max_length=10)),
                ('language', models.CharField(default='en', max_length=8)),
                ('shown_as', models.CharField(blank=True, max_length=120)),
                ('at', models.DateTimeField(default=exchange.core.time.now)),
                ('checked_as', models.CharField(blank=True, max_length=120)),
                ('checked_at', models.DateTimeField(blank=True, null=True)),
                ('once_key', models.CharField(editable=False, max_length=40, null=True, unique=True)),
                ('kind', models.CharField(choices=[('collection', 'collection'), ('hub', 'shelf of a hub')], default='collection', max_length=10)),
                ('hub', models.CharField(blank=True, max_length=40)),
                ('slug', models.CharField(max_length=70)),
                ('title', models.CharField(max_length=200)),
                ('words', models.TextField(blank=True)),
                ('proposed_title', models.CharField(blank=True, max_length=200)),
                ('proposed_words', models.TextField(blank=True)),
                ('note', models.CharField(blank=True, max_length=500)),
                ('changed_at', models.DateTimeField(default=exchange.core.time.now)),
                ('version', models.PositiveIntegerField(default=1)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('checked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='ShelfItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('standing', models.CharField(choices=[('waiting', 'waiting for a host'), ('published', 'published'), ('former', 'replaced by newer words'), ('declined', 'not taken'), ('withdrawn', 'withdrawn')], default='waiting', max_length=10)),
                ('language', models.CharField(default='en', max_length=8)),
                ('shown_as', models.CharField(blank=True, max_length=120)),
                ('at', models.DateTimeField(default=exchange.core.time.now)),
                ('checked_as', models.CharField(blank=True, max_length=120)),
                ('checked_at', models.DateTimeField(blank=True, null=True)),
                ('once_key', models.CharField(editable=False, max_length=40, null=True, unique=True)),
                ('place', models.PositiveIntegerField(default=0)),
                ('comment', models.CharField(blank=True, max_length=500)),
                ('proposed', models.CharField(blank=True, max_length=500)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('checked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('resource', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='shelved_in', to='library.resource')),
                ('shelf', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='library.shelf')),
            ],
            options={
                'ordering': ['place', 'id'],
            },
        ),
        migrations.AddConstraint(
            model_name='shelf',
            constraint=models.UniqueConstraint(condition=models.Q(('hub', ''), _negated=True), fields=('hub',), name='one_shelf_a_hub'),
        ),
        migrations.AddConstraint(
            model_name='shelfitem',
            constraint=models.UniqueConstraint(fields=('shelf', 'resource'), name='one_place_on_a_shelf'),
        ),
    ]
