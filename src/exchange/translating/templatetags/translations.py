"""Names of languages and words of the glossary, for the templates of this room.
Loaded by templates alone."""

from django import template

from exchange.core import languages
from exchange.translating.glossary import Entry

register = template.Library()


@register.filter
def language_name(code: str) -> str:
    """How the page's language calls another one."""
    return languages.named(code)


@register.filter
def term_in(entry: Entry, language: str) -> str:
    """The glossary's word for a term."""
    return entry.in_language(language)
