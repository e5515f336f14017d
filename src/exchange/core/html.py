"""Safe HTML from a light Markdown: paragraphs, lists, quotes, bold, italic, links, headings.
The only place where typed text becomes HTML; called by models and cards."""

from functools import lru_cache

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

_TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "blockquote", "a", "h3", "h4", "code", "hr"}
_ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}
_SCHEMES = {"http", "https", "mailto", "tel"}
_HEADINGS = {"h1": "h3", "h2": "h3", "h3": "h4", "h4": "h4", "h5": "h4", "h6": "h4"}
MAX_NESTING = 12
# The same words come out the same; popular pages need not be read again for every reader.
REMEMBERED = 2048


def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False, "breaks": True, "maxNesting": MAX_NESTING})
    return reader.disable(["image", "html_block", "html_inline", "entity", "fence", "code"])


_markdown = _reader()


@lru_cache(maxsize=REMEMBERED)
def from_markdown(text: str) -> SafeString:
    """Render light Markdown. Headings start at h3 (a page has its own h1 and h2); links carry
    rel="nofollow ugc noopener"; nothing but the short list of tags comes out."""
    # Half a surrogate pair cannot be written out; it comes from older rows or broken clients.
    tokens = _markdown.parse(text.encode("utf-8", "replace").decode("utf-8"))
    for token in tokens:
        token.tag = _HEADINGS.get(token.tag, token.tag)
    rendered = _markdown.renderer.render(tokens, _markdown.options, {})
    cleaned = nh3.clean(
        rendered,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel="nofollow ugc noopener",
    )
    return mark_safe(cleaned)
