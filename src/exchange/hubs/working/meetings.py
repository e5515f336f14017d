"""When and where a group meets, what is on the agenda, who comes.
Called by pages, by mail and by the clock; each is one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F, Max

from exchange.core import walls
from exchange.core.time import now
from exchange.hubs import rules as belonging
from exchange.hubs.models import Space
from exchange.hubs.models.working import Coming, Paper, Sitting
from exchange.hubs.working import papers
from exchange.hubs.working.errors import NotAllowed, NotNow
from exchange.hubs.working.papers import Written
from exchange.members.models import Member

Kind, Choice = Paper.Kind, Paper.Choice
MOST_POINTS = 40
# Meetings whose hour is looked at again when a country changes its clocks.
AHEAD = timedelta(days=400)


@dataclass(frozen=True)
class When:
    """The hour as it stands on the wall there, and how long."""

    wall: datetime
    minutes: int
    where: str = ""
    is_shown: bool = False


def moment_of(wall: datetime, zone: ZoneInfo) -> datetime:
    """The moment this hour means. Raises NotNow for one that does not exist there; of two, the
    first counts."""
    meant = walls.meant(wall, zone)
    if not meant.moments:
        raise NotNow("no-such-hour")
    return meant.moments[0]


def plan(space: Space, *, by: Member, written: Written, when: When) -> Paper:
    """A meeting that its members are asked to. Raises NotNow, and as `papers.write`."""
    starts_at = moment_of(when.wall, space.zone)
    if starts_at <= now():
        raise NotNow("is-over")
    with transaction.atomic():
        row = papers.write(space, kind=Kind.MEETING, by=by, written=written)
        Sitting.objects.get_or_create(
            paper=row,
            defaults={
                "wall": walls.wall_of(starts_at, space.zone),
                "zone": space.time_zone,
                "starts_at": starts_at,
                "minutes": when.minutes,
                "where": when.where,
                "is_shown": when.is_shown and space.is_hub,
            },
        )
    return row


def change(meeting: Paper, *, by: Member, written: Written, when: When, version: int) -> Paper:
    """Other words, another hour, another place. Raises NotNow, and as `papers.change`."""
    with transaction.atomic():
        sitting = _locked(meeting)
        if sitting.is_off:
            raise NotNow("is-off")
        starts_at = moment_of(when.wall, sitting.place)
        moves = starts_at != sitting.starts_at
        if moves and starts_at <= now():
            raise NotNow("is-over")
        row = papers.change(meeting, by=by, written=written, version=version)
        where = sitting.where if papers.waits(row) else when.where
        changes = moves or (sitting.minutes, sitting.where) != (when.minutes, where)
        sitting.is_shown = when.is_shown and meeting.space.is_hub
        if changes:
            sitting.wall, sitting.starts_at = walls.wall_of(starts_at, sitting.place), starts_at
            sitting.minutes, sitting.where = when.minutes, where
            sitting.sequence += 1
            papers.tell(row, "moved", by)
        sitting.save()
    return row


def call_off(meeting: Paper, *, by: Member, why: str = "", insist: bool = False) -> None:
    """It does not take place; those who know of it are told. Raises NotAllowed, Noticed, Refused."""
    if not belonging.hosts(by, meeting.space_id):
        raise NotAllowed
    papers.judged(meeting.space, by, Written(body=why, insist=insist), meeting.language)
    with transaction.atomic():
        sitting = _locked(meeting)
        if sitting.is_off:
            return
        sitting.called_off_at, sitting.called_off_why = now(), why[:300]
        sitting.sequence += 1
        sitting.save()
        papers.tell(meeting, "called_off", by)


def propose(meeting: Paper, *, by: Member, written: Written) -> Paper:
    """A point for the agenda, by anybody who may write there; what a host writes is on it at once.
    Raises NotNow, and as `papers.write`."""
    sitting = meeting.sitting
    if sitting.is_off or is_over(sitting):
        raise NotNow("is-over")
    points = Paper.objects.filter(parent=meeting, kind=Kind.AGENDA)
    if points.count() >= MOST_POINTS:
        raise NotNow("too-many")
    is_host = belonging.hosts(by, meeting.space_id)
    last = points.aggregate(last=Max("place"))["last"] or 0
    return papers.write(
        meeting.space,
        kind=Kind.AGENDA,
        by=by,
        written=written,
        parent=meeting,
        choice=Choice.ACCEPTED if is_host else Choice.PROPOSED,
        place=last + 1,
    )


def decide(point: Paper, *, by: Member, choice: str) -> None:
    """A host takes a point on, or says not this time. Raises NotAllowed."""
    if not belonging.hosts(by, point.space_id) or choice not in (Choice.ACCEPTED, Choice.DECLINED):
        raise NotAllowed
    with transaction.atomic():
        row = papers.locked(point)
        if row.choice == choice:
            return
        row.choice = choice
        row.save(update_fields=["choice"])
        papers.tell(row, "taken_on" if choice == Choice.ACCEPTED else "not_taken_on", by)


def raise_point(point: Paper, *, by: Member) -> None:
    """One place earlier on the agenda. Raises NotAllowed."""
    if not belonging.hosts(by, point.space_id):
        raise NotAllowed
    with transaction.atomic():
        Paper.objects.select_for_update(of=("self",), no_key=True).get(pk=point.parent_id or 0)
        rows = list(agenda(point.parent_id))
        at = next((n for n, row in enumerate(rows) if row.pk == point.pk), 0)
        if at:
            rows[at - 1], rows[at] = rows[at], rows[at - 1]
        for place, row in enumerate(rows, 1):
            if row.place != place:
                Paper.objects.filter(pk=row.pk).update(place=place)


def come(meeting: Paper, *, by: Member, answer: str) -> Coming:
    """Yes, maybe or no; the last word counts, guests may come as well. Raises NotAllowed, NotNow."""
    if not belonging.is_within(by, meeting.space_id) or answer not in Coming.Answer.values:
        raise NotAllowed
    if meeting.sitting.is_off or is_over(meeting.sitting):
        raise NotNow("is-over")
    with transaction.atomic():
        said, _new = Coming.objects.update_or_create(
            meeting=meeting, member=by, defaults={"answer": answer, "at": now()}
        )
    return said


def agenda(meeting_id: int | None) -> list[Paper]:
    """What is on it or proposed, in order."""
    rows = Paper.objects.out().filter(parent_id=meeting_id, kind=Kind.AGENDA)
    return list(
        rows.exclude(choice=Choice.DECLINED).select_related("author").order_by("place", "pk")
    )


def is_over(sitting: Sitting) -> bool:
    return sitting.starts_at + timedelta(minutes=sitting.minutes) < now()


def follow_clocks(*, moment: datetime) -> int:
    """A country changed its clocks: the hour on the wall stays, and members are told."""
    ahead = Sitting.objects.filter(
        starts_at__gt=moment, starts_at__lt=moment + AHEAD, called_off_at=None
    )
    moved = 0
    for sitting in ahead.select_related("paper__space"):
        place = walls.fresh(sitting.zone)
        starts_at = walls.shifted(sitting.wall, sitting.starts_at, place) if place else None
        if starts_at is None:
            continue
        with transaction.atomic():
            rows = Sitting.objects.filter(pk=sitting.pk, sequence=sitting.sequence)
            if rows.update(starts_at=starts_at, sequence=F("sequence") + 1):
                papers.tell(sitting.paper, "moved", None)
                moved += 1
    return moved


def _locked(meeting: Paper) -> Sitting:
    rows = Sitting.objects.select_for_update(of=("self",), no_key=True)
    return rows.get(paper_id=meeting.pk)
