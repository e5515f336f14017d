"""How the live process hears that there is something new: a datagram of this machine, or a channel of
Redis or Valkey. Numbers alone; losing them is harmless. Called by the live process alone."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import re
from collections.abc import Callable

from exchange.webinars.wire.setting import Setting

log = logging.getLogger("exchange.webinars.wire")

CHANNEL = "exchange:live"
_POKE = re.compile(rb"(\d{1,18}) (\d{1,18})")
_LONGEST_PAUSE = 15.0
Poke = Callable[[int, int], None]


class _Datagrams(asyncio.DatagramProtocol):
    def __init__(self, poke: Poke) -> None:
        self._poke = poke

    def datagram_received(self, piece: bytes, _sender: object) -> None:
        heard(piece, self._poke)


def heard(piece: bytes, poke: Poke) -> None:
    """ "webinar number"; whatever else somebody sends is nothing."""
    if said := _POKE.fullmatch(piece):
        poke(int(said[1]), int(said[2]))


async def hear_this_machine(setting: Setting, poke: Poke) -> None:
    """Datagrams at our port, of this machine alone."""
    loop = asyncio.get_running_loop()
    try:
        await loop.create_datagram_endpoint(
            lambda: _Datagrams(poke), local_addr=("127.0.0.1", setting.port)
        )
    except OSError:
        log.warning("no pokes are heard at port %d; events come a second later", setting.port)


async def hear_redis(setting: Setting, poke: Poke) -> None:
    """What the channel says, for ever; while it is away, the table is looked at anyhow."""
    pause = 1.0
    while True:
        try:
            async for piece in _messages(setting.redis):
                pause = 1.0
                heard(piece, poke)
        except Exception as problem:  # noqa: BLE001 - of the library, of TLS, of the network
            log.warning("Redis is away: %s", type(problem).__name__)
        await asyncio.sleep(pause)
        pause = min(pause * 2, _LONGEST_PAUSE)


async def _messages(address: str):  # type: ignore[no-untyped-def]
    from redis import asyncio as redis  # noqa: PLC0415 - not carried where there is none

    async with contextlib.AsyncExitStack() as stack:
        client = redis.from_url(address, socket_connect_timeout=5, health_check_interval=20)
        stack.push_async_callback(client.aclose)
        channel = client.pubsub(ignore_subscribe_messages=True)
        stack.push_async_callback(channel.aclose)
        await channel.subscribe(CHANNEL)
        async for message in channel.listen():
            yield message["data"]
