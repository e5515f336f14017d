"""The `unfinished` tag: what a member has begun and not sent.
Used by this room's own template in the list under "You"."""

from django import template

from exchange.contributions import drafts
from exchange.members.models import Member

register = template.Library()


@register.simple_tag
def unfinished(member: Member) -> list[drafts.Unsent]:
    """The member's drafts, the latest first."""
    return drafts.unfinished(member)
