"""Starts the live process, keeps it, and ends it so that everybody comes back and misses nothing.
Called by `exchange.project.live`, by the bench and by tests through that program."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import gc
import logging
import os
import resource
import signal
import socket
import sys
from collections.abc import Iterator
from dataclasses import replace

import uvicorn
import uvloop

from exchange.webinars.wire.app import App
from exchange.webinars.wire.crowd import Crowd
from exchange.webinars.wire.feeding import Feed
from exchange.webinars.wire.halls import Halls
from exchange.webinars.wire.hearing import hear_redis, hear_this_machine
from exchange.webinars.wire.lines import Line
from exchange.webinars.wire.setting import Setting, Unreadable, read
from exchange.webinars.wire.store import Store
from exchange.webinars.wire.ticket import key_from

log = logging.getLogger("exchange.webinars.wire")

AGAIN = 15.0  # seconds until a taken port is tried again
LAST_WORDS = 3.0  # seconds slow lines get at the end
FILES_BESIDE = 200  # of those we may open, for the database and the like


def main() -> int:
    """The live process the environment asks for; --quiet: say only what is wrong."""
    level = logging.WARNING if "--quiet" in sys.argv[1:] else logging.INFO
    logging.basicConfig(level=level, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    # Its lines hold addresses, and those hold tickets.
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        logging.getLogger(name).disabled = True
    try:
        setting = read(os.environ)
    except Unreadable as trouble:
        log.error(str(trouble))
        return 1
    os.umask(0o077)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(stand(_within_reach(setting)))
    return 0


async def stand(setting: Setting) -> None:
    """Serve until SIGTERM or SIGINT."""
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    door = await _opened(setting, stop)
    if door is None:
        return
    app = _app(setting)
    tasks = [asyncio.create_task(app.feed.run())]
    await hear_this_machine(setting, app.feed.poke)
    if setting.redis:
        tasks.append(asyncio.create_task(hear_redis(setting, app.feed.poke)))
    server = _Server(_config(app))
    tasks.append(asyncio.create_task(_end(stop, server, app)))
    log.info("live at %s:%d", *door.getsockname()[:2])
    gc.freeze()
    await server.serve(sockets=[door])
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await app.feed.finish()
    app.store.close()


class _Server(uvicorn.Server):  # type: ignore[misc]
    """Signals are ours: first everybody is told, then it ends."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def _app(setting: Setting) -> App:
    store, halls = Store(setting), Halls()
    return App(
        setting=setting,
        store=store,
        halls=halls,
        feed=Feed(setting, store, halls),
        crowd=Crowd(setting.limits),
        key=key_from(setting.secret),
    )


def _config(app: App) -> uvicorn.Config:
    lines = type("LineHere", (Line,), {"limits": app.setting.limits})
    return uvicorn.Config(
        app,
        http=lines,
        ws="none",
        lifespan="off",
        interface="asgi3",
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=False,
        proxy_headers=False,
        backlog=2048,
        timeout_keep_alive=20,
        timeout_graceful_shutdown=int(LAST_WORDS) + 3,
    )


async def _end(stop: asyncio.Event, server: uvicorn.Server, app: App) -> None:
    """The last words; whoever does not take them in time is let go all the same."""
    await stop.wait()
    app.stop()
    server.should_exit = True
    await asyncio.sleep(LAST_WORDS)
    for line in list(server.server_state.connections):
        line.abort()


async def _opened(setting: Setting, stop: asyncio.Event) -> socket.socket | None:
    """Our port; while something else has it, say so once and try again until told to stop."""
    said = False
    while not stop.is_set():
        try:
            return _listening(setting)
        except OSError as problem:
            if not said:
                log.error(_why_not(problem, setting))
            said = True
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), AGAIN)
    return None


def _listening(setting: Setting) -> socket.socket:
    family, kind, _, _, address = socket.getaddrinfo(
        setting.host, setting.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    door = socket.socket(family, kind)
    try:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind(address)
        door.listen(2048)
    except OSError:
        door.close()
        raise
    return door


def _why_not(problem: OSError, setting: Setting) -> str:
    place = f"{setting.host}, port {setting.port}"
    if problem.errno == errno.EADDRINUSE:
        return f"Nothing is live: {place} is in use. Choose another with EXCHANGE_LIVE_PORT."
    return f"Nothing is live: I cannot listen on {place} ({problem.strerror})."


def _within_reach(setting: Setting) -> Setting:
    """As many connections as files may be opened here."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = setting.limits.connections + FILES_BESIDE
    if soft != resource.RLIM_INFINITY and soft < wanted:
        most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
        if most < wanted:
            log.warning("only %d connections: no more files may be opened here", most)
            limits = replace(setting.limits, connections=max(most - FILES_BESIDE, 16))
            return replace(setting, limits=limits)
    return setting
