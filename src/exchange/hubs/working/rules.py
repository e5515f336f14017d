"""Who may do what with the papers of a group. They read the rows they are given.
Called by actions, views and mail of `working`."""

from __future__ import annotations

from exchange.hubs import rules
from exchange.hubs.models import Space
from exchange.hubs.models.working import Paper
from exchange.members.models import Member

Kind = Paper.Kind
# What only the hosts of a space begin.
BY_HOSTS = frozenset({Kind.MEETING, Kind.OUTCOME})
# What anybody who may write there changes, whoever began it.
TOGETHER = frozenset({Kind.NOTES, Kind.DRAFT})
# What has been let stand is changed; what was settled stays as it is.
ENDS = frozenset({Kind.DECISION})


def may_begin(member: Member, space: Space, kind: str) -> bool:
    if rules.is_paused(member) or not space.is_open or not rules.may_write(member, space.pk):
        return False
    return kind not in BY_HOSTS or rules.hosts(member, space.pk)


def may_change(member: Member, paper: Paper) -> bool:
    """Hosts change whatever their group keeps, the others what is theirs or everybody's."""
    if rules.is_paused(member) or not paper.space.is_open:
        return False
    if not rules.may_write(member, paper.space_id):
        return False
    if paper.kind in ENDS and paper.is_settled:
        return False
    if rules.hosts(member, paper.space_id) and paper.kind != Kind.STANCE:
        return True
    return paper.kind in TOGETHER or (paper.author_id == member.pk and paper.kind not in BY_HOSTS)


def may_take_away(member: Member, paper: Paper) -> bool:
    if not rules.may_write(member, paper.space_id):
        return False
    return paper.author_id == member.pk or rules.hosts(member, paper.space_id)


def may_settle(member: Member, paper: Paper) -> bool:
    """Say that a point is done: whoever does it, whoever wrote it down, a host; or anybody who may
    write, where it was given to a name alone."""
    if not rules.may_write(member, paper.space_id):
        return False
    is_theirs = member.pk in (paper.owner_id, paper.author_id)
    return is_theirs or paper.owner_id is None or rules.hosts(member, paper.space_id)
