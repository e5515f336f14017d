"""What a host at the desk may see of a person: what members see, also of who keeps apart from them.

{% load people %}{% shown_of item.author as told %}{{ told.country_label }}
"""

from django import template

from exchange.members import showing
from exchange.members.models import Member
from exchange.members.showing import Shown

register = template.Library()


@register.simple_tag
def shown_of(member: Member | None) -> Shown | None:
    """The person as members see them; nobody gives nothing."""
    if member is None:
        return None
    return Shown(member, showing.seen_by(member, showing.MEMBERS))
