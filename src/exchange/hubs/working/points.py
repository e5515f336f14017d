"""Points of action: who does what by when; done and open again by a tap or by a mail.
Called by pages, by mail and by the clock; each is one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from exchange.hubs.belongs import belonging_of
from exchange.hubs.models import Membership, Space
from exchange.hubs.models.working import Paper
from exchange.hubs.working import papers, rules
from exchange.hubs.working.errors import NotAllowed, NotNow
from exchange.hubs.working.papers import Written
from exchange.members.models import Member

Kind = Paper.Kind


@dataclass(frozen=True)
class Task:
    """Who does it: a member of the space, or a name the group knows; and by when."""

    owner: Member | None = None
    owner_name: str = ""
    due_on: date | None = None


def add(
    space: Space, *, by: Member, written: Written, task: Task, source: Paper | None = None
) -> Paper:
    """A point of action, from a meeting or a decision or by itself. Raises NotNow when its doer
    does not belong there, and as `papers.write`."""
    if task.owner is not None and not _belongs(task.owner, space):
        raise NotNow("not-inside")
    return papers.write(
        space,
        kind=Kind.ACTION,
        by=by,
        written=written,
        parent=source,
        due_on=task.due_on,
        owner=task.owner,
        owner_name="" if task.owner else task.owner_name,
    )


def change(point: Paper, *, by: Member, written: Written, task: Task, version: int) -> Paper:
    """Raises as `add` and `papers.change`."""
    if task.owner is not None and not _belongs(task.owner, point.space):
        raise NotNow("not-inside")
    return papers.change(
        point,
        by=by,
        written=written,
        version=version,
        due_on=task.due_on,
        owner=task.owner,
        owner_name="" if task.owner else task.owner_name,
    )


def mark(point: Paper, *, by: Member, is_done: bool) -> Paper:
    """Done, or open again. Raises NotAllowed."""
    if not rules.may_settle(by, point) or not point.is_out:
        raise NotAllowed
    return papers.settle(point, by=by, is_settled=is_done)


def _belongs(member: Member, space: Space) -> bool:
    found = belonging_of(member).get(space.pk)
    return found is not None and found.role != Membership.Role.GUEST
