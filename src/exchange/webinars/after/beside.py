"""What the lasting page of a webinar shows of what stays of it: the summary, once it is out.
Called by the page; other parts of this matter add theirs."""

from __future__ import annotations

from exchange.members.models import Member
from exchange.webinars.after import tried
from exchange.webinars.models import Phase, Seat, Summary, Webinar
from exchange.webinars.rules import Roles


def beside(
    webinar: Webinar, *, reader: Member | None, seat: Seat | None, roles: Roles
) -> dict[str, object]:
    """Nothing is asked of the database before the hour is over."""
    if not webinar.is_over:
        return {}
    return {
        "hour_summary": _summary(webinar),
        "record": webinar.record if webinar.record_id and _is_public(webinar) else None,
        "may_sum_up": roles.is_host,
        "tried_shown": tried.shown(webinar) if tried.is_late(webinar) else [],
        "own_after": seat if seat is not None and seat.state == Seat.State.TAKEN else None,
    }


def _summary(webinar: Webinar) -> Summary | None:
    if webinar.phase != Phase.SUMMED:
        return None
    # The page has read it with the webinar; where there is none, asking for it says so.
    found: Summary | None = getattr(webinar, "summary_row", None)
    return found if found is not None and found.state == Summary.State.OUT else None


def _is_public(webinar: Webinar) -> bool:
    return webinar.record is not None and webinar.record.is_public
