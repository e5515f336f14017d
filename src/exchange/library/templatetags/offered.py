"""The `offered_waiting` tag: how much was offered beside records that no host has read.
Used by this room's own template on the desk."""

from django import template

from exchange.library.offering import queries

register = template.Library()


@register.simple_tag
def offered_waiting() -> int:
    return queries.how_many_wait()
