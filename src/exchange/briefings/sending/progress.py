"""How far an issue has come, person by person, and in words why somebody has none; for the hosts.
Called by the view of sending."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from exchange.briefings.builder.queries import editions_of
from exchange.briefings.builder.saying import name_of
from exchange.briefings.models import Issue, Newsletter
from exchange.briefings.sending import chain, keys, queries
from exchange.briefings.sending.actions import is_late
from exchange.briefings.sending.choosing import edition_for
from exchange.mail.models import OutgoingMail

State = OutgoingMail.State


@dataclass(frozen=True)
class Line:
    """One edition: for how many it is, who has been taken up, and what a host can do."""

    edition: Newsletter
    name: str
    people: int
    taken_up: int
    sent: int
    # "" or what stopped it: "late", "stopped".
    stands: str


@dataclass(frozen=True)
class Progress:
    """`became` are words and numbers, what went well first."""

    lines: list[Line]
    became: list[tuple[str, int]]
    missed: int
    unsure: int
    is_out: bool


def of_issue(issue: Issue) -> Progress:
    """Everything the page says, each thing read once."""
    editions, people = editions_of(issue), queries.wanting()
    by_person, put_back_at = queries.all_rows(issue), chain.last_put_back()
    ends = [end for rows in by_person.values() if (end := queries.best(rows)) is not None]
    whose = Counter(edition_for(editions, hub=one.hub, language=one.language) for one in people)
    out = queries.out_of(editions)
    missed = queries.missed(people, out, by_person, unsure=False)
    return Progress(
        lines=[
            _line(one, ends, people=whose[one], stands=_stands(one, put_back_at))
            for one in editions
        ],
        became=_in_words(ends),
        missed=missed,
        unsure=queries.missed(people, out, by_person, unsure=True) - missed,
        is_out=bool(out),
    )


def _line(edition: Newsletter, ends: Sequence[queries.Row], *, people: int, stands: str) -> Line:
    item = keys.item_of(edition.pk, "")
    theirs = [end for end in ends if end.item.startswith(item)]
    sent = sum(end.state == State.SENT for end in theirs)
    return Line(edition, name_of(edition), people, len(theirs), sent, stands)


def _stands(edition: Newsletter, put_back_at: datetime | None) -> str:
    if is_late(edition, put_back_at=put_back_at):
        return "late"
    is_sending = edition.phase == Newsletter.Phase.SENDING and edition.is_public
    is_open = chain.is_open(edition, put_back_at=put_back_at)
    return "stopped" if is_sending and not is_open else ""


def _in_words(ends: Sequence[queries.Row]) -> list[tuple[str, int]]:
    counts = Counter(_said(end) for end in ends)
    order = list(dict.fromkeys(_said(end) for end in sorted(ends, key=_rank)))
    return [(words, counts[words]) for words in order]


def _rank(end: queries.Row) -> tuple[int, str]:
    order = (State.SENT, State.QUEUED, State.SENDING, State.BOUNCED, State.UNSURE)
    return (order.index(State(end.state)) if end.state in order else len(order), end.why)


def _said(end: queries.Row) -> str:
    if end.state == State.SUPPRESSED:
        return _why_not(end.why)
    return {
        State.SENT: _("sent"),
        State.QUEUED: _("waiting for their turn"),
        State.SENDING: _("waiting for their turn"),
        State.BOUNCED: _("came back: the mailbox did not take it"),
        State.UNSURE: _("nobody knows: the line broke at the last moment"),
        State.FAILED: _("refused by the mail server"),
        State.DROPPED: _("taken back before it went"),
    }[State(end.state)]


def _why_not(code: str) -> str:
    known = {
        "newsletter-stopped": _("not sent: stopped the newsletter meanwhile"),
        "stopped": _("not sent: stopped all mail"),
        "newsletter-paused": _("not sent: paused all mail"),
        "address-dead": _("not sent: mails to the address came back before"),
        "address-unwanted": _("not sent: our mail was marked as unwanted"),
        "stale": _("not sent: it had become too old"),
        "restored": _("not sent: a backup was put back, and nobody knows whether it went"),
    }
    return known.get(code) or _("not sent: taken back before it went")
