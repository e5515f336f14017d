from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Term',
            fields=[
                ('key', models.CharField(max_length=80, primary_key=True, serialize=False)),
                ('vocabulary', models.CharField(choices=[('topic', 'Topic'), ('topic-group', 'Topic Group'), ('mechanism', 'Mechanism'), ('leadership', 'Leadership'), ('setting', 'Setting'), ('component', 'Component'), ('type', 'Type'), ('audience', 'Audience'), ('level', 'Level'), ('region', 'Region'), ('country', 'Country')], max_length=16)),
                ('slug', models.CharField(max_length=60)),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('group', models.CharField(blank=True, max_length=60)),
                ('labels', models.JSONField(default=dict)),
                ('helps', models.JSONField(default=dict)),
                ('anchor', models.CharField(blank=True, max_length=300)),
            ],
            options={
                'ordering': ['vocabulary', 'order', 'slug'],
                'constraints': [models.UniqueConstraint(fields=('vocabulary', 'slug'), name='one_term_per_slug')],
            },
        ),
    ]
