import django.db.models.deletion
import exchange.core.time
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('contributions', '0004_reasons'),
        ('conversation', '0003_reasons'),
        ('library', '0001_first'),
    ]

    operations = [
        migrations.AddField(
            model_name='resource',
            name='checked_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='resource',
            name='checked_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='resource',
            name='doi',
            field=models.CharField(blank=True, db_index=True, max_length=200),
        ),
        migrations.AddField(
            model_name='resource',
            name='edition',
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name='resource',
            name='evidence',
            field=models.CharField(blank=True, choices=[('experience', 'experience of practitioners'), ('evaluation', 'an evaluation'), ('research', 'research'), ('review', 'a review of evidence'), ('guidance', 'guidance or a tool')], max_length=12),
        ),
        migrations.AddField(
            model_name='resource',
            name='handle',
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name='resource',
            name='is_undated',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='resource',
            name='isbn',
            field=models.CharField(blank=True, db_index=True, max_length=13),
        ),
        migrations.AddField(
            model_name='resource',
            name='licence',
            field=models.CharField(blank=True, choices=[('cc0', 'no rights reserved (CC0)'), ('cc-by', 'free to share and adapt, naming the author (CC BY)'), ('cc-by-sa', 'free to share and adapt under the same terms (CC BY-SA)'), ('cc-by-nc', 'free to share and adapt, not for money (CC BY-NC)'), ('cc-by-nc-sa', 'free to share and adapt, not for money, same terms (CC BY-NC-SA)'), ('cc-by-nd', 'free to share unchanged (CC BY-ND)'), ('cc-by-nc-nd', 'free to share unchanged, not for money (CC BY-NC-ND)'), ('permitted', 'kept here with permission'), ('reserved', 'all rights reserved')], max_length=12),
        ),
        migrations.AddField(
            model_name='resource',
            name='month',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='resource',
            name='readable_size',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='resource',
            name='superseded_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='supersedes', to='library.resource'),
        ),
        migrations.AddField(
            model_name='resource',
            name='translation_of',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='translations', to='library.resource'),
        ),
        migrations.AddField(
            model_name='resource',
            name='useful_for',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AlterField(
            model_name='resource',
            name='link_kind',
            field=models.CharField(choices=[('original', "the publisher's own page"), ('library', "a library's page"), ('mirror', 'a copy elsewhere, not linked'), ('archive', 'an archived copy'), ('related', 'something that goes with it')], default='library', max_length=10),
        ),
        migrations.CreateModel(
            name='Deposit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=exchange.core.time.now)),
                ('right', models.CharField(choices=[('own', 'we made it, and may share it'), ('open', 'its licence lets anybody share it'), ('permission', 'its owner gave permission'), ('link', 'only describe it and link to it')], default='link', max_length=10)),
                ('right_note', models.CharField(blank=True, max_length=300)),
                ('people', models.CharField(blank=True, choices=[('none', 'no picture of people who can be recognised'), ('agreed', 'they agreed, and for children a guardian too'), ('unsure', 'not sure')], max_length=10)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('resource', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='deposit', to='library.resource')),
            ],
        ),
        migrations.CreateModel(
            name='DepositWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('shown_as', models.CharField(blank=True, max_length=120)),
                ('is_host', models.BooleanField(default=False)),
                ('body', models.TextField()),
                ('at', models.DateTimeField(default=exchange.core.time.now)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('resource', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deposit_words', to='library.resource')),
            ],
            options={
                'ordering': ['at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Link',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('url', models.URLField(max_length=1000)),
                ('kind', models.CharField(choices=[('original', "the publisher's own page"), ('library', "a library's page"), ('mirror', 'a copy elsewhere, not linked'), ('archive', 'an archived copy'), ('related', 'something that goes with it')], default='related', max_length=10)),
                ('label', models.CharField(blank=True, max_length=160)),
                ('resource', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to='library.resource')),
            ],
        ),
        migrations.CreateModel(
            name='Creator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveSmallIntegerField()),
                ('role', models.CharField(choices=[('author', 'author'), ('editor', 'editor'), ('translator', 'translator')], default='author', max_length=10)),
                ('is_organisation', models.BooleanField(default=False)),
                ('name', models.CharField(max_length=300)),
                ('family', models.CharField(blank=True, max_length=120)),
                ('given', models.CharField(blank=True, max_length=120)),
                ('resource', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='creators', to='library.resource')),
            ],
            options={
                'ordering': ['place'],
                'constraints': [models.UniqueConstraint(fields=('resource', 'place'), name='one_creator_at_a_place')],
            },
        ),
        migrations.AddConstraint(
            model_name='link',
            constraint=models.UniqueConstraint(fields=('resource', 'url'), name='one_link_once'),
        ),
        migrations.AddIndex(
            model_name='resource',
            index=models.Index(condition=models.Q(('translation_of__isnull', False)), fields=['translation_of'], name='resource_translations'),
        ),
        migrations.AddIndex(
            model_name='resource',
            index=models.Index(condition=models.Q(('superseded_by__isnull', False)), fields=['superseded_by'], name='resource_superseded'),
        ),
    ]
