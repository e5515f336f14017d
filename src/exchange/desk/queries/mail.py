"""The hosts' page of mail: what was kept for them, how mail fares, the addresses we have.
Called by the desk's view."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from exchange.core.languages import direction
from exchange.core.remembering import remembered
from exchange.desk import mailwords
from exchange.mail import fares
from exchange.mail.bounces import queries as bounces
from exchange.mail.models import IncomingMail, Mailbox, OutgoingMail
from exchange.mail.receiving import boxes
from exchange.mail.receiving import queries as receiving
from exchange.taxonomy import vocabulary

AT_ONCE = 20


@dataclass(frozen=True)
class Kept:
    """One mail a host should look at. `is_secret`: a worry about a child; nothing of it is shown."""

    mail: IncomingMail
    what: str
    trust: str
    direction: str
    is_secret: bool

    @property
    def may_try_again(self) -> bool:
        return self.mail.outcome in ("broke", "no-handler")


@dataclass(frozen=True)
class Box:
    """One of our addresses."""

    box: Mailbox
    address: str
    opens: str
    hub: str


@dataclass(frozen=True)
class Figures:
    """How mail fared in the last days, by codes; a minute old at most."""

    went: dict[str, int]
    came_back: dict[str, int]
    addresses: dict[str, int]
    refusals: list[tuple[str, str, int]]


@dataclass(frozen=True)
class Room:
    """The page."""

    kept: Sequence[Kept]
    total: int
    oldest: datetime | None
    figures: Figures
    boxes: Sequence[Box]
    unread: int

    @property
    def went(self) -> Sequence[tuple[str, int]]:
        return _named(self.figures.went, mailwords.STATES)

    @property
    def came_back(self) -> Sequence[tuple[str, int]]:
        return _named(self.figures.came_back, mailwords.KINDS)

    @property
    def addresses(self) -> Sequence[tuple[str, int]]:
        return _named(self.figures.addresses, mailwords.STANDINGS)

    @property
    def refusals(self) -> list[tuple[str, str, int]]:
        return self.figures.refusals

    @property
    def more(self) -> int:
        return self.total - len(self.kept)

    @property
    def items(self) -> Sequence[Kept]:
        return self.kept


def room() -> Room:
    """All of it."""
    known = receiving.mailboxes()
    secret = _secret_routes(known)
    rows = list(receiving.waiting().defer("cut")[: AT_ONCE + 1])
    total = len(rows) if len(rows) <= AT_ONCE else receiving.how_many_wait()
    return Room(
        kept=[_kept(row, secret=row.route in secret) for row in rows[:AT_ONCE]],
        total=total,
        oldest=rows[0].received_at if rows else None,
        figures=remembered("desk-mail-figures", _figures),
        boxes=[_box(box) for box in known],
        unread=receiving.how_many_broken(),
    )


def kept(row: IncomingMail) -> Kept:
    """One mail with what it was, in words."""
    return _kept(row, secret=is_secret(row))


def deliveries(*, item: str, person: int | None) -> list[tuple[OutgoingMail, str]]:
    """What went about one thing, or to one person, each with its state in words."""
    rows = fares.of_person(person) if person else fares.of_item(item)
    return [(row, str(mailwords.STATES.get(row.state, row.state))) for row in rows]


def waiting() -> int:
    """The number beside the way to this page; remembered a minute at most."""
    return remembered("desk-mail-waiting", receiving.how_many_wait)


def is_secret(row: IncomingMail) -> bool:
    """Whether it came to the address for worries about children."""
    return row.route in _secret_routes(receiving.mailboxes())


def _figures() -> Figures:
    came_back, refusals = bounces.came_back()
    return Figures(fares.by_state(), came_back, bounces.by_state(), refusals)


def _kept(row: IncomingMail, *, secret: bool) -> Kept:
    return Kept(
        mail=row,
        what=mailwords.outcome(row.outcome),
        trust=str(mailwords.TRUST.get(row.trust, "")),
        direction=direction(row.language or "en"),
        is_secret=secret,
    )


def _secret_routes(boxes: Sequence[Mailbox]) -> frozenset[str]:
    """What is written in the rows of such mail."""
    secret = [box.local for box in boxes if box.opens == Mailbox.Opens.CONCERN]
    return frozenset(f"mailbox:{local}" for local in secret)


def _box(box: Mailbox) -> Box:
    hub = vocabulary.label(f"region:{box.hub}") if box.hub else ""
    return Box(box, boxes.address_of(box), str(mailwords.OPENS[box.opens]), hub)


def _named(counts: dict[str, int], words: dict[str, object]) -> list[tuple[str, int]]:
    """In the order of the words; what has none is left out."""
    return [(str(said), counts[code]) for code, said in words.items() if counts.get(code)]
