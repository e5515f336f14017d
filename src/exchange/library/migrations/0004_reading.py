import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import exchange.core.ids
import exchange.core.time


class Migration(migrations.Migration):
    dependencies = [
        ("library", "0003_files"),
    ]

    operations = [
        migrations.CreateModel(
            name="Reading",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "being prepared"),
                            ("ready", "ready"),
                            ("image-only", "pages are pictures without text"),
                            ("failed", "could not be read"),
                        ],
                        default="waiting",
                        max_length=12,
                    ),
                ),
                ("why", models.CharField(blank=True, max_length=30)),
                ("language", models.CharField(blank=True, max_length=8)),
                ("title", models.CharField(blank=True, max_length=500)),
                ("pages", models.PositiveIntegerField(default=0)),
                ("words", models.PositiveIntegerField(default=0)),
                ("parts_count", models.PositiveIntegerField(default=0)),
                ("size", models.PositiveIntegerField(default=0)),
                ("contents", models.JSONField(blank=True, default=list)),
                ("quality", models.JSONField(blank=True, default=dict)),
                ("recognised", models.JSONField(blank=True, default=dict)),
                ("maker", models.PositiveSmallIntegerField(default=0)),
                ("seconds", models.FloatField(default=0)),
                ("made_at", models.DateTimeField(blank=True, null=True)),
                ("hidden_at", models.DateTimeField(blank=True, null=True)),
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reading",
                        to="library.file",
                    ),
                ),
                (
                    "resource",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="readings",
                        to="library.resource",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReadingFigure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.CharField(
                        default=exchange.core.ids.new_id, editable=False, max_length=40, unique=True
                    ),
                ),
                ("name", models.CharField(max_length=20)),
                ("page", models.PositiveIntegerField(default=0)),
                ("width", models.PositiveIntegerField()),
                ("height", models.PositiveIntegerField()),
                ("size", models.PositiveIntegerField()),
                ("alt", models.CharField(blank=True, max_length=500)),
                (
                    "reading",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="figures",
                        to="library.reading",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReadingPart",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("title", models.CharField(blank=True, max_length=300)),
                ("first_page", models.PositiveIntegerField(default=0)),
                ("last_page", models.PositiveIntegerField(default=0)),
                ("html", models.TextField()),
                ("text", models.TextField()),
                ("size", models.PositiveIntegerField(default=0)),
                (
                    "reading",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parts",
                        to="library.reading",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="ReadingProblem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("part", models.PositiveIntegerField(default=0)),
                ("anchor", models.CharField(blank=True, max_length=30)),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("order", "the order is wrong"),
                            ("missing", "something is missing"),
                            ("garbled", "letters or words are garbled"),
                            ("table", "a table cannot be understood"),
                            ("other", "something else"),
                        ],
                        max_length=10,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500)),
                ("line", models.CharField(blank=True, max_length=32)),
                ("at", models.DateTimeField(default=exchange.core.time.now)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reading",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="problems",
                        to="library.reading",
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="reading",
            index=models.Index(fields=["resource", "state"], name="reading_of_record"),
        ),
        migrations.AddConstraint(
            model_name="readingfigure",
            constraint=models.UniqueConstraint(
                fields=("reading", "name"), name="one_figure_of_a_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="readingpart",
            constraint=models.UniqueConstraint(
                fields=("reading", "number"), name="one_part_of_a_number"
            ),
        ),
        migrations.AddIndex(
            model_name="readingproblem",
            index=models.Index(fields=["settled_at", "at"], name="problem_open"),
        ),
    ]
