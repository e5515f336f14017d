"""Search on PostgreSQL: a tsvector of opaque words with a GIN index, in a table of its own.
Called through `engine()` alone."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from django.db import connection

from exchange.discovery.engine.base import Candidate, Engine, Expression, Leg

_INDEX = (
    "CREATE INDEX IF NOT EXISTS discovery_index_words ON discovery_index"
    " USING gin (words) WITH (fastupdate = off)"
)
_CREATE = (
    "CREATE TABLE IF NOT EXISTS discovery_index (id bigint PRIMARY KEY, words tsvector NOT NULL)",
    "ALTER TABLE discovery_index ADD COLUMN IF NOT EXISTS facts text NOT NULL DEFAULT ''",
    # The words live apart from the rows: a search reads the index, not the words, and finds many
    # rows on one page.
    "ALTER TABLE discovery_index SET (toast_tuple_target = 128)",
    "ALTER TABLE discovery_index ALTER COLUMN words SET STORAGE EXTERNAL",
    # Without a pending list: a search would have to read it word by word.
    _INDEX,
)
# A common word matches far more than is wanted: only the newest part of the ids is looked at,
# this many times what should be enough.
_ROOMY = 2
_KNOWN_FOR = 10.0  # seconds
_BY_INDEX = "SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off"
_AS_USUAL = "SET LOCAL enable_seqscan TO DEFAULT; SET LOCAL enable_indexscan TO DEFAULT"


class PostgresEngine(Engine):
    """GIN finds all matches at once; a window of ids keeps the rows to be read few."""

    def create(self) -> None:
        with connection.cursor() as cursor:
            for statement in _CREATE:
                cursor.execute(statement)

    def drop(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE IF EXISTS discovery_index")

    def clear(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE discovery_index")

    def add(self, rows: Iterable[tuple[int, Sequence[str], str]]) -> None:
        with (
            connection.cursor() as cursor,
            cursor.copy("COPY discovery_index (id, words, facts) FROM STDIN") as copy,
        ):
            for pk, words, facts in rows:
                copy.write_row((pk, " ".join(words), facts))

    def remove(self, rows: Iterable[tuple[int, Sequence[str]]]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "DELETE FROM discovery_index WHERE id = ANY(%s::bigint[])",
                [[pk for pk, _words in rows]],
            )

    def settle(self) -> None:
        with connection.cursor() as cursor:
            for table in ("index", "searchentry", "searchterms", "vocabulary", "neighbour"):
                cursor.execute(f"ANALYZE discovery_{table}")

    def begin_load(self) -> None:
        # Building the index once is many times faster than growing it row by row.
        with connection.cursor() as cursor:
            cursor.execute("DROP INDEX IF EXISTS discovery_index_words")

    def end_load(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET maintenance_work_mem = '256MB'")
            cursor.execute(_INDEX)
            cursor.execute("RESET maintenance_work_mem")

    def candidates(self, legs: Sequence[Leg], limit: int) -> list[Candidate]:
        parts: list[str] = []
        values: list[str | int] = []
        for leg in legs:
            sql, given = _matching(leg)
            parts.append(f"SELECT id, {leg.weight} AS weight FROM ({sql}) leg")  # noqa: S608 - a number
            values += given
        rows = _asked(
            "SELECT c.id, e.language, e.kind, e.published_at, t.packed FROM ("  # noqa: S608 - numbers and fixed text
            f"SELECT id, SUM(weight) AS total FROM ({' UNION ALL '.join(parts)}) legs"
            " GROUP BY id ORDER BY total DESC, id DESC LIMIT %s) c"
            " JOIN discovery_searchentry e ON e.contribution_id = c.id"
            " JOIN discovery_searchterms t ON t.entry_id = c.id",
            [*values, limit],
        )
        return [
            Candidate(pk, language, kind, at, bytes(packed))
            for pk, language, kind, at, packed in rows
        ]

    def facts(self, leg: Leg) -> list[str]:
        sql, values = _matching(leg, columns="id, facts")
        rows = _asked(sql, values)
        if len(rows) < leg.limit and _is_windowed(leg):
            # Fewer stand in the window than was thought; what is counted must be right.
            sql, values = _matching(replace(leg, expected=0), columns="id, facts")
            rows = _asked(sql, values)
        return [facts for _pk, facts in rows]

    def words_beginning(self, prefix: str, limit: int) -> list[tuple[str, int]]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT word, MAX(found_in) AS most FROM discovery_vocabulary"
                " WHERE word LIKE %s AND found_in > 0"
                ' GROUP BY word ORDER BY most DESC, word COLLATE "C" LIMIT %s',
                [prefix.replace("\\", "").replace("%", "").replace("_", "") + "%", limit],
            )
            return list(cursor.fetchall())


class _Newest:
    """The newest id, asked for now and then: a window that begins a little early harms nothing,
    and as a number in the question it lets the planner know how narrow the window is."""

    def __init__(self) -> None:
        self._id = 0
        self._until = 0.0

    def id(self) -> int:
        if time.monotonic() > self._until:
            with connection.cursor() as cursor:
                cursor.execute("SELECT COALESCE(MAX(id), 0) FROM discovery_index")
                self._id = int(cursor.fetchone()[0])
            self._until = time.monotonic() + _KNOWN_FOR
        return self._id


_newest = _Newest()


def _asked(sql: str, values: list[str | int]) -> list[Any]:
    """The rows of a question answered from the index of words. The planner thinks it nearly free
    to test a row's words, and would rather read every row's than the index."""
    with connection.cursor() as cursor:
        cursor.execute(f"{_BY_INDEX}; {sql}; {_AS_USUAL}", values)
        while cursor.description is None:
            cursor.nextset()
        return list(cursor.fetchall())


def _is_windowed(leg: Leg) -> bool:
    return bool(leg.expression) and leg.expected > 2 * _ROOMY * leg.limit


def _matching(leg: Leg, columns: str = "id") -> tuple[str, list[str | int]]:
    values: list[str | int] = []
    tests = []
    if leg.expression:
        tests.append("words @@ %s::tsquery")
        values.append(_query(leg.expression))
    if _is_windowed(leg):
        tests.append("id > %s")
        values.append(_newest.id() - int(leg.limit / leg.share * _ROOMY))
    where = f" WHERE {' AND '.join(tests)}" if tests else ""
    # The inner question is fenced off, so that its order does not tempt the planner to walk the
    # primary key and test row after row.
    sql = (
        f"SELECT {columns} FROM (SELECT {columns} FROM discovery_index{where} OFFSET 0) found"  # noqa: S608 - fixed text
        " ORDER BY id DESC LIMIT %s"
    )
    return sql, [*values, leg.limit]


def _query(expression: Expression) -> str:
    """A tsquery of opaque words, each quoted; nothing typed by people is in it."""
    groups = ("(" + " | ".join(f"'{word}'" for word in group) + ")" for group in expression)
    return " & ".join(groups)
