"""What harvesters are told. Nobody has harvested before, so what is public gets the day of its
last change."""

from django.db import migrations, models

_VOCABULARIES = ("type", "topic", "country", "region")


def _fill(apps, schema_editor):
    contributions = apps.get_model("contributions", "Contribution")
    terms = apps.get_model("contributions", "ContextTerm")
    harvestable = apps.get_model("discovery", "Harvestable")
    last = 0
    while True:
        public = contributions.objects.filter(kind="resource", state="published", pk__gt=last)
        rows = list(public.order_by("pk").only("pk", "language", "changed_at")[:1000])
        if not rows:
            return
        last = rows[-1].pk
        sets = {row.pk: {"openaire", "language", f"language:{row.language}"} for row in rows}
        for number, key in terms.objects.filter(contribution__in=list(sets)).values_list(
            "contribution_id", "term_id"
        ):
            vocabulary = key.partition(":")[0]
            if vocabulary in _VOCABULARIES:
                sets[number] |= {vocabulary, key}
        harvestable.objects.bulk_create(
            harvestable(
                number=row.pk,
                kind="resource",
                datestamp=row.changed_at.replace(microsecond=0),
                sets=f" {' '.join(sorted(sets[row.pk]))} ",
            )
            for row in rows
        )


class Migration(migrations.Migration):
    dependencies = [
        ("discovery", "0004_without_the_old_columns"),
        ("contributions", "0001_contributions"),
    ]
    operations = [
        migrations.CreateModel(
            name="Harvestable",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=12)),
                ("datestamp", models.DateTimeField()),
                ("is_deleted", models.BooleanField(default=False)),
                ("sets", models.TextField(blank=True)),
            ],
            options={
                "indexes": [models.Index(fields=["datestamp", "number"], name="harvest_order")],
            },
        ),
        migrations.RunPython(_fill, migrations.RunPython.noop),
    ]
