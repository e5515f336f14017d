"""The columns whose content is now in `facts` go. Apart from moving the data, because PostgreSQL
does not alter a table with changes of the same transaction still pending."""

from django.db import migrations, models

_OLD = ("leadership", "year", "topics", "countries", "types")


class Migration(migrations.Migration):
    dependencies = [("discovery", "0003_facts")]
    operations = [
        *(migrations.RemoveField("SearchEntry", name) for name in _OLD),
        migrations.AlterField("SearchEntry", "facts", models.TextField(blank=True)),
    ]
