"""By which clock an hour is meant.
Loaded by the field for a day and an hour."""

from django import template
from django.utils.timezone import get_current_timezone_name

from exchange.core.zones import called, is_known

register = template.Library()


@register.simple_tag
def this_clock() -> str:
    """ "Nairobi (UTC+03:00)": the member's own."""
    name = get_current_timezone_name()
    return called(name) if is_known(name) else name
