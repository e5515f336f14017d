"""The tag `language_named`: how a light view's language is called.
Used by this room's own templates."""

from django import template

from exchange.core import languages

register = template.Library()


@register.simple_tag
def language_named(code: str) -> str:
    return languages.named(code)
