"""The `files_to_look_at` tag: how many files wait for a host.
Used by this room's own template on the desk."""

from django import template

from exchange.library.files import queries

register = template.Library()


@register.simple_tag
def files_to_look_at() -> int:
    return queries.to_look_at()
