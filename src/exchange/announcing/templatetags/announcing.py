"""The tag `fediverse`: the address of our account there, while it is switched on.
Used by templates of this room."""

from django import template

from exchange.announcing.fediverse import queries

register = template.Library()


@register.simple_tag
def fediverse() -> str:
    """ "@exchange@example.org", or nothing."""
    return queries.address()
