"""What the door takes and what it refuses, and the way of a mail into the spool.
Asked by the conversation (`mail.door.talking`)."""

from __future__ import annotations

import asyncio
import errno
import logging
import re
from ipaddress import ip_address
from typing import Any

from exchange.mail.door.setting import Setting, ascii_domain
from exchange.mail.door.spool import Draft, room

log = logging.getLogger("exchange.mail.door")

TAKEN = "250 2.0.0 Taken"
FULL = "452 4.3.1 No room at the moment, please try again later"
NOT_NOW = "451 4.3.0 Not now, please try again later"
TOO_LARGE = "552 5.3.4 This mail is too large for us"
NOT_HERE = "550 5.7.1 We take mail for our own domain alone"
TOO_MANY = "452 4.5.3 Too many recipients at once"
_CONTROL = re.compile(r"[\x00-\x20\x7f]")
_LONGEST = 254


class Taker:
    """The handler of every conversation."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        # Mails on their way to the disk: who ends the program waits for them.
        self.settling = 0
        self.taken = 0

    async def handle_EHLO(
        self, talk: Any, session: Any, _envelope: Any, name: str, words: list[str]
    ) -> list[str]:
        """What we can do; never AUTH."""
        session.host_name = name[:255]
        kept = [line for line in words if not line[4:].startswith(("AUTH", "HELP"))]
        more = ["250-ENHANCEDSTATUSCODES"]
        if is_this_machine(talk._address):
            more.append("250-XFORWARD ADDR HELO")
        return [*kept, *more, "250 HELP"]

    async def handle_MAIL(
        self, _talk: Any, _session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        """Any sender is heard; a full disk says so before the mail travels."""
        if len(address) > _LONGEST or _CONTROL.search(address):
            return "553 5.1.7 This address cannot be read"
        if await asyncio.to_thread(room, self.setting.spool) < self._needed(options):
            return FULL
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 2.1.0 Go on"

    async def handle_RCPT(
        self, _talk: Any, _session: Any, envelope: Any, address: str, _options: list[str]
    ) -> str:
        """Our own domain alone: nothing is ever passed on from here."""
        if len(envelope.rcpt_tos) >= self.setting.limits.recipients:
            return TOO_MANY
        local, at, domain = address.rpartition("@")
        if not at and address.lower() == "postmaster":  # RFC 5321, 4.5.1
            local, domain = address, self.setting.domains[0]
        if not local or ascii_domain(domain) not in self.setting.domains:
            return NOT_HERE
        if len(address) > _LONGEST or _CONTROL.search(address) or re.search(r"[@%!]", local):
            return "553 5.1.3 This address cannot be read"
        envelope.rcpt_tos.append(f"{local}@{domain}")
        return "250 2.1.5 Go on"

    async def handle_exception(self, error: Exception) -> str:
        """What we did not foresee is our fault, and told without details."""
        log.error("trouble at the door: %s", type(error).__name__)
        return NOT_NOW

    def begin(self, envelope: Any) -> str:
        """Make a place for a mail; the answer when that cannot be done."""
        envelope.trouble = ""
        try:
            envelope.draft = Draft(self.setting.spool)
        except OSError as problem:
            return _answer(problem)
        return ""

    def more(self, envelope: Any, piece: bytes) -> None:
        """Some more of the mail; after the first trouble the rest is only listened to."""
        if envelope.trouble:
            return
        try:
            if envelope.draft.size + len(piece) > self.setting.limits.size:
                envelope.trouble = TOO_LARGE
            else:
                envelope.draft.write(piece)
        except OSError as problem:
            envelope.trouble = _answer(problem)
        if envelope.trouble:
            envelope.draft.discard()

    async def finish(self, talk: Any) -> str:
        """Put it on the disk for each recipient; only then is it taken."""
        envelope = talk.envelope
        if envelope.trouble:
            return self._for_each(talk, envelope.trouble)
        letters = [_notes(talk, recipient) for recipient in envelope.rcpt_tos]
        draft = envelope.draft
        envelope.draft = None  # from here on the thread below has it, also if the line goes dead
        self.settling += 1
        work = asyncio.get_running_loop().run_in_executor(None, self._settle, draft, letters)
        work.add_done_callback(self._settled)
        return self._for_each(talk, await asyncio.shield(work))

    def let_go(self, envelope: Any) -> None:
        """The mail is on the disk, or nobody wants it any more."""
        if getattr(envelope, "draft", None):
            envelope.draft.discard()

    def _settle(self, draft: Draft, letters: list[dict[str, str]]) -> str:
        try:
            draft.settle(letters)
        except OSError as problem:
            draft.discard()
            return _answer(problem)
        return TAKEN

    def _settled(self, work: asyncio.Future[str]) -> None:
        self.settling -= 1
        if not work.cancelled() and not work.exception() and work.result() == TAKEN:
            self.taken += 1

    def _needed(self, options: list[str]) -> int:
        told = next((word[5:] for word in options if word.startswith("SIZE=")), "")
        return self.setting.limits.spare + (int(told) if told.isdecimal() else 0)

    def _for_each(self, talk: Any, answer: str) -> str:
        """LMTP wants one answer for each recipient (RFC 2033)."""
        times = len(talk.envelope.rcpt_tos) if self.setting.kind == "lmtp" else 1
        return "\r\n".join([answer] * times)


def is_this_machine(address: str) -> bool:
    """Whether a connection comes from this very machine."""
    try:
        return ip_address(address.removeprefix("::ffff:")).is_loopback
    except ValueError:
        return False


def _notes(talk: Any, recipient: str) -> dict[str, str]:
    """What is kept beside a mail: the envelope, which the mail itself does not say."""
    session, told = talk.session, talk.forwarded
    sender = talk.envelope.mail_from
    return {
        "via": talk.taker.setting.kind,
        "from": "" if sender == "<>" else _readable(sender),
        "to": _readable(recipient),
        "peer": told.get("ADDR") or str((session.peer or [""])[0]),
        "helo": _readable(told.get("HELO") or session.host_name or ""),
    }


def _readable(words: str) -> str:
    """Bytes that are no UTF-8 came in as surrogates, which no database takes."""
    return words.encode("utf-8", "replace").decode()


def _answer(problem: OSError) -> str:
    log.error("a mail could not be stored: %s", errno.errorcode.get(problem.errno or 0, "unknown"))
    return FULL if problem.errno in (errno.ENOSPC, errno.EDQUOT) else NOT_NOW
