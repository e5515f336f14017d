"""What is kept of a meeting, typed on a phone: begun from its agenda, finished, sent to members.
Called by pages; each is one transaction."""

from __future__ import annotations

from exchange.hubs import rules as belonging
from exchange.hubs.models.working import Paper
from exchange.hubs.working import meetings, papers
from exchange.hubs.working.errors import ChangedMeanwhile, NotAllowed
from exchange.hubs.working.papers import Written
from exchange.members.models import Member

Kind = Paper.Kind


def of(meeting: Paper) -> Paper | None:
    """The notes of a meeting, if somebody has begun them."""
    rows = Paper.objects.filter(parent=meeting, kind=Kind.NOTES).select_related("space", "author")
    found: Paper | None = rows.exclude(state=Paper.State.GONE).first()
    return found


def begun(meeting: Paper) -> str:
    """What a new page of notes holds: a heading for each point of the agenda."""
    points = [one for one in meetings.agenda(meeting.pk) if one.choice == Paper.Choice.ACCEPTED]
    return "\n\n".join(f"## {point.title}\n" for point in points)


def save(meeting: Paper, *, by: Member, written: Written, version: int) -> Paper:
    """Keep them as they are now; `version` 0 begins them. Raises as `papers.write` and `change`."""
    row = of(meeting)
    if row is not None:
        return papers.change(row, by=by, written=written, version=version)
    _clear_place(meeting)
    if version:
        raise ChangedMeanwhile(0)
    return papers.write(meeting.space, kind=Kind.NOTES, by=by, written=written, parent=meeting)


def finish(row: Paper, *, by: Member) -> Paper:
    """They are whole: members get them as they wish to. Raises NotAllowed."""
    if not belonging.may_write(by, row.space_id) or not row.is_out:
        raise NotAllowed
    return papers.settle(row, by=by, is_settled=True)


def _clear_place(meeting: Paper) -> None:
    """Notes that were taken away make room for others; one meeting has one page of them."""
    Paper.objects.filter(parent=meeting, kind=Kind.NOTES, state=Paper.State.GONE).update(
        parent=None
    )
