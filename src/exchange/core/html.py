"""Safe HTML: from a light Markdown that people type, and of documents that the library renders.
The only place where words become HTML; called by models, cards and the library."""

from functools import lru_cache

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

_TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "blockquote", "a", "h3", "h4", "code", "hr"}
_ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}
_SCHEMES = {"http", "https", "mailto", "tel"}
_HEADINGS = {"h1": "h3", "h2": "h3", "h3": "h4", "h4": "h4", "h5": "h4", "h6": "h4"}
# Of documents: what the library writes itself, looked through once more as if a stranger had.
_DOCUMENT_TAGS = (
    _TAGS - {"code", "br"}
    | {"h2", "h5", "h6", "sup", "sub", "figure", "figcaption", "div"}
    | {"table", "caption", "thead", "tbody", "tr", "th", "td"}
)
_DOCUMENT_ATTRIBUTES = {
    "*": {"id", "dir"},
    "a": {"href", "rel"},
    "ol": {"start"},
    "th": {"scope", "colspan"},
    "td": {"colspan"},
    "div": {"tabindex", "role", "aria-label"},
}
_DOCUMENT_CLASSES = {"p": {"help", "pg"}, "div": {"wide"}}
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


def from_document(rendered: str) -> SafeString:
    """HTML that the library wrote from a stranger's document: what is not on the list is dropped."""
    cleaned = nh3.clean(
        rendered,
        tags=_DOCUMENT_TAGS,
        attributes=_DOCUMENT_ATTRIBUTES,
        allowed_classes=_DOCUMENT_CLASSES,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )
    return mark_safe(cleaned)
