"""The engine's own table: FTS5 on SQLite, a tsvector with GIN on PostgreSQL."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from exchange.discovery.engine import engine


def create(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    engine().create()


def drop(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    engine().drop()


class Migration(migrations.Migration):
    dependencies = [("discovery", "0001_index")]
    operations = [migrations.RunPython(create, drop)]
