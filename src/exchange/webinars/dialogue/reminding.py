"""Once a day, while questions wait longer than half a day: how many, to those who read them first.
Called by hooks, from the clock. Not a word of what was asked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from exchange.core.languages import current
from exchange.mail.actions import queue
from exchange.mail.paper import Paper, Piece
from exchange.members.models import Member
from exchange.webinars import queries, writing
from exchange.webinars.models import Asked, TeamMember, Webinar

_LONG = timedelta(hours=12)
_READERS = (TeamMember.Task.HELPER, TeamMember.Task.LEAD)


def remind(*, moment: datetime) -> int:
    """One letter a person and webinar a day. Gives how many were written."""
    waiting = Asked.objects.filter(
        state=Asked.State.WAITING, sealed_at=None, at__lt=moment - _LONG
    ).order_by()
    counted = waiting.values("webinar").annotate(
        n=Count("pk"), for_hosts=Count("pk", filter=Q(needs_host=True))
    )
    written = 0
    for row in counted.order_by("webinar"):
        webinar = queries.public(row["webinar"])
        if webinar is None:
            continue
        for member in _readers(webinar, for_hosts=bool(row["for_hosts"])):
            _write(webinar, member, count=row["n"], moment=moment)
            written += 1
    return written


def _readers(webinar: Webinar, *, for_hosts: bool) -> Iterable[Member]:
    """Helpers and leads; whoever planned it where there is none, or where only a host may decide."""
    team = webinar.team.filter(task__in=_READERS, member__is_active=True)
    people = {one.member_id: one.member for one in team.select_related("member")}
    author = webinar.author
    if for_hosts or not people:
        hosts = [author] if author is not None and author.is_appointed else Member.objects.hosts()
        people |= {host.pk: host for host in hosts}
    return [one for one in people.values() if not one.is_demo]


def _write(webinar: Webinar, member: Member, *, count: int, moment: datetime) -> None:
    with override(member.first_language):
        paper = _paper(webinar, count)
    tail = f"waits:{moment:%Y-%m-%d}:{member.pk}"
    queue(
        writing.to_member(member, paper, webinar_id=webinar.pk, purpose="webinar-waits", tail=tail)
    )


def _paper(webinar: Webinar, count: int) -> Paper:
    said = ngettext(
        "%(n)d question to the presenters waits for you to read it first.",
        "%(n)d questions to the presenters wait for you to read them first.",
        count,
    ) % {"n": count}
    page = f"{settings.BASE_URL}{reverse('webinars:helping', args=[webinar.pk])}"
    pieces = (Piece("plain", said), Piece("button", _("Read them"), page))
    return Paper(_("Questions wait in a webinar"), pieces, current())
