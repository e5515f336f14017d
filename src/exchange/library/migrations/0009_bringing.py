import django.db.models.deletion
import exchange.core.ids
import exchange.core.time
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('library', '0008_health'),
    ]

    operations = [
        migrations.CreateModel(
            name='HarvestSource',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('url', models.URLField(max_length=500)),
                ('set_spec', models.CharField(blank=True, max_length=200)),
                ('name', models.CharField(blank=True, max_length=200)),
                ('is_on', models.BooleanField(default=False)),
                ('every_days', models.PositiveSmallIntegerField(default=7)),
                ('harvested_until', models.DateTimeField(blank=True, null=True)),
                ('next_at', models.DateTimeField(blank=True, null=True)),
                ('asked_at', models.DateTimeField(blank=True, null=True)),
                ('formats', models.CharField(blank=True, max_length=300)),
                ('trouble', models.CharField(blank=True, max_length=500)),
                ('added_at', models.DateTimeField(default=exchange.core.time.now)),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='ForeignRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('identifier', models.CharField(max_length=400)),
                ('datestamp', models.CharField(blank=True, max_length=30)),
                ('is_deleted', models.BooleanField(default=False)),
                ('resource', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='foreign', to='library.resource')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='records', to='library.harvestsource')),
            ],
        ),
        migrations.CreateModel(
            name='ImportRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=exchange.core.ids.new_id, editable=False, max_length=40, unique=True)),
                ('form', models.CharField(choices=[('csv', 'table (CSV)'), ('ris', 'RIS'), ('bibtex', 'BibTeX'), ('oai', 'another library (OAI-PMH)')], max_length=8)),
                ('name', models.CharField(blank=True, max_length=200)),
                ('state', models.CharField(choices=[('preview', 'only looked at'), ('applied', 'brought in'), ('failed', 'nothing was brought in')], default='preview', max_length=8)),
                ('at', models.DateTimeField(default=exchange.core.time.now)),
                ('applied_at', models.DateTimeField(blank=True, null=True)),
                ('records', models.JSONField(blank=True, default=list)),
                ('report', models.JSONField(blank=True, default=list)),
                ('counts', models.JSONField(blank=True, default=dict)),
                ('words', models.TextField(blank=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('source', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='runs', to='library.harvestsource')),
            ],
        ),
        migrations.AddConstraint(
            model_name='harvestsource',
            constraint=models.UniqueConstraint(fields=('url', 'set_spec'), name='one_source_once'),
        ),
        migrations.AddConstraint(
            model_name='foreignrecord',
            constraint=models.UniqueConstraint(fields=('source', 'identifier'), name='one_foreign_name'),
        ),
        migrations.AddIndex(
            model_name='importrun',
            index=models.Index(fields=['-at'], name='import_newest'),
        ),
    ]
