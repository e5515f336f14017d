from django.db import migrations, models

LEVELS = [("digest", "in my digest"), ("each", "in a mail of its own")]


class Migration(migrations.Migration):
    """Searches kept so far go on in mails of their own, as their members were told."""

    dependencies = [("conversation", "0004_saved_searches")]

    operations = [
        migrations.AddField(
            model_name="savedsearch",
            name="level",
            field=models.CharField(choices=LEVELS, default="each", max_length=8),
        ),
        migrations.AlterField(
            model_name="savedsearch",
            name="level",
            field=models.CharField(choices=LEVELS, default="digest", max_length=8),
        ),
    ]
