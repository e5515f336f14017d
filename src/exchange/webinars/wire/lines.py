"""One connection: uvicorn's protocol, with what a door to the world needs beside it (time to ask,
size of what is asked, lines that went dead). Made by `wire.running`."""

from __future__ import annotations

import socket
from asyncio import TimerHandle
from collections.abc import Callable
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from exchange.webinars.wire.setting import Limits

LARGEST_HEAD = 16_384
# What waits in the kernel and in us for a line that is slow: half a minute of sound, no more.
SEND_BUFFER = 49_152
LINE = "exchange.line"


class Line(HttpToolsProtocol):  # type: ignore[misc]
    """A connection that can be given up at once, and says when it is gone."""

    limits = Limits()

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.on_gone: Callable[[], object] | None = None
        self._head = 0
        self._patience: TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        if len(self.connections) > self.limits.connections + 64:
            self.abort()
            return
        transport.set_write_buffer_limits(high=16_384)
        _tune(transport.get_extra_info("socket"), self.limits.silent)
        self._await_a_request()

    def data_received(self, piece: bytes) -> None:
        self._head += len(piece)
        if self._head > LARGEST_HEAD:
            self.abort()
            return
        super().data_received(piece)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.scope[LINE] = self
        if self._patience is None:  # the next request on a line that was kept
            self._await_a_request()

    def on_headers_complete(self) -> None:
        self._head = 0
        self._let_be()
        super().on_headers_complete()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self.on_gone = None

    def connection_lost(self, problem: Exception | None) -> None:
        self._let_be()
        gone, self.on_gone = self.on_gone, None
        super().connection_lost(problem)
        if gone is not None:
            gone()

    def abort(self) -> None:
        """Give the line up, with whatever waits in it."""
        self.transport.abort()

    def _await_a_request(self) -> None:
        self._patience = self.loop.call_later(self.limits.patience, self.abort)

    def _let_be(self) -> None:
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None


def _tune(wire: socket.socket | None, silent: float) -> None:
    """Small buffers; and a peer that acknowledges nothing is given up by the kernel."""
    if wire is None:
        return
    wire.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
    if hasattr(socket, "TCP_USER_TIMEOUT"):
        wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, int(silent * 1000))
