"""Writes rows of plain values in bulk: COPY on PostgreSQL, one prepared statement on SQLite.
Called by the generator alone; it steps around actions and events on purpose."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models, transaction

Row = dict[str, Any]


class Table:
    """The columns of one model (its own, without its parent's), each with its default."""

    def __init__(self, model: type[models.Model]) -> None:
        self.model = model
        self.name = model._meta.db_table
        fields = model._meta.local_concrete_fields
        self.columns = [str(field.column) for field in fields]
        self.given = [str(field.attname) for field in fields]
        self.defaults = [
            None if field.primary_key else _prepared(field.get_default()) for field in fields
        ]

    def next_id(self) -> int:
        """One more than the highest key there is."""
        highest = self.model._base_manager.aggregate(n=models.Max("pk"))["n"]
        return int(highest or 0) + 1

    def write(self, rows: Iterable[Row]) -> None:
        """Write all rows; what a row does not say has the field's default."""
        pairs = list(zip(self.given, self.defaults, strict=True))
        values = ([row.get(name, default) for name, default in pairs] for row in rows)
        if connection.vendor == "postgresql":
            _copy(self.name, self.columns, values)
        else:
            _insert(self.name, self.columns, values)


@contextmanager
def quickly() -> Iterator[None]:
    """Around a bulk load: nothing waits for the disk, and keys are right afterwards."""
    sqlite = connection.vendor == "sqlite"
    if sqlite:
        _pragmas("OFF", 400_000)
    try:
        with connection.constraint_checks_disabled():
            yield
    finally:
        if sqlite:
            _pragmas("NORMAL", 12_000)


def finish(tables: Iterable[Table]) -> None:
    """Let the database's own counters and statistics know what came in."""
    models_written = [table.model for table in tables]
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models_written):
            cursor.execute(statement)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def moment(value: datetime) -> Any:
    """A moment as this database keeps it."""
    return connection.ops.adapt_datetimefield_value(value)


def _prepared(value: Any) -> Any:
    if isinstance(value, dict | list):
        return json.dumps(value)
    return moment(value) if isinstance(value, datetime) else value


def _pragmas(synchronous: str, kilobytes: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA synchronous={synchronous}")
        cursor.execute(f"PRAGMA cache_size=-{kilobytes}")


def _insert(name: str, columns: list[str], values: Iterable[list[Any]]) -> None:
    places = ", ".join(["?"] * len(columns))
    names = ", ".join(f'"{column}"' for column in columns)
    # Names of our own tables and columns; the values go as parameters.
    statement = f'INSERT INTO "{name}" ({names}) VALUES ({places})'  # noqa: S608
    with connection.cursor() as cursor:
        # The driver's own cursor: Django's would rewrite the parameters of every single row.
        cursor.connection.executemany(statement, values)


def _copy(name: str, columns: list[str], values: Iterable[list[Any]]) -> None:
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor, cursor.copy(f'COPY "{name}" ({names}) FROM STDIN') as copy:
        for row in values:
            copy.write_row(row)
