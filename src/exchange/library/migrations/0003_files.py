import django.db.models.deletion
import exchange.core.ids
import exchange.core.time
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('library', '0002_records'),
    ]

    operations = [
        migrations.CreateModel(
            name='File',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=exchange.core.ids.new_id, editable=False, max_length=40, unique=True)),
                ('draft_key', models.CharField(blank=True, db_index=True, max_length=40)),
                ('name', models.CharField(max_length=200)),
                ('label', models.CharField(blank=True, max_length=160)),
                ('language', models.CharField(blank=True, max_length=8)),
                ('media_type', models.CharField(max_length=100)),
                ('size', models.PositiveBigIntegerField()),
                ('sha256', models.CharField(db_index=True, max_length=64)),
                ('sent_sha256', models.CharField(db_index=True, max_length=64)),
                ('taken_out', models.JSONField(blank=True, default=list)),
                ('version', models.PositiveSmallIntegerField(default=1)),
                ('needs_a_look', models.BooleanField(default=False)),
                ('state', models.CharField(choices=[('kept', 'kept'), ('gone', 'gone')], default='kept', max_length=8)),
                ('let_out_at', models.DateTimeField(blank=True, null=True)),
                ('added_at', models.DateTimeField(default=exchange.core.time.now)),
                ('gone_at', models.DateTimeField(blank=True, null=True)),
                ('fixity', models.CharField(choices=[('unchecked', 'not checked yet'), ('whole', 'whole'), ('changed', 'not as it was kept'), ('missing', 'missing'), ('infected', 'infected')], default='unchecked', max_length=10)),
                ('fixity_at', models.DateTimeField(blank=True, null=True)),
                ('scanned_at', models.DateTimeField(blank=True, null=True)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('replaced_by', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='replaces', to='library.file')),
                ('resource', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='files', to='library.resource')),
            ],
        ),
        migrations.AddIndex(
            model_name='file',
            index=models.Index(fields=['resource', 'state', 'added_at'], name='file_of_record'),
        ),
        migrations.AddIndex(
            model_name='file',
            index=models.Index(fields=['state', 'fixity_at'], name='file_by_fixity'),
        ),
        migrations.AddConstraint(
            model_name='file',
            constraint=models.UniqueConstraint(condition=models.Q(('replaced_by', None), ('resource', None), ('state', 'kept')), fields=('draft_key', 'by', 'sent_sha256'), name='file_once_in_draft'),
        ),
        migrations.AddConstraint(
            model_name='file',
            constraint=models.UniqueConstraint(condition=models.Q(('replaced_by', None), ('resource__isnull', False), ('state', 'kept')), fields=('resource', 'sent_sha256'), name='file_once_in_record'),
        ),
    ]
