"""Reminders by the clock: a meeting tomorrow, a point due in three days or since yesterday, a decision
that closes. Called by the hooks of `working`; each reminder goes once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from exchange.hubs.belonging.queries import roster
from exchange.hubs.models import Membership
from exchange.hubs.models.working import Coming, Sitting, today
from exchange.hubs.models.working import Paper as Row
from exchange.hubs.working import letters, meetings
from exchange.hubs.working.telling import invited, send
from exchange.members.models import Member

Kind = Row.Kind
BEFORE_MEETING = timedelta(hours=24)
# Who was asked so short before needs no second letter.
TOLD_LATELY = timedelta(hours=12)
BEFORE_POINT = timedelta(days=3)
DAY = timedelta(days=1)


def remind_of_meetings(*, moment: datetime) -> int:
    """A day before, to all who did not say no."""
    near = Sitting.objects.filter(
        starts_at__gt=moment + timedelta(hours=1),
        starts_at__lte=moment + BEFORE_MEETING,
        called_off_at=None,
        paper__state=Row.State.OUT,
        paper__sealed_at=None,
        paper__space__closed_at=None,
    )
    return sum(_remind(one) for one in near.select_related("paper__space"))


def remind_of_points(*, moment: datetime) -> int:
    """Three days before, and on the day after, as days are counted where the group is."""
    about = moment.date()
    rows = Row.objects.out().filter(
        kind=Kind.ACTION,
        settled_at=None,
        space__closed_at=None,
        due_on__range=(about - 3 * DAY, about + 5 * DAY),
    )
    return sum(
        _remind_of_point(row, moment) for row in rows.select_related("space", "owner", "author")
    )


def remind_of_decisions(*, moment: datetime) -> int:
    """On the day before it closes, to who may say something and has not."""
    rows = Row.objects.out().filter(kind=Kind.DECISION, settled_at=None, space__closed_at=None)
    near = rows.filter(due_on__range=(moment.date(), moment.date() + 2 * DAY))
    return sum(_remind_of_decision(row, moment) for row in near.select_related("space"))


def _remind(sitting: Sitting) -> int:
    row = sitting.paper
    if sitting.starts_at - row.made_at < BEFORE_MEETING + TOLD_LATELY:
        return 0
    no = Coming.objects.filter(meeting=row, answer=Coming.Answer.NO)
    absent = set(no.values_list("member_id", flat=True))
    to = [one for one in invited(row, sitting) if one.pk not in absent]
    points = meetings.agenda(row.pk)
    return send(
        row,
        to,
        lambda one: letters.meeting(one, row, sitting, points, what="tomorrow"),
        tail=f"remind:{int(sitting.starts_at.timestamp())}",
        send_before=sitting.starts_at,
    )


def _remind_of_point(row: Row, moment: datetime) -> int:
    here = today(row.space.time_zone, moment)
    if row.due_on is None or row.due_on not in (here + BEFORE_POINT, here - DAY):
        return 0
    what = "late" if row.due_on < here else "soon"
    # What was given to a name alone, whoever wrote it down is asked about.
    to = _there(row, [row.owner or row.author])
    tail = f"{what}:{row.due_on:%Y%m%d}"
    return send(row, to, lambda one: letters.point(one, row, what=what), tail=tail)


def _remind_of_decision(row: Row, moment: datetime) -> int:
    if row.due_on != today(row.space.time_zone, moment) + DAY:
        return 0
    said = set(row.parts.filter(kind=Kind.STANCE).values_list("author_id", flat=True))
    rows = roster(row.space).exclude(role=Membership.Role.GUEST)
    rows = rows.exclude(level=Membership.Level.OFF).filter(member__is_demo=False)
    to = [one.member for one in rows if one.member_id not in said]
    return send(
        row, to, lambda one: letters.stances_wanted(one, row), tail=f"say:{row.due_on:%Y%m%d}"
    )


def _there(row: Row, people: Iterable[Member | None]) -> list[Member]:
    known = {one.pk: one for one in people if one is not None and not one.is_demo}
    inside = roster(row.space).filter(member_id__in=list(known))
    return [known[pk] for pk in inside.values_list("member_id", flat=True)]
