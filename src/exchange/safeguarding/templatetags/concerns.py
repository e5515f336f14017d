"""Tags of this room's pieces on other pages: who looks after safeguarding, private words to a member.
Used by this room's own templates."""

from django import template

from exchange.members.models import Member
from exchange.safeguarding import queries
from exchange.safeguarding.models import PosterNote

register = template.Library()


@register.simple_tag
def looks_after_safeguarding(member: Member) -> bool:
    return queries.is_handler(member)


@register.simple_tag
def private_words(member: Member) -> list[PosterNote]:
    """What safeguarding wrote to a member, the newest first."""
    return queries.notes_to(member)
