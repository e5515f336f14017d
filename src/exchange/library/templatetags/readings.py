"""The tags `language_named` and `problems_open`: how a light view's language is called, and how
many problems wait. Used by this room's own templates."""

from django import template

from exchange.core import languages
from exchange.library.reading import queries

register = template.Library()


@register.simple_tag
def language_named(code: str) -> str:
    return languages.named(code)


@register.simple_tag
def problems_open() -> int:
    return queries.open_count()
