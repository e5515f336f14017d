"""Who handles a mail that came in: rooms register handlers for tokens, mailboxes and commands.
Registered in each room's hooks; asked by `mail.receiving` alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from exchange.mail.reading.opened import Opened
from exchange.mail.tokens import Token, What


@dataclass(frozen=True)
class Sender:
    """Somebody we know by their address. `active` is no for who may not write at present."""

    person: int
    address: str
    language: str
    active: bool = True


@dataclass(frozen=True)
class Arrived:
    """A mail as a handler sees it. `mail_id` is good as a key: the same mail, the same number.
    `trust` is "pass" (the sender's domain vouches for it), "none" or "fail"."""

    mail_id: int
    opened: Opened
    sender: Sender | None
    trust: str
    received_at: datetime
    # The language to answer in.
    language: str = "en"
    token: Token | None = None
    # The local part of the mailbox it came to, what that opens, and its hub.
    mailbox: str = ""
    opens: str = ""
    hub: str = ""
    # What stands behind a command: "text 12" has "12".
    argument: str = ""
    # It names the Message-ID of a mail that we sent to this person: nobody can guess one.
    answers_theirs: bool = False

    @property
    def is_senders_own(self) -> bool:
        """Whether the token is for the person who wrote."""
        return bool(self.token and self.sender and self.token.person == self.sender.person)

    @property
    def is_proven(self) -> bool:
        """Whether the sender wrote it: their domain vouches for it, or it holds what only a mail to
        them brought. An address in From is a claim; anybody can write one there."""
        if self.trust == "pass":
            return True
        return self.trust != "fail" and (self.is_senders_own or self.answers_theirs)


@dataclass(frozen=True)
class Outcome:
    """What became of it: a state of IncomingMail ("done", "refused", "kept", "ignored") and a code.
    A handler has told the sender already if there was something to tell."""

    state: str
    code: str
    made_type: str = ""
    made_id: int | None = None
    undo_until: datetime | None = None
    # Ids and codes only.
    detail: dict[str, int | str | bool] = field(default_factory=dict)


Handler = Callable[[Arrived], Outcome]
tokens: dict[What, Handler] = {}
mailboxes: dict[str, Handler] = {}
commands: dict[str, Handler] = {}
# Commands that change something, and who asks the owner first where a mail proves nothing.
changing: set[str] = set()
_unsure: list[Handler] = []
_finders: list[Callable[[str], Sender | None]] = []
_strangers: list[Handler] = []


def on_token(*whats: What) -> Callable[[Handler], Handler]:
    """Call the function for mails to an address with such a token; also for those that answer one
    of our mails by its Message-ID. Expired tokens never get here."""

    def register(handler: Handler) -> Handler:
        tokens.update(dict.fromkeys(whats, handler))
        return handler

    return register


def on_mailbox(*opens: str) -> Callable[[Handler], Handler]:
    """Call the function for mails of people we know to mailboxes that open this."""

    def register(handler: Handler) -> Handler:
        mailboxes.update(dict.fromkeys(opens, handler))
        return handler

    return register


def on_command(*codes: str, changes: bool = False) -> Callable[[Handler], Handler]:
    """Call the function when the whole mail says one of these commands (`mail.commands`).
    `changes`: only where the mail proves who wrote it; else `when_unsure` is called instead."""

    def register(handler: Handler) -> Handler:
        commands.update(dict.fromkeys(codes, handler))
        if changes:
            changing.update(codes)
        return handler

    return register


def when_unsure(handler: Handler) -> Handler:
    """Call the function for a command that changes something, in a mail that proves nothing."""
    _unsure.append(handler)
    return handler


def command_handler(code: str, arrived: Arrived) -> Handler | None:
    """Who carries out a command."""
    if code in changing and not arrived.is_proven:
        return next(iter(_unsure), None)
    return commands.get(code)


def for_strangers(handler: Handler) -> Handler:
    """Call the function for a mail of somebody we do not know, whatever it says."""
    _strangers.append(handler)
    return handler


def finds_people(finder: Callable[[str], Sender | None]) -> Callable[[str], Sender | None]:
    """Ask the function whose address this is."""
    _finders.append(finder)
    return finder


def sender_at(address: str) -> Sender | None:
    """The person of this address, if any room knows one."""
    return next(filter(None, (find(address) for find in _finders)), None)


def stranger(arrived: Arrived) -> Outcome:
    """What becomes of a stranger's mail."""
    for handler in _strangers:
        return handler(arrived)
    return Outcome("kept", "unknown-sender")
