"""What the live process answers: events, sound, and whether it is well. Plain ASGI.
Called by uvicorn, once for each request."""

from __future__ import annotations

import asyncio
import logging
import random
import re
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

from exchange.webinars.wire import ticket
from exchange.webinars.wire.crowd import Crowd, Full, address_of
from exchange.webinars.wire.feeding import Feed
from exchange.webinars.wire.halls import Client, Halls
from exchange.webinars.wire.lines import LINE
from exchange.webinars.wire.listening import listen
from exchange.webinars.wire.setting import Setting
from exchange.webinars.wire.store import EMPTIED, Store, encoded
from exchange.webinars.wire.ticket import Claim

log = logging.getLogger("exchange.webinars.wire")

_WAY = re.compile(r"/live/(\d{1,15})/(?:(events)|sound\.([a-z0-9]{2,5}))")
_LANE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,2}")
_MOST_LANES = 6
_NUMBER = re.compile(r"\d{1,18}")
OPEN_TO_ALL = (b"access-control-allow-origin", b"*")
_STREAM = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    OPEN_TO_ALL,
]
_PLAIN = [(b"content-type", b"text/plain"), (b"cache-control", b"no-store"), OPEN_TO_ALL]
_PREFLIGHT = [
    OPEN_TO_ALL,
    (b"access-control-allow-methods", b"GET"),
    (b"access-control-allow-headers", b"last-event-id, cache-control, range"),
    (b"access-control-max-age", b"86400"),
]
_REPLACED = 60_000  # milliseconds: whoever was replaced does not push the other out at once
Answer = tuple[int, str]


class Later(Exception):
    """The database does not answer now."""


@dataclass
class App:
    """The application, with everything it looks at."""

    setting: Setting
    store: Store
    halls: Halls
    feed: Feed
    crowd: Crowd
    key: bytes
    is_stopping: bool = False
    readers: set[Client] = field(default_factory=set)

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        try:
            answer = await self._answered(scope, receive, send)
        except Full:
            answer = 503, "full"
        except Later:
            answer = 503, "later"
        except asyncio.CancelledError:
            return  # told to stop; the line is closed behind us
        except Exception as problem:
            log.error("a line broke: %s", type(problem).__name__)
            raise
        if answer:
            await _say(send, *answer)

    async def _answered(self, scope: dict[str, Any], receive: Any, send: Any) -> Answer | None:
        """Serve the request; or what to say instead."""
        method, way = scope["method"], _WAY.fullmatch(scope["path"])
        # A player may ask first what it will be given.
        if method not in ("GET", "OPTIONS") and not (method == "HEAD" and way and way[3]):
            return 405, "only GET"
        if scope["path"] == "/live/healthz":
            return await self._health()
        if way is None:
            return 404, "nothing here"
        if method == "OPTIONS":
            await send({"type": "http.response.start", "status": 204, "headers": _PREFLIGHT})
            await send({"type": "http.response.body", "body": b""})
            return None
        if self.is_stopping:
            return 503, "starting anew"
        with self.crowd.counted(address_of(scope)):
            return await self._with_ticket(scope, receive, send, way)

    async def _health(self) -> Answer:
        await self._head(0)
        return (200, "ok") if self.feed.is_well else (503, "nobody is told anything at present")

    async def _head(self, webinar: int) -> int | None:
        """The last number of a webinar; None when nobody may see it. Raises Later."""
        try:
            return (await self.store.heads([webinar])).get(webinar)
        except Exception as problem:
            raise Later from problem

    async def _with_ticket(
        self, scope: dict[str, Any], receive: Any, send: Any, way: re.Match[str]
    ) -> Answer | None:
        asked = parse_qs(scope["query_string"].decode("latin-1"))
        try:
            claim = ticket.read(asked.get("t", [""])[0], self.key, now=time.time())
        except ticket.Expired:
            return 403, "expired"
        except ticket.Refused:
            return 403, "refused"
        wanted = ticket.EVENTS if way[2] else ticket.SOUND
        if claim.webinar != int(way[1]) or claim.kind != wanted:
            return 403, "refused"
        if wanted == ticket.SOUND:
            return await self._sound(scope, receive, send, claim, way[3])
        after = _after(scope, asked)
        return await self._events(scope[LINE], send, claim, after, _lanes(asked))

    async def _events(
        self, line: Any, send: Any, claim: Claim, after: int, lanes: frozenset[str]
    ) -> Answer | None:
        client = self._client(line, claim, lanes)
        client.at = after
        line.on_gone = client.leave
        self.readers.add(client)
        try:
            with self.crowd.holding(claim.nonce, lambda: client.end(come_back=_REPLACED)):
                return await self._stream(client, claim.webinar, send)
        finally:
            self.readers.discard(client)
            self.halls.leave(claim.webinar, client)

    def _client(self, line: Any, claim: Claim, lanes: frozenset[str]) -> Client:
        mine = {"all", *claim.roles, *lanes} | ({f"seat:{claim.seat}"} if claim.seat else set())
        # A task can be taken away: whoever has one shows a new ticket when this one is too old.
        lasts = claim.expires - time.time() if claim.roles else self.setting.limits.life
        until = asyncio.get_running_loop().time() + lasts * random.uniform(0.9, 1)  # noqa: S311
        return Client(line.abort, frozenset(mine), self.setting, until)

    async def _stream(self, client: Client, webinar: int, send: Any) -> Answer | None:
        """First what was missed, then what comes."""
        head = await self._head(webinar)
        if head is None:
            return 403, "gone"
        await send({"type": "http.response.start", "status": 200, "headers": _STREAM})
        pause = random.randint(2000, 5000)  # noqa: S311 - only spreads
        await _body(send, f"retry: {pause}\n\n".encode())
        while not client.is_over and head is not None:
            await self._replay(client, webinar, head, send)
            if self.halls.join(webinar, client):
                await client.stream(send)
            else:
                head = await self._again(webinar)
        await client.close(send)
        return None

    async def _again(self, webinar: int) -> int | None:
        """As before; in the middle of an answer it is too late to say "later"."""
        try:
            return await self._head(webinar)
        except Later:
            return None

    async def _replay(self, client: Client, webinar: int, head: int, send: Any) -> None:
        """What was told after the last number the client knows, page by page from the table. A
        number ahead of ours is from before a backup was put back."""
        page = self.setting.limits.page
        client.at = min(client.at, head)
        while not client.is_over:
            events = await self.store.events(webinar, client.at, page, sorted(client.audiences))
            if events:
                client.at = events[-1].seq
            pieces = [encoded(event) for event in events if event.kind != EMPTIED]
            if len(events) < page and client.at < head:
                client.at = head
            if pieces:
                await _body(send, b"".join(pieces))
            if len(events) < page:
                return

    async def _sound(
        self, scope: dict[str, Any], receive: Any, send: Any, claim: Claim, ext: str
    ) -> Answer | None:
        head = await self._head(claim.webinar)
        if head is None:
            return 403, "gone"
        listening = asyncio.ensure_future(listen(scope, receive, send, claim, ext, self.setting))
        scope[LINE].on_gone = listening.cancel
        hall = self.halls.hall(claim.webinar, head)
        hall.listeners.add(listening)
        hall.count()
        try:
            with self.crowd.holding(claim.nonce, lambda: _cancel(listening)):
                await asyncio.wait([listening])
        finally:
            listening.cancel()
            hall.listeners.discard(listening)
            self.halls.sweep(claim.webinar)
        if not listening.cancelled() and (problem := listening.exception()):
            raise problem
        return None

    def stop(self) -> None:
        """Everybody is told to come back a little later, each at another moment."""
        self.is_stopping = True
        for client in list(self.readers):
            client.end(come_back=random.randint(*self.setting.comeback))  # noqa: S311
        for hall in self.halls.open.values():
            for listener in list(hall.listeners):
                listener.cancel()


def _after(scope: dict[str, Any], asked: dict[str, list[str]]) -> int:
    """The last number they know: what the browser says itself goes before what the page said."""
    told = [value for name, value in scope["headers"] if name == b"last-event-id"]
    for said in (*(value.decode("latin-1") for value in told), *asked.get("after", [])):
        if _NUMBER.fullmatch(said.strip()):
            return int(said)
    return 0


def _lanes(asked: dict[str, list[str]]) -> frozenset[str]:
    names = ",".join(asked.get("lanes", [])).split(",")[:_MOST_LANES]
    return frozenset(f"lane:{name}" for name in names if _LANE.fullmatch(name))


def _cancel(task: asyncio.Task[None]) -> None:
    task.cancel()


async def _body(send: Any, body: bytes) -> None:
    await send({"type": "http.response.body", "body": body, "more_body": True})


async def _say(send: Any, status: int, words: str) -> None:
    body = f"{words}\n".encode()
    headers = [*_PLAIN, (b"content-length", str(len(body)).encode())]
    if status == 503:
        headers.append((b"retry-after", b"10"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
