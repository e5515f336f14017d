"""Who may do what with the files of a record. Pure: they read the rows they are given and answer.
Called by actions, and by views that show or hide a button."""

from exchange.contributions.models import Contribution, State
from exchange.contributions.rules import may_contribute
from exchange.library.models import File
from exchange.members.models import Member

MOST_BESIDE = 10
# One member's files in a day, drafts and what they took away again too: a disk is small. Hosts
# bring whole collections.
MOST_A_DAY = 40
BYTES_A_DAY = 600_000_000
NEWCOMERS_BYTES_A_DAY = 150_000_000

_STANDING = (State.WAITING, State.PUBLISHED, State.HELD)


def has_room_today(member: Member, *, files: int, size: int) -> bool:
    """Whether they may send one more, after so many and so much within a day."""
    most = NEWCOMERS_BYTES_A_DAY if member.is_newcomer else BYTES_A_DAY
    return files < MOST_A_DAY and size < most


def may_add(member: Member, resource: Contribution) -> bool:
    """Who added the record, and hosts."""
    if resource.state not in _STANDING or not may_contribute(member):
        return False
    return member.is_host or resource.author_id == member.pk


def may_change(member: Member, file: File) -> bool:
    """Replace or take away: whoever may add beside it; of a draft's file, who sent it."""
    if file.state != File.State.KEPT or file.replaced_by_id is not None:
        return False
    if file.resource is None:
        return file.by_id == member.pk and may_contribute(member)
    return may_add(member, file.resource)


def may_let_out(member: Member, file: File) -> bool:
    """Hosts look at what waits, but never at what they sent themselves."""
    return member.is_host and (file.by_id != member.pk or not file.needs_a_look)
