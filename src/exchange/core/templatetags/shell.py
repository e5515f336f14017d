"""Tags every template has: `icon`, `when`, `day`, `number`, `size`.
Loaded for all templates by settings; used by templates alone."""

from datetime import date, datetime

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from exchange.core import words
from exchange.core.icons import ICONS
from exchange.core.text import size_in_words

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    """A small drawn mark; it says nothing to a screen reader, the words beside it do."""
    drawn = ICONS.get(name, "")
    if not drawn:
        return SafeString("")
    return mark_safe(f'<svg class="i" viewBox="0 0 24 24" aria-hidden="true">{drawn}</svg>')


@register.simple_tag
def when(moment: datetime | None) -> SafeString:
    """How long ago, as people say it, with the exact moment for machines."""
    if moment is None:
        return SafeString("")
    return format_html('<time datetime="{}">{}</time>', _exact(moment), words.ago(moment))


@register.simple_tag
def day(moment: date | None) -> SafeString:
    """A date in words, with the exact date for machines."""
    if moment is None:
        return SafeString("")
    return format_html('<time datetime="{}">{}</time>', f"{moment:%Y-%m-%d}", words.day(moment))


@register.filter
def number(value: int | float | None) -> str:
    """A number with the reader's separators."""
    return "" if value is None else words.number(value)


@register.filter
def size(bytes_count: int) -> str:
    """A size as people say it: 38 kB, 1.1 MB."""
    return size_in_words(bytes_count)


def _exact(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%MZ")
