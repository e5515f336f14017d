"""The conversation at the door: SMTP and LMTP by aiosmtpd, without what we never do (AUTH, relaying)
and with the mail going to disk as it comes. Used by `mail.door.listening`."""

from __future__ import annotations

import asyncio
import collections
import ssl
import time
from typing import Any

from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP

from exchange.mail.door.setting import Setting
from exchange.mail.door.taking import Taker, is_this_machine

BUSY = b"421 4.7.0 Too many connections at the moment, please come again later\r\n"
# A line of a mail may be of any length; this is how much of it is looked at in one go.
STRETCH = 65_536
# How often a command may be said on one connection.
ENOUGH = {"NOOP": 30, "VRFY": 5, "HELP": 5, "EXPN": 5, "STARTTLS": 1, "XFORWARD": 400, "*": 2000}


class Crowd:
    """Who is connected now."""

    def __init__(self) -> None:
        self.by_address: collections.Counter[str] = collections.Counter()

    def enters(self, address: str, setting: Setting) -> bool:
        """Count one more, if there is room for them."""
        limits = setting.limits
        mine = self.by_address[address]
        is_full = self.by_address.total() >= limits.connections
        if is_full or (mine >= limits.from_one and not is_this_machine(address)):
            return False
        self.by_address[address] += 1
        return True

    def leaves(self, address: str) -> None:
        """Count one less."""
        self.by_address[address] -= 1
        self.by_address += collections.Counter()  # lets go of who is away


class Talk(SMTP):  # type: ignore[misc]
    """One SMTP conversation."""

    line_length_limit = STRETCH
    greeting = "EHLO"

    def __init__(self, taker: Taker, crowd: Crowd, context: ssl.SSLContext | None) -> None:
        setting = taker.setting
        super().__init__(
            taker,
            data_size_limit=setting.limits.size,
            enable_SMTPUTF8=True,
            hostname=setting.domains[0],
            ident="takes mail for the Exchange",
            tls_context=context,
            timeout=setting.limits.patience,
            command_call_limit=ENOUGH,
            auth_exclude_mechanism=["LOGIN", "PLAIN"],
            loop=asyncio.get_running_loop(),
        )
        # The library shares one table between all conversations; ours is its own.
        self.command_size_limits: dict[str, int] = collections.defaultdict(lambda: 2048)
        self.taker = taker
        self.crowd = crowd
        self.began = time.monotonic()
        self._address = ""
        self._is_counted = self._is_refused = False
        # What a mail server of ours on this machine tells of its own client (XFORWARD).
        self.forwarded: dict[str, str] = {}

    def connection_made(self, transport: Any) -> None:
        if not self._is_counted:
            self._address = str((transport.get_extra_info("peername") or [""])[0])
            if not self.crowd.enters(self._address, self.taker.setting):
                self._is_refused = True
                transport.write(BUSY)
                transport.close()
                return
            self._is_counted = True
        super().connection_made(transport)

    def eof_received(self) -> bool | None:
        return None if self._is_refused else super().eof_received()

    def connection_lost(self, error: Exception | None) -> None:
        if self._is_refused:
            return
        if self._is_counted:
            self.crowd.leaves(self._address)
            self._is_counted = False
        super().connection_lost(error)

    async def smtp_MAIL(self, arg: str | None) -> None:
        if time.monotonic() - self.began > self.taker.setting.limits.life:
            await self.push("421 4.7.0 Enough for one connection, please call again")
            self.transport.close()
            return
        await super().smtp_MAIL(arg)

    async def smtp_AUTH(self, arg: str | None) -> None:
        await self.push("502 5.5.1 Nobody signs in here")

    async def smtp_VRFY(self, arg: str | None) -> None:
        await self.push("252 2.1.5 Send it, and see")

    async def smtp_HELP(self, arg: str | None) -> None:
        await self.push("214 2.0.0 This door takes mail for its own domain")

    async def smtp_XFORWARD(self, arg: str | None) -> None:
        """Postfix tells who its client was; believed from this machine alone."""
        if not is_this_machine(self._address):
            await self.push("502 5.5.1 Not for you")
            return
        for part in (arg or "").split():
            name, _, value = part.partition("=")
            if name.upper() in ("ADDR", "HELO"):
                told = "" if value.startswith("[") else value.removeprefix("IPV6:")
                self.forwarded[name.upper()] = told[:255]
        await self.push("250 2.0.0 Noted")

    async def smtp_DATA(self, arg: str | None) -> None:
        if await self.check_helo_needed(self.greeting):
            return
        if not self.envelope.rcpt_tos:
            await self.push("503 5.5.1 Say first for whom it is")
            return
        if arg:
            await self.push("501 5.5.4 DATA stands alone")
            return
        answer = self.taker.begin(self.envelope)
        if answer:
            await self.push(answer)
            return
        await self.push("354 Go on; a line with a dot alone ends it")
        try:
            await self._listen()
            answer = await self.taker.finish(self)
        finally:
            self.taker.let_go(self.envelope)
        self._set_post_data_state()
        await self.push(answer)

    async def _listen(self) -> None:
        """Read up to CR LF . CR LF and nothing else: a lone LF ends no line (SMTP smuggling)."""
        at_start, unseen = True, 0
        while True:
            try:
                piece: bytes = await self._reader.readuntil(b"\r\n")
            except asyncio.LimitOverrunError as long:
                piece = await self._reader.read(long.consumed)
            if at_start and piece == b".\r\n":
                return
            if at_start and piece.startswith(b"."):
                self.taker.more(self.envelope, piece[1:])
            else:
                self.taker.more(self.envelope, piece)
            at_start = piece.endswith(b"\r\n")
            unseen += len(piece)
            if unseen >= STRETCH:  # who goes on talking may go on
                unseen = 0
                self._reset_timeout()


class LocalTalk(LMTP, Talk):  # type: ignore[misc]
    """One LMTP conversation: the same, but for the greeting and one answer for each recipient."""

    greeting = "LHLO"
