"""Finding a webinar as somebody may see it, and what they are in it.
Called by the views and matters of this room."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from exchange.contributions.models import State
from exchange.contributions.rules import may_contribute
from exchange.members.models import Member
from exchange.webinars.models import Presenter, TeamMember, Webinar
from exchange.webinars.rules import NOBODY, Roles

Task = TeamMember.Task
_NO_NUMBER = 2**63


def visible(reader: Member | None) -> Any:
    """Every webinar this person may see. What one host prepares, the others prepare with them; and
    its team, before it is announced. The manager comes from the parent, so types would say
    Contribution."""
    rows = Webinar.objects.visible_to(reader)
    if reader is None or not reader.is_authenticated:
        return rows
    if reader.is_host:
        return Webinar.objects.filter(sealed_at=None)
    team = TeamMember.objects.filter(member=reader).values("webinar_id")
    ahead = Q(pk__in=team, state__in=(State.DRAFT, State.WAITING), sealed_at=None)
    return rows | Webinar.objects.filter(ahead)


def every() -> Any:
    """All webinars whatever their state, for changes and for clocks; typed as `visible` is."""
    return Webinar.objects


def found(pk: int, reader: Member | None) -> Webinar | None:
    """One webinar, if they may see it."""
    webinar: Webinar | None = numbered(visible(reader), pk).first()
    return webinar


def numbered(rows: Any, pk: int) -> Any:
    """Those of one number; an address may hold one that no database has."""
    return rows.filter(pk=pk) if pk < _NO_NUMBER else rows.none()


def public(pk: int) -> Webinar | None:
    """One webinar as the world may see it: for letters, clocks and the worker."""
    return found(pk, None)


def roles_of(webinar: Webinar, member: Member | None) -> Roles:
    """What they are in it: one question to the database for a member, two for a presenter's. Who
    is paused reads, and has no task until the pause ends."""
    if member is None or not member.is_authenticated or not may_contribute(member):
        return NOBODY
    tasks = set(webinar.team.filter(member=member).values_list("task", flat=True))
    agreed = Presenter.Answer.AGREED
    return Roles(
        is_host=member.is_host,
        is_lead=Task.LEAD in tasks,
        is_helper=Task.HELPER in tasks,
        is_writer=Task.WRITER in tasks,
        is_presenter=webinar.presenters.filter(member=member, answer=agreed).exists(),
    )
