"""Opens the door, keeps it open, and ends without losing what is half way to the disk.
Called by `python -m exchange.mail.door` and by the tests."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging
import signal
import ssl

from exchange.mail.door import spool
from exchange.mail.door.setting import Setting
from exchange.mail.door.taking import Taker
from exchange.mail.door.talking import Crowd, LocalTalk, Talk

log = logging.getLogger("exchange.mail.door")

AGAIN = 15.0  # seconds until a taken port is tried again
LAST_WORDS = 8.0  # seconds mails on their way to the disk get at the end


async def stand(setting: Setting) -> None:
    """Take mail until SIGTERM or SIGINT."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    spool.prepare(setting.spool)
    taker = Taker(setting)
    server = await opened(taker, stop)
    if server is None:
        return
    await stop.wait()
    server.close()
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(LAST_WORDS):
            while taker.settling:
                await asyncio.sleep(0.02)
    log.info("the door closes; mails taken: %d", taker.taken)


async def opened(taker: Taker, stop: asyncio.Event) -> asyncio.Server | None:
    """Listen; while something else has the port, say so once and try again until told to stop."""
    setting, said = taker.setting, False
    while not stop.is_set():
        try:
            server = await _listen(taker)
        except OSError as problem:
            if not said:
                log.error(why_not(problem, setting))
            said = True
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), AGAIN)
        else:
            name = f"{setting.kind}://{setting.host}:{server.sockets[0].getsockname()[1]}"
            log.info("mail comes in at %s for %s", name, ", ".join(setting.domains))
            return server
    return None


def why_not(problem: OSError, setting: Setting) -> str:
    """Why nobody can knock there, in words."""
    place = f"{setting.host}, port {setting.port}"
    if problem.errno == errno.EADDRINUSE:
        return f"No mail comes in: {place} is in use. Choose another with EXCHANGE_MAIL_DOOR."
    if problem.errno == errno.EACCES:
        return f"No mail comes in: {place} is kept for root on this machine. See docs/mail.md."
    return f"No mail comes in: I cannot listen on {place} ({problem.strerror})."


async def _listen(taker: Taker) -> asyncio.Server:
    setting, crowd = taker.setting, Crowd()
    sort = LocalTalk if setting.kind == "lmtp" else Talk
    return await asyncio.get_running_loop().create_server(
        lambda: sort(taker, crowd, _tls(setting)), setting.host, setting.port, backlog=64
    )


def _tls(setting: Setting) -> ssl.SSLContext | None:
    """Read anew for each conversation, so that a renewed certificate needs no restart."""
    if not setting.cert:
        return None
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    try:
        context.load_cert_chain(setting.cert, setting.key or None)
    except OSError:
        log.error(
            "the certificate in EXCHANGE_MAIL_DOOR_CERT cannot be read: mail comes without TLS"
        )
        return None
    return context
