"""The letters that follow from asking, being taken in, leaving, and a new host.
Called by the hooks of this matter."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.utils.translation import override

from exchange.hubs.belonging import letters, queries
from exchange.hubs.models import Membership
from exchange.ledger.models import Event
from exchange.mail.actions import About, Queued, queue, queue_many
from exchange.mail.models import OutgoingMail
from exchange.mail.paper import Paper
from exchange.members.models import Member
from exchange.members.to_hosts import tell_hosts

PURPOSE = "space-told"
State = Membership.State


def tell_hosts_of_request(event: Event) -> None:
    """To the hosts of the space; where nobody hosts it, to those of the Exchange."""
    place = _place(event, State.ASKED)
    if place is None:
        return
    hosts = [host for host in queries.hosts_of(place.space) if not host.is_demo]
    tell_hosts(
        lambda: letters.asked(place),
        purpose=PURPOSE,
        key=_key(event),
        item=f"membership:{place.pk}",
        hosts=hosts or None,
    )


def tell_member(event: Event) -> None:
    """Taken in, declined, or removed."""
    wanted = {
        "membership.taken_in": (State.IN, letters.taken_in),
        "membership.declined": (State.DECLINED, lambda place: letters.declined(place, place.words)),
        "membership.removed": (State.LEFT, letters.removed),
    }
    state, write = wanted[event.kind]
    place = _place(event, state)
    if place is not None and not place.member.is_demo:
        queue(_letter(event, place.member, place, lambda: write(place)))


def tell_of_host(event: Event) -> None:
    """To the new host, and to everybody inside."""
    place = _place(event, State.IN)
    if place is None or not place.is_hosting:
        return
    others = [row.member for row in queries.roster(place.space) if not row.member.is_demo]
    papers = [
        _letter(event, one, place, lambda: letters.new_host(place.space, place.member))
        for one in others
        if one.pk != place.member_id
    ]
    own = _letter(event, place.member, place, lambda: letters.you_host(place.space))
    with transaction.atomic():
        queue_many(papers if place.member.is_demo else [own, *papers])


def tell_of_empty_chair(event: Event) -> None:
    """The last host left."""
    place = _place(event, State.LEFT)
    if place is None or not event.detail.get("is_last") or queries.hosts_of(place.space):
        return
    tell_hosts(
        lambda: letters.nobody_hosts(place.space),
        purpose=PURPOSE,
        key=_key(event),
        item=f"membership:{place.pk}",
    )


def still_goes(mail: OutgoingMail) -> str:
    """The last look: not to a host about a request that was answered meanwhile."""
    sort, _colon, number = mail.item.partition(":")
    if sort != "membership" or not number.isdecimal():
        return ""
    return "" if Membership.objects.filter(pk=int(number)).exists() else "membership-gone"


def _place(event: Event, state: str) -> Membership | None:
    rows = Membership.objects.select_related("space", "member").filter(state=state)
    found: Membership | None = rows.filter(
        pk=event.subject_id, member__is_active=True, member__erased_at=None
    ).first()
    return found


def _letter(event: Event, member: Member, place: Membership, write: Callable[[], Paper]) -> Queued:
    with override(member.first_language):
        paper = write()
    return Queued(
        to=member.email,
        subject=paper.subject,
        text=paper.text,
        html=paper.html,
        language=paper.language,
        purpose=PURPOSE,
        key=f"{_key(event)}:{member.pk}",
        about=About(person=member.pk, item=f"membership:{place.pk}"),
    )


def _key(event: Event) -> str:
    return f"{PURPOSE}:{event.pk}"
