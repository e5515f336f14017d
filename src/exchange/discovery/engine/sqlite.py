"""Search on SQLite: a contentless FTS5 table of opaque words, without positions or statistics.
Called through `engine()` alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import connection
from django.utils.dateparse import parse_datetime
from django.utils.timezone import make_aware

from exchange.discovery.engine.base import Candidate, Engine, Expression, Leg

_CREATE = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS discovery_index USING fts5"
    "(words, content='', columnsize=0, detail='none', tokenize='ascii')"
)
_MATCHING = (
    "SELECT rowid AS id FROM discovery_index WHERE discovery_index MATCH %s"
    " ORDER BY rowid DESC LIMIT %s"
)
_ALL = "SELECT contribution_id AS id FROM discovery_searchentry ORDER BY id DESC LIMIT %s"


class SqliteEngine(Engine):
    """FTS5 walks its lists from the newest entry down, so a limit ends the work early."""

    def create(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(_CREATE)

    def drop(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE IF EXISTS discovery_index")

    def clear(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO discovery_index(discovery_index) VALUES('delete-all')")

    def add(self, rows: Iterable[tuple[int, Sequence[str], str]]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO discovery_index(rowid, words) VALUES (%s, %s)",
                [(pk, " ".join(words)) for pk, words, _facts in rows],
            )

    def remove(self, rows: Iterable[tuple[int, Sequence[str]]]) -> None:
        # SQLite before 3.43 takes a row out of a contentless table only by being told its words.
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO discovery_index(discovery_index, rowid, words)"
                " VALUES ('delete', %s, %s)",
                [(pk, " ".join(words)) for pk, words in rows],
            )

    def settle(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO discovery_index(discovery_index) VALUES('optimize')")
            cursor.execute("ANALYZE discovery_searchentry")

    def begin_load(self) -> None:
        # One segment a batch, merged once at the end.
        self._configure({"automerge": 0, "crisismerge": 1_000, "hashsize": 64_000_000})

    def end_load(self) -> None:
        self._configure({"automerge": 4, "crisismerge": 16, "hashsize": 1_048_576})

    def _configure(self, options: dict[str, int]) -> None:
        with connection.cursor() as cursor:
            for name, value in options.items():
                cursor.execute(
                    "INSERT INTO discovery_index(discovery_index, rank) VALUES (%s, %s)",
                    [name, value],
                )

    def candidates(self, legs: Sequence[Leg], limit: int) -> list[Candidate]:
        parts: list[str] = []
        values: list[str | int] = []
        for leg in legs:
            sql, given = _matching(leg)
            parts.append(f"SELECT id, {leg.weight} AS weight FROM ({sql})")  # noqa: S608 - a number
            values += given
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT c.id, e.language, e.kind, e.published_at, t.packed FROM ("  # noqa: S608 - numbers and fixed text
                f"SELECT id, SUM(weight) AS total FROM ({' UNION ALL '.join(parts)})"
                " GROUP BY id ORDER BY total DESC, id DESC LIMIT %s) c"
                " JOIN discovery_searchentry e ON e.contribution_id = c.id"
                " JOIN discovery_searchterms t ON t.entry_id = c.id",
                [*values, limit],
            )
            return [
                Candidate(pk, language, kind, _moment(at), packed)
                for pk, language, kind, at, packed in cursor.fetchall()
            ]

    def facts(self, leg: Leg) -> list[str]:
        sql, values = _matching(leg)
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT e.facts FROM ({sql}) m"  # noqa: S608 - fixed text
                " CROSS JOIN discovery_searchentry e ON e.contribution_id = m.id",
                values,
            )
            return [facts for (facts,) in cursor.fetchall()]

    def words_beginning(self, prefix: str, limit: int) -> list[tuple[str, int]]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT word, MAX(found_in) AS most FROM discovery_vocabulary"
                " WHERE word >= %s AND word < %s AND found_in > 0"
                " GROUP BY word ORDER BY most DESC, word LIMIT %s",
                [prefix, prefix + "\U0010ffff", limit],
            )
            return list(cursor.fetchall())


def _matching(leg: Leg) -> tuple[str, list[str | int]]:
    if not leg.expression:
        return _ALL, [leg.limit]
    return _MATCHING, [_match(leg.expression), leg.limit]


def _match(expression: Expression) -> str:
    """FTS5's own language from opaque words: letters and digits only, and quoted all the same."""
    groups = ("(" + " OR ".join(f'"{word}"' for word in group) + ")" for group in expression)
    return " AND ".join(groups)


def _moment(value: object) -> datetime | None:
    found = parse_datetime(value) if isinstance(value, str) else None
    if found is None:
        return None
    return found if found.tzinfo else make_aware(found)
