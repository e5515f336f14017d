"""The `quotes_of` tag: a member's own words in briefs.
Used by this room's own template in the list under "You"."""

from django import template

from exchange.briefings.models import Quoted
from exchange.briefings.quoting import queries
from exchange.members.models import Member

register = template.Library()


@register.simple_tag
def quotes_of(member: Member) -> list[Quoted]:
    """Those they are asked about first, then those they agreed to."""
    return queries.of_member(member)
