"""Inviting by link and by letter, and what people answer: called by pages, handlers of mail and the clock.
Nobody belongs to anything before they said yes themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from exchange.core import ids, time
from exchange.core.languages import INTERFACE
from exchange.hubs import rules as spaces
from exchange.hubs.belonging.actions import bring_in
from exchange.hubs.belongs import forget
from exchange.hubs.errors import NotAllowed, NotNow
from exchange.hubs.inviting import queries, rules
from exchange.hubs.inviting.rules import One
from exchange.hubs.models import Invitation, InviteLink, Membership, NotToBeAsked, Space
from exchange.ledger.actions import record
from exchange.mail.inbound import sender_at
from exchange.mail.tokens import digest
from exchange.members.models import Member

State = Invitation.State


@dataclass(frozen=True)
class Done:
    """What became of a list: written to, invited before, and those who wish no invitations."""

    invited: int = 0
    before: int = 0
    unwilling: int = 0


class TooMany(Exception):
    """More letters than a space writes on one day. `left`: how many it may still write."""

    def __init__(self, left: int) -> None:
        super().__init__("too many invitations")
        self.left = left


def invite(*, space: Space, people: Sequence[One], language: str, role: str, by: Member) -> Done:
    """Write to each of them once; the same list again writes to nobody. Raises NotAllowed, NotNow,
    TooMany: then nobody was written to."""
    if not spaces.may_manage(by, space.pk):
        raise NotAllowed
    known = {digest(one.address): one for one in people[: rules.MOST_AT_ONCE]}
    with transaction.atomic():
        row = Space.objects.select_for_update(of=("self",), no_key=True).get(pk=space.pk)
        if not row.is_open:
            raise NotNow
        unwilling = queries.wishes_none(list(known))
        rows = Invitation.objects.filter(space=space, digest__in=list(known))
        before = set(rows.values_list("digest", flat=True))
        new = [mark for mark in known if mark not in unwilling | before]
        _must_be_few(row, len(new))
        for mark in new:
            _invite(row, known[mark], mark, language, role, by)
    return Done(len(new), len(before), len(unwilling - before))


def make_link(*, space: Space, role: str, days: int, people: int, by: Member) -> InviteLink:
    """A link that so many may use until that day. Raises NotAllowed, NotNow."""
    if not spaces.may_manage(by, space.pk):
        raise NotAllowed
    good = InviteLink.objects.good(time.now()).filter(space=space)
    if not space.is_open or good.count() >= rules.MOST_LINKS:
        raise NotNow
    with transaction.atomic():
        link: InviteLink = InviteLink.objects.create(
            space=space,
            key=ids.new_id(),
            role=role,
            by=by,
            expires_at=time.now() + timedelta(days=days),
            at_most=people,
        )
        _record("link_made", "link", link.pk, space.pk, by)
    return link


def take_back_link(*, link: InviteLink, by: Member) -> None:
    """It opens nothing any more. Raises NotAllowed."""
    if not spaces.may_manage(by, link.space_id):
        raise NotAllowed
    with transaction.atomic():
        rows = InviteLink.objects.filter(pk=link.pk, revoked_at=None)
        if rows.update(revoked_at=time.now()):
            _record("link_taken_back", "link", link.pk, link.space_id, by)


def take_back(*, invitation: Invitation, by: Member) -> None:
    """A host typed a wrong address: it is forgotten, and its letter opens nothing."""
    if not spaces.may_manage(by, invitation.space_id):
        raise NotAllowed
    with transaction.atomic():
        row = _locked(invitation)
        if row is not None and row.state == State.SENT:
            _let_go(row)


def use_link(*, link: InviteLink, member: Member) -> Membership:
    """Come in by a link. Whoever is inside already uses up nothing. Raises NotNow."""
    with transaction.atomic():
        inside = Membership.objects.within().filter(space_id=link.space_id, member=member).first()
        if inside is not None:
            return inside
        if queries.was_removed(link.space, member):
            raise NotNow
        good = InviteLink.objects.good(time.now()).filter(pk=link.pk)
        # Two people at once cannot both be the last.
        if not good.update(used=F("used") + 1):
            raise NotNow
        return bring_in(space=link.space, member=member, role=link.role, by=link.by)


def say_yes(*, invitation: Invitation, member: Member) -> Membership:
    """They come in; their address is forgotten. Trusted there when the letter went to their own
    address. Twice is once. Raises NotNow, NotAllowed when it was for another member."""
    with transaction.atomic():
        row = _locked(invitation)
        if row is None or row.state == State.DECLINED:
            raise NotNow
        if row.member_id not in (None, member.pk):
            raise NotAllowed
        if row.state == State.IN:
            # It was used: whoever used it is inside, or was once and comes by it no more.
            return _still_inside(row, member)
        place = bring_in(
            space=row.space,
            member=member,
            role=row.role,
            by=row.by,
            trusted=queries.is_theirs(row, member),
        )
        row.state, row.member, row.answered_at = State.IN, member, time.now()
        _empty(row)
    return place


def _still_inside(row: Invitation, member: Member) -> Membership:
    inside: Membership | None = (
        Membership.objects.within().filter(space_id=row.space_id, member=member).first()
    )
    if row.member_id != member.pk or inside is None:
        raise NotNow
    return inside


def want(*, invitation: Invitation) -> None:
    """Somebody who is no member yet said yes by mail: they come in when they have joined."""
    Invitation.objects.open().filter(pk=invitation.pk, wanted_at=None).update(wanted_at=time.now())


def say_no(*, invitation: Invitation, never_again: bool = False) -> None:
    """Their address is forgotten; with `never_again` nobody here invites them to anything."""
    with transaction.atomic():
        row = _locked(invitation)
        if row is None:
            return
        if never_again:
            NotToBeAsked.objects.get_or_create(digest=row.digest)
        if row.state != State.SENT:
            return
        row.state, row.answered_at = State.DECLINED, time.now()
        _not_invited(row)
        _empty(row)
        _record("declined", "invitation", row.pk, row.space_id, None)


def link_joined(*, member: Member) -> None:
    """Somebody joined the Exchange: who had said yes comes in, the others find their invitation."""
    for invitation in Invitation.objects.open().filter(digest=digest(member.email)):
        if invitation.wanted_at is None:
            with transaction.atomic():
                _know(invitation, member)
            continue
        try:
            say_yes(invitation=invitation, member=member)
        except (NotNow, NotAllowed):
            continue


def forget_unanswered(*, at: datetime) -> None:
    """After a month nothing stays of who did not answer."""
    for invitation in Invitation.objects.open().filter(at__lt=at - rules.FORGET_AFTER)[:500]:
        with transaction.atomic():
            row = _locked(invitation)
            if row is not None and row.state == State.SENT:
                _let_go(row)


def _invite(space: Space, one: One, mark: str, language: str, role: str, by: Member) -> None:
    row: Invitation = Invitation.objects.create(
        space=space,
        key=ids.new_id(),
        address=one.address,
        digest=mark,
        name=one.name,
        language=language if language in INTERFACE else space.first_language,
        role=role,
        by=by,
    )
    sender = sender_at(one.address)
    member = Member.objects.active().filter(pk=sender.person).first() if sender else None
    if member is not None:
        _know(row, member)
    # A closed account is written to by nobody; its address is forgotten like any other.
    is_closed = sender is not None and member is None
    if row.state == State.SENT and not is_closed:
        _record("sent", "invitation", row.pk, space.pk, by)


def _know(row: Invitation, member: Member) -> None:
    """It is a member's address: they see the group's name; whoever is inside is not written to,
    and a host cannot tell one from the other."""
    place, made = Membership.objects.get_or_create(
        space_id=row.space_id,
        member=member,
        defaults={"state": Membership.State.INVITED, "by": row.by, "role": row.role},
    )
    row.member = member
    if place.is_in:
        row.state, row.answered_at = State.IN, time.now()
        _empty(row)
        return
    if not made and place.state in (Membership.State.LEFT, Membership.State.DECLINED):
        Membership.objects.filter(pk=place.pk).update(state=Membership.State.INVITED)
    row.save(update_fields=["member"])
    forget(member)


def _let_go(row: Invitation) -> None:
    _not_invited(row)
    row.delete()


def _not_invited(row: Invitation) -> None:
    if row.member_id is not None:
        Membership.objects.filter(
            space_id=row.space_id, member_id=row.member_id, state=Membership.State.INVITED
        ).delete()


def _empty(row: Invitation) -> None:
    row.address = row.name = ""
    row.save()


def _locked(invitation: Invitation) -> Invitation | None:
    rows = Invitation.objects.select_related("space", "by", "member")
    found: Invitation | None = (
        rows.select_for_update(of=("self",), no_key=True).filter(pk=invitation.pk).first()
    )
    return found


def _must_be_few(space: Space, new: int) -> None:
    day_ago = time.now() - timedelta(days=1)
    today = Invitation.objects.filter(space=space, at__gt=day_ago).count()
    left = max(0, rules.MOST_A_DAY - today)
    if new > left:
        raise TooMany(left)


def _record(what: str, sort: str, pk: int, space_id: int, by: Member | None) -> None:
    record(
        f"invitation.{what}",
        subject_type=sort,
        subject_id=pk,
        actor_id=by.pk if by else None,
        detail={"space": space_id},
        public=False,
    )
