"""The tag `library_waiting`: how much of the library waits for hosts, and where.
Used by this room's own templates."""

from django import template

from exchange.library.health import waiting

register = template.Library()


@register.simple_tag
def library_waiting() -> dict[str, int]:
    numbers = waiting.numbers()
    return {**numbers, "all": sum(numbers.values())}
