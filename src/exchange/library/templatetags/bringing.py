"""Tags of this matter's line at the desk: how many looks at other libraries nobody has seen to.
Used by this room's own templates."""

from django import template

from exchange.library.bringing import queries

register = template.Library()


@register.simple_tag
def looks_to_see() -> int:
    return queries.unseen()
