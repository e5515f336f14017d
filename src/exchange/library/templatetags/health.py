"""How much of the library waits for hosts on this matter's pages.
Used by this room's own templates."""

from django import template

from exchange.library.shelving.queries import waiting_count

register = template.Library()


@register.simple_tag
def collections_waiting() -> int:
    return waiting_count()
