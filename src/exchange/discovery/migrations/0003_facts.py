"""One column of facts takes the place of five; what is indexed keeps its counts."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_AT_ONCE = 2_000


def gather(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    entry_model = apps.get_model("discovery", "SearchEntry")
    last = 0
    while rows := list(entry_model.objects.filter(pk__gt=last).order_by("pk")[:_AT_ONCE]):
        for row in rows:
            row.facts = _facts(row)
        entry_model.objects.bulk_update(rows, ["facts"])
        last = rows[-1].pk


def _facts(row: models.Model) -> str:
    tokens = [f"kind:{row.kind}", f"language:{row.language}"]
    tokens += [f"year:{row.year}"] if row.year else []
    tokens += [f"topic:{slug}" for slug in row.topics.split()]
    tokens += [f"country:{code}" for code in row.countries.split()]
    tokens += [f"leadership:{row.leadership}"] if row.leadership else []
    tokens += [f"type:{slug}" for slug in row.types.split()]
    return " ".join(tokens)


class Migration(migrations.Migration):
    dependencies = [("discovery", "0002_engine")]
    operations = [
        migrations.AddField("SearchEntry", "facts", models.TextField(blank=True, default="")),
        # Going back leaves the old columns empty until `reindex`.
        migrations.RunPython(gather, migrations.RunPython.noop),
    ]
