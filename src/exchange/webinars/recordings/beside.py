"""What the page of a webinar shows of its recordings. One question to the database, once it is over.
Called by the view of that page."""

from __future__ import annotations

from exchange.members.models import Member
from exchange.webinars.models import Seat, Webinar
from exchange.webinars.recordings import queries
from exchange.webinars.rules import Roles


def beside(
    webinar: Webinar, *, reader: Member | None, seat: Seat | None, roles: Roles
) -> dict[str, object]:
    """Those that are out."""
    return {"recordings": queries.out_of(webinar) if webinar.is_over else []}
