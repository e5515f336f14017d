"""Whoever comes into a room, as the engine is told of them: a name, a mark of ours, a task.
Called by `actions` and by the calls of an engine that name somebody."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from exchange.core.text import clean_line
from exchange.members.models import Member
from exchange.webinars.models import Presenter, Seat, Webinar
from exchange.webinars.rooms.rules import is_of_the_room
from exchange.webinars.rules import Roles


@dataclass(frozen=True)
class Comer:
    """`mark` says who it is to us alone; `is_guest`: somebody of the room lets them in; `tries`: a
    host, who may look at the room at any time before the end."""

    name: str
    mark: str
    leads: bool = False
    is_guest: bool = False
    tries: bool = False


def comer_of(webinar: Webinar, *, seat: Seat | None, roles: Roles, member: Member | None) -> Comer:
    """A member or a guest, under the name they chose for their seat."""
    leads = is_of_the_room(roles)
    if seat is not None:
        is_guest = not leads and seat.member_id is None
        mark = seat_mark(webinar.pk, seat.pk)
        return Comer(_name(seat.shown_name), mark, leads, is_guest, roles.is_host)
    if member is None:
        raise ValueError("neither a seat nor a member")
    mark = f"m-{_digest(f'member:{webinar.pk}:{member.pk}')}"
    unnamed = roles.is_presenter and webinar.presenters.filter(member=member, may_be_named=False)
    name = _("A presenter") if unnamed else _name(member.display_name)
    return Comer(name, mark, leads, tries=roles.is_host)


def comer_presenting(presenter: Presenter) -> Comer:
    """A presenter without an account, under their name if they agreed to its being shown."""
    mark = f"p-{_digest(f'presenter:{presenter.pk}')}"
    name = _name(presenter.name) if presenter.may_be_named else _("A presenter")
    return Comer(name, mark, leads=True)


def seat_mark(webinar_id: int, seat_id: int) -> str:
    return f"s{seat_id}-{_digest(f'seat:{webinar_id}:{seat_id}')}"


def seat_of_mark(webinar_id: int, mark: Any) -> int | None:
    """The number of the seat behind a mark of ours; None for every other word."""
    if not isinstance(mark, str) or not mark.isascii():
        return None
    number = mark[1:].partition("-")[0]
    if not (mark.startswith("s") and number.isdecimal() and len(number) < 16):
        return None
    seat_id = int(number)
    return seat_id if hmac.compare_digest(seat_mark(webinar_id, seat_id), mark) else None


def door_mark(webinar_id: int) -> str:
    """Stands in the address an engine calls when a room has ended: it signs that call with
    nothing."""
    return _digest(f"ended:{webinar_id}")


def _digest(words: str) -> str:
    return hmac.digest(
        settings.SECRET_KEY.encode(), f"webinars.rooms:{words}".encode(), "sha256"
    ).hex()[:24]


def _name(words: str) -> str:
    """One line, and something to call them by."""
    return clean_line(words)[:60] or _("A practitioner")
