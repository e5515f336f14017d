import django.db.models.deletion
import exchange.core.time
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('library', '0007_shelving'),
    ]

    operations = [
        migrations.CreateModel(
            name='LinkCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('url', models.URLField(max_length=1000)),
                ('mark', models.CharField(max_length=64, unique=True)),
                ('host', models.CharField(max_length=255)),
                ('state', models.CharField(choices=[('unknown', 'not checked yet'), ('works', 'works'), ('moved', 'moved'), ('gone', 'gone'), ('silent', 'does not answer'), ('robots', 'asks not to be checked')], default='unknown', max_length=8)),
                ('status', models.PositiveSmallIntegerField(default=0)),
                ('leads_to', models.URLField(blank=True, max_length=1000)),
                ('failures', models.PositiveSmallIntegerField(default=0)),
                ('first_failed_at', models.DateTimeField(blank=True, null=True)),
                ('checked_at', models.DateTimeField(blank=True, null=True)),
                ('next_at', models.DateTimeField(default=exchange.core.time.now)),
            ],
            options={
                'indexes': [models.Index(fields=['next_at'], name='link_next')],
            },
        ),
        migrations.CreateModel(
            name='UsageDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('what', models.CharField(choices=[('seen', 'page seen'), ('read', 'light view read'), ('taken', 'file taken'), ('cited', 'citation taken')], max_length=6)),
                ('times', models.PositiveIntegerField(default=0)),
                ('resource', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='usage', to='library.resource')),
            ],
        ),
        migrations.AddIndex(
            model_name='usageday',
            index=models.Index(fields=['day', 'what'], name='usage_by_day'),
        ),
        migrations.AddConstraint(
            model_name='usageday',
            constraint=models.UniqueConstraint(fields=('resource', 'day', 'what'), name='one_count_a_day'),
        ),
    ]
