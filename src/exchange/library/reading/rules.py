"""Who may look after light views, and how often somebody may say that one is wrong. Pure.
Called by actions and views of this matter."""

from exchange.members.models import Member

# Problems an hour, of one member and of one line that visitors come by.
A_MEMBER, A_LINE = 20, 6


def may_look_after(member: Member) -> bool:
    return member.is_host


def may_write_words(member: Member | None) -> bool:
    """What a stranger types is read by nobody; what they choose from a list is."""
    return member is not None
