"""Who may add a picture, let it out, take it away. Pure: they read the rows they are given.
Called by actions, and by views that show or hide a button."""

from exchange.contributions.models import OUT_STATES, Contribution, Picture, State
from exchange.contributions.rules import is_hosting, may_contribute
from exchange.members.models import Member

MOST_BESIDE_A_CONTRIBUTION = 4
MOST_BESIDE_A_REPLY = 1


def most(reply_number: int | None) -> int:
    return MOST_BESIDE_A_CONTRIBUTION if reply_number is None else MOST_BESIDE_A_REPLY


def may_add(member: Member, contribution: Contribution) -> bool:
    """Who shares something may show it; whose words it stands with is the caller's to know."""
    takes = contribution.state in (State.WAITING, *OUT_STATES, State.HELD)
    return takes and may_contribute(member)


def may_add_to_own(member: Member, contribution: Contribution) -> bool:
    """Pictures of a contribution are its author's; hosts add none to other people's words."""
    return may_add(member, contribution) and contribution.author_id == member.pk


def may_let_out(member: Member, picture: Picture) -> bool:
    """Hosts look at what waits, those of a hub or group at what waits there; never at their own."""
    return is_hosting(member, picture.contribution) and picture.by_id != member.pk


def may_take_away(member: Member, picture: Picture) -> bool:
    """Who added it, at any time; hosts, any, and hosts of a hub or group what stands there."""
    return picture.by_id == member.pk or is_hosting(member, picture.contribution)
