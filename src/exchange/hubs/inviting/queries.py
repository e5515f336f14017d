"""Reading invitations: by their key, their address, and how an inviting went.
Called by the views, letters and handlers of this matter."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from exchange.core import time
from exchange.hubs.models import Invitation, InviteLink, Membership, NotToBeAsked, Space
from exchange.mail.tokens import digest
from exchange.members.models import Member

State = Invitation.State


@dataclass(frozen=True)
class Tally:
    """How many were written to, and what became of it; no address, no name."""

    waiting: int = 0
    came: int = 0
    declined: int = 0


def by_key(key: str) -> Invitation | InviteLink | None:
    """What a key opens today: a letter's invitation or a link; None for what is over."""
    rows = Invitation.objects.select_related("space", "by", "member")
    letter: Invitation | None = rows.filter(key=key, space__closed_at=None).first()
    if letter is not None:
        return letter
    links = InviteLink.objects.good(time.now()).select_related("space", "by")
    link: InviteLink | None = links.filter(key=key).first()
    return link


def tally(space: Space) -> Tally:
    rows = Invitation.objects.filter(space=space)
    counted = rows.aggregate(
        waiting=Count("pk", filter=Q(state=State.SENT)),
        came=Count("pk", filter=Q(state=State.IN)),
        declined=Count("pk", filter=Q(state=State.DECLINED)),
    )
    return Tally(**counted)


def unanswered(space: Space, host: Member) -> list[Invitation]:
    """The addresses this host invited and nobody has answered from; other hosts do not see them."""
    rows = Invitation.objects.open().filter(space=space, by=host)
    return list(rows.order_by("-at", "-pk")[:200])


def links_of(space: Space) -> list[InviteLink]:
    rows = InviteLink.objects.good(time.now()).filter(space=space)
    return list(rows.select_related("by").order_by("-made_at", "-pk"))


def is_theirs(invitation: Invitation, member: Member) -> bool:
    """Whether it went to an address of this member's."""
    return invitation.member_id == member.pk or invitation.digest == digest(member.email)


def was_removed(space: Space, member: Member) -> bool:
    """Whether a host had them leave: a link that goes round does not bring them back."""
    rows = Membership.objects.filter(space=space, member=member, state=Membership.State.LEFT)
    return rows.exclude(by=None).exists()


def wishes_none(digests: list[str]) -> set[str]:
    """Of these, who does not wish to be invited to anything."""
    rows = NotToBeAsked.objects.filter(digest__in=digests)
    return set(rows.values_list("digest", flat=True))
