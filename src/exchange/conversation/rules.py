"""Who may answer, mark and change an answer. They read the rows they are given.
Called by actions, and by views that show or hide a button."""

from exchange.contributions import kinds
from exchange.contributions import rules as spine_rules
from exchange.contributions.models import OUT_STATES, Contribution, State
from exchange.contributions.voice.queries import is_own_answer
from exchange.conversation.models import Reply
from exchange.hubs import rules as hubs
from exchange.members.models import Member


def may_reply(member: Member, contribution: Contribution) -> bool:
    """Active members, while the contribution takes answers; inside a group, its members."""
    takes = kinds.get(contribution.kind).takes_replies
    if not (takes and contribution.is_open and spine_rules.may_contribute(member)):
        return False
    return not contribution.is_inside or hubs.may_write(member, contribution.space_id)


def may_revise_reply(member: Member, reply: Reply) -> bool:
    """Its author and hosts, while it stands or waits; inside a group, who writes there still."""
    if reply.is_protected or reply.state not in (*OUT_STATES, State.WAITING, State.HELD):
        return False
    about = reply.contribution
    if about.is_inside and not hubs.may_write(member, about.space_id):
        return False
    return member.is_host or reply.author_id == member.pk


def may_withdraw_reply(member: Member, reply: Reply) -> bool:
    """One's own words, at any time; hosts, anything."""
    if reply.state in (State.WITHDRAWN, State.SEALED):
        return False
    return spine_rules.is_hosting(member, reply.contribution) or reply.author_id == member.pk


def may_decide_reply(member: Member, reply: Reply) -> bool:
    """Hosts decide about what waits (in a space, its hosts too), but never about their own words."""
    if reply.author_id == member.pk or not spine_rules.is_hosting(member, reply.contribution):
        return False
    return not (reply.is_protected and is_own_answer(member, reply.contribution_id, reply.pk))


def may_mark_helped(member: Member, author_id: int | None) -> bool:
    """Anyone who can contribute, but not for their own words."""
    return spine_rules.may_contribute(member) and member.pk != author_id


def may_accept(member: Member, contribution: Contribution) -> bool:
    """Who asked says what answered it; hosts may for a question the hosts asked."""
    if contribution.kind != "question":
        return False
    return contribution.author_id == member.pk or (member.is_host and not contribution.author_id)
