"""The `places_of` tag: the webinars a member has a place in.
Used by this room's own template in the list under "You"."""

from django import template

from exchange.members.models import Member
from exchange.webinars.models import Seat
from exchange.webinars.seats import queries

register = template.Library()


@register.simple_tag
def places_of(member: Member) -> list[Seat]:
    """The next first."""
    return queries.mine(member)
