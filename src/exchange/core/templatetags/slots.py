"""The `slot` tag: shows what other rooms registered for a place on the page.
Used by templates of every room."""

from django import template
from django.template import Context
from django.template.loader import get_template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from exchange.core.slots import fillings

register = template.Library()


@register.simple_tag(takes_context=True)
def slot(context: Context, name: str) -> SafeString:
    """Render every filling of a slot with the page's own context."""
    flat = {str(key): value for key, value in context.flatten().items()}
    pieces = (
        (get_template(filling).render(flat, context.get("request")),) for filling in fillings(name)
    )
    return format_html_join("", "{}", pieces)
