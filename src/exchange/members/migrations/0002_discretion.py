from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0001_members'),
    ]

    operations = [
        migrations.AddField(
            model_name='member',
            name='neutral_subjects',
            field=models.BooleanField(default=False, verbose_name='mails that tell nothing outside'),
        ),
        migrations.AddField(
            model_name='member',
            name='quick_exit',
            field=models.BooleanField(default=False, verbose_name='a way out on every page'),
        ),
    ]
