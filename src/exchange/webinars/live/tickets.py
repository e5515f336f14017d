"""Tickets to the live process for somebody who stands before us, and where they are shown.
Called by the views of this room."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urlsplit

from django.conf import settings

from exchange.core.time import now
from exchange.webinars.models import LiveCount, Seat
from exchange.webinars.rules import NOBODY, Roles
from exchange.webinars.wire import ticket
from exchange.webinars.wire.ticket import Claim


def for_events(webinar_id: int, *, seat: Seat | None = None, roles: Roles = NOBODY) -> str:
    """A ticket to read along: with a seat, also what is told to that seat alone."""
    return _ticket(webinar_id, seat, roles, ticket.EVENTS, "")


def for_sound(
    webinar_id: int, *, broadcast: str, seat: Seat | None = None, roles: Roles = NOBODY
) -> str:
    """A ticket to listen to one broadcast, named by its key."""
    return _ticket(webinar_id, seat, roles, ticket.SOUND, broadcast)


def origin(site: str) -> str:
    """Where scripts reach the live process: what was set, else the site itself (a proxy in front
    leads /live/ to it); on one's own machine the next port of whatever name was asked for."""
    if settings.LIVE_URL:
        return str(settings.LIVE_URL)
    if settings.PRODUCTION:
        return str(settings.BASE_URL)
    parts = urlsplit(site)
    port = settings.LIVE_PORT or (parts.port or 80) + 1
    name = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    return f"{parts.scheme}://{name}:{port}"


def last_number(webinar_id: int) -> int:
    """The number of the last event told: what a page made after this call already shows."""
    last = LiveCount.objects.filter(webinar_id=webinar_id).values_list("seq", flat=True).first()
    return last or 0


def _ticket(webinar_id: int, seat: Seat | None, roles: Roles, kind: str, broadcast: str) -> str:
    claim = Claim(
        webinar=webinar_id,
        seat=seat.pk if seat and seat.state == Seat.State.TAKEN else 0,
        roles=_audiences(roles),
        kind=kind,
        broadcast=broadcast,
        expires=int(now().timestamp()) + ticket.LASTS,
        nonce=ticket.fresh_nonce(),
    )
    return ticket.make(claim, _key(settings.SECRET_KEY))


def _audiences(roles: Roles) -> frozenset[str]:
    found = {ticket.HELPERS: roles.may_help, ticket.PRESENTERS: roles.may_present}
    return frozenset(audience for audience, belongs in found.items() if belongs)


@lru_cache(maxsize=4)
def _key(secret: str) -> bytes:
    return ticket.key_from(secret)
