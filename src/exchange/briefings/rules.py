"""Who may make briefs and newsletters. Pure: reads what it is given, and answers.
Called by the actions and views of this room."""

from exchange.contributions.rules import may_contribute
from exchange.members.models import Member


def may_publish(member: Member) -> bool:
    """Briefs and newsletters are the hosts'."""
    return member.is_host and may_contribute(member)
