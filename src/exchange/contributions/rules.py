"""Who may do what with a contribution. They read the rows they are given and answer.
Called by actions, and by views that show or hide a button."""

from exchange.contributions import kinds
from exchange.contributions.models import OUT_STATES, Contribution, State
from exchange.contributions.voice.queries import is_voice_of
from exchange.core.time import now
from exchange.hubs import rules as hubs
from exchange.hubs.models import Space
from exchange.members.models import Member


def may_contribute(member: Member) -> bool:
    """Active members share; a paused one reads until the pause ends."""
    if not member.is_active or member.erased_at is not None:
        return False
    return member.paused_until is None or member.paused_until <= now()


def may_share_in(member: Member, space: Space | None, *, is_inside: bool) -> bool:
    """Anywhere for everybody who may contribute; in a hub or a group, who belongs there and is no
    guest. Nothing is inside nowhere."""
    if space is None:
        return may_contribute(member) and not is_inside
    return may_contribute(member) and space.is_open and hubs.may_write(member, space.pk)


def may_revise(member: Member, contribution: Contribution) -> bool:
    """The author while it stands or waits, and hosts; inside a group, who writes there still."""
    if contribution.state not in (*OUT_STATES, State.WAITING, State.HELD):
        return False
    if contribution.is_protected:
        # On a page of their own, by whose they are alone.
        return False
    if contribution.is_inside and not hubs.may_write(member, contribution.space_id):
        return False
    return member.is_host or _is_their_own(member, contribution)


def may_send_prepared(member: Member, contribution: Contribution) -> bool:
    """What is being prepared is shared by whoever wrote it down, or by a host."""
    return member.is_host or _is_their_own(member, contribution)


def may_withdraw(member: Member, contribution: Contribution) -> bool:
    """One's own words, at any time; hosts, anything; hosts of a space, anything in it."""
    if contribution.state in (State.WITHDRAWN, State.SEALED):
        return False
    return is_hosting(member, contribution) or _is_their_own(member, contribution)


def may_close(member: Member, contribution: Contribution) -> bool:
    """Closing ends the answers, not the reading."""
    return contribution.is_out and (
        is_hosting(member, contribution) or _is_their_own(member, contribution)
    )


def may_decide(member: Member, contribution: Contribution) -> bool:
    """Hosts decide about what waits, and hosts of a space about what waits there; but never about
    their own words, nor about those they said without their name."""
    if contribution.author_id == member.pk or not is_hosting(member, contribution):
        return False
    return not is_voice_of(member, contribution)


def is_hosting(member: Member, contribution: Contribution) -> bool:
    """A host of the Exchange, or of the hub or group in which it was written."""
    return member.is_host or hubs.hosts(member, contribution.space_id)


def _is_their_own(member: Member, contribution: Contribution) -> bool:
    """What a host wrote down for everybody is the hosts', also when this one is none any more."""
    is_by_hosts = contribution.kind in kinds.slugs() and kinds.get(contribution.kind).is_by_hosts
    return contribution.author_id == member.pk and not is_by_hosts
