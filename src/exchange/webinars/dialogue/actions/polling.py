"""Polls: two to six choices, opened and closed by the team; a ballot for each seat, of all its people.
Called by the live page and by the lead's page."""

from __future__ import annotations

from django.db import transaction

from exchange.contributions.errors import NotAllowed
from exchange.contributions.rules import may_contribute
from exchange.core.time import now
from exchange.members.models import Member
from exchange.webinars.dialogue import pace, queries, rules, screening, telling
from exchange.webinars.dialogue.actions.being_here import came, locked, seat_of
from exchange.webinars.dialogue.tallying import tally_soon
from exchange.webinars.errors import AlreadyDone, NotNow
from exchange.webinars.models import Ballot, Poll, Seat, Webinar
from exchange.webinars.rules import Roles

State = Poll.State


class NotAPoll(ValueError):
    """A poll has a question and two to six different choices."""


def prepare_poll(
    *,
    webinar: Webinar,
    text: str,
    choices: list[str],
    language: str,
    shows_counts: bool,
    by: Member,
    roles: Roles,
) -> Poll:
    """Write one down; nobody sees it before it is opened. Raises NotAllowed, NotAPoll, and Noticed
    or Refused when a gate asks about its words."""
    if not roles.may_lead:
        raise NotAllowed
    if not rules.is_poll(text, choices):
        raise NotAPoll
    screening.of_team(text="\n".join([text, *choices]), language=language, by=by)
    return Poll.objects.create(
        webinar_id=webinar.pk,
        text=text,
        choices=choices,
        language=language,
        shows_counts=shows_counts,
        by=by,
    )


def open_poll(*, poll: Poll, roles: Roles) -> Poll:
    """Everybody may choose now, again if it was closed. Raises NotAllowed, NotNow, AlreadyDone."""
    with transaction.atomic():
        row = _locked(poll, roles)
        if not row.webinar.is_live:
            raise NotNow
        if row.state == State.OPEN:
            raise AlreadyDone
        row.state, row.opened_at, row.closed_at = State.OPEN, now(), None
        row.save(update_fields=["state", "opened_at", "closed_at"])
        telling.poll(row, queries.counts_of(row) if row.shows_counts else None)
    return row


def close_poll(*, poll: Poll, roles: Roles) -> Poll:
    """No more ballots; what was chosen is shown. Raises NotAllowed, AlreadyDone."""
    with transaction.atomic():
        row = _locked(poll, roles)
        if row.state != State.OPEN:
            raise AlreadyDone
        row.state, row.closed_at = State.CLOSED, now()
        row.save(update_fields=["state", "closed_at"])
        telling.poll(row, queries.counts_of(row))
    return row


def drop_poll(*, poll: Poll, roles: Roles) -> None:
    """One that was never opened goes away. Raises NotAllowed, AlreadyDone."""
    with transaction.atomic():
        row = _locked(poll, roles)
        if row.state != State.READY:
            raise AlreadyDone
        row.delete()


def choose(*, poll: Poll, seat: Seat, choice: int) -> Ballot:
    """One choice of one seat, changed at will while the poll is open; a group counts as its people.
    Raises NotNow, TooFast, NotAllowed."""
    seat_of(poll.webinar, seat)
    if seat.member is not None and not may_contribute(seat.member):
        raise NotAllowed
    pace.CHOICES.tap(f"seat:{seat.pk}")
    with transaction.atomic():
        row: Poll = Poll.objects.select_for_update(of=("self",), no_key=True).get(pk=poll.pk)
        if row.state != State.OPEN or not 0 <= choice < len(row.choices):
            raise NotNow
        voter = locked(seat)
        given = {"choice": choice, "people": voter.people, "at": now()}
        ballot, _fresh = Ballot.objects.update_or_create(poll=row, seat=voter, defaults=given)
        came(voter, poll.webinar)
        if row.shows_counts:
            tally_soon(webinar_id=row.webinar_id)
    return ballot


def _locked(poll: Poll, roles: Roles) -> Poll:
    if not roles.may_lead:
        raise NotAllowed
    rows = Poll.objects.select_for_update(of=("self",), no_key=True).select_related("webinar")
    row: Poll = rows.get(pk=poll.pk)
    return row
