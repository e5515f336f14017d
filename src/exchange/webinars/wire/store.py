"""What the live process asks of the database, in SQL of its own: which webinars may be seen, what was
told in them, and how many were there. Called by the live process alone; a test holds names to the models."""

from __future__ import annotations

import asyncio
import json
import logging
import sqlite3
import threading
from collections.abc import Callable, Collection, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

from exchange.webinars.wire.setting import Setting

log = logging.getLogger("exchange.webinars.wire")

EMPTIED = "emptied"
# Table and columns, as the models have them.
TABLES = {
    "contributions_contribution": ("id", "state"),
    "webinars_livecount": ("webinar_id", "seq"),
    "webinars_liveevent": ("webinar_id", "seq", "kind", "audience", "payload"),
    "webinars_presence": ("webinar_id", "node", "minute", "reading", "listening"),
}
_HEADS = (
    "select c.id, coalesce(n.seq, 0) from contributions_contribution c"
    " left join webinars_livecount n on n.webinar_id = c.id"
    " where c.state in ('published', 'expired') and c.id in ({marks})"
)
# The state is asked again with the words: what was withdrawn a moment ago is not handed out.
_EVENTS = (
    "select e.seq, e.kind, e.audience, {payload} from webinars_liveevent e"
    " join contributions_contribution c on c.id = e.webinar_id"
    " where c.state in ('published', 'expired') and e.webinar_id = %s and e.seq > %s {narrower}"
    " order by e.seq limit %s"
)
_PRESENCE = (
    "insert into webinars_presence (webinar_id, node, minute, reading, listening)"
    " values (%s, %s, %s, %s, %s) on conflict (webinar_id, node, minute) do update set"
    " reading = case when excluded.reading > webinars_presence.reading"
    " then excluded.reading else webinars_presence.reading end,"
    " listening = case when excluded.listening > webinars_presence.listening"
    " then excluded.listening else webinars_presence.listening end"
)
T = TypeVar("T")


class Event(NamedTuple):
    """One row of what was told; the payload is JSON as it stands in the table."""

    seq: int
    kind: str
    audience: str
    payload: str


class Count(NamedTuple):
    """How many were in one webinar in one minute."""

    webinar: int
    reading: int
    listening: int


class Store:
    """The database, asked in two threads so that the sockets never wait for it."""

    def __init__(self, setting: Setting) -> None:
        self._open = _postgres(setting) if setting.database else _sqlite(setting)
        self._is_sqlite = not setting.database
        self._node = setting.node
        self._mine = threading.local()
        self._pool = ThreadPoolExecutor(2, thread_name_prefix="store")

    async def heads(self, webinars: Collection[int]) -> dict[int, int]:
        """The last number of each webinar that may be seen; of the others, nothing."""
        marks = ", ".join(["%s"] * len(webinars))
        rows = await self._in_a_thread(self._ask, _HEADS.format(marks=marks), tuple(webinars))
        return dict(rows)

    async def events(
        self, webinar: int, after: int, limit: int, audiences: Collection[str] = ()
    ) -> list[Event]:
        """What was told after a number, in order; to these audiences, or to all."""
        narrower = f"and e.audience in ({', '.join(['%s'] * len(audiences))})" if audiences else ""
        payload = "e.payload" if self._is_sqlite else "e.payload::text"
        sql = _EVENTS.format(payload=payload, narrower=narrower)
        rows = await self._in_a_thread(self._ask, sql, (webinar, after, *audiences, limit))
        return [Event(*row) for row in rows]

    async def note(self, counts: Iterable[Count], minute: datetime) -> None:
        """Keep how many were there. A webinar that is gone meanwhile costs nothing."""
        await self._in_a_thread(self._note, list(counts), minute)

    def close(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)

    async def _in_a_thread(self, work: Callable[..., T], *values: Any) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._pool, work, *values)

    def _ask(self, sql: str, values: tuple[Any, ...]) -> list[Any]:
        """Once more with a new connection: a server may have been started anew."""
        try:
            return self._asked(sql, values)
        except Exception:  # noqa: BLE001 - of two libraries; the second time it is raised
            self._let_go()
            return self._asked(sql, values)

    def _asked(self, sql: str, values: tuple[Any, ...]) -> list[Any]:
        if getattr(self._mine, "connection", None) is None:
            self._mine.connection = self._open(False)
        sql = sql.replace("%s", "?") if self._is_sqlite else sql
        rows: list[Any] = self._mine.connection.execute(sql, values).fetchall()
        return rows

    def _let_go(self) -> None:
        connection, self._mine.connection = getattr(self._mine, "connection", None), None
        if connection is not None:
            connection.close()

    def _note(self, counts: list[Count], minute: datetime) -> None:
        connection = self._open(True)
        try:
            at: object = minute
            sql = _PRESENCE
            if self._is_sqlite:
                at, sql = f"{minute:%Y-%m-%d %H:%M:%S}", sql.replace("%s", "?")
            for one in counts:
                values = (one.webinar, self._node, at, one.reading, one.listening)
                try:
                    connection.execute(sql, values)
                except Exception as problem:  # noqa: BLE001 - of two libraries
                    log.warning("a count was not kept: %s", type(problem).__name__)
        finally:
            connection.close()


def encoded(event: Event) -> bytes:
    """One event as it goes over the wire: made once, for everybody."""
    told = {"k": event.kind, **json.loads(event.payload)}
    words = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return f"id: {event.seq}\ndata: {words}\n\n".encode("utf-8", "replace")


def _sqlite(setting: Setting) -> Callable[[bool], Any]:
    place = (setting.data / "exchange.sqlite3").as_uri()

    def opened(to_write: bool) -> Any:
        mode = "rw" if to_write else "ro"
        connection = sqlite3.connect(
            f"{place}?mode={mode}", uri=True, timeout=5, isolation_level=None
        )
        connection.execute("pragma cache_size=-1000")
        connection.execute("pragma foreign_keys=on")
        return connection

    return opened


def _postgres(setting: Setting) -> Callable[[bool], Any]:
    import psycopg  # noqa: PLC0415 - 10 MB that a machine with SQLite need not carry

    def opened(_to_write: bool) -> Any:
        return psycopg.connect(
            setting.database,
            autocommit=True,
            prepare_threshold=None,
            connect_timeout=5,
            application_name="exchange live",
        )

    return opened
