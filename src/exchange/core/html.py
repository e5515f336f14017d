"""Safe HTML: from a light Markdown that people type, and of documents that the library renders.
The only place where words become HTML; called by models, cards and the library."""

import re
from collections.abc import Iterator
from functools import lru_cache

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

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
# An address as people paste it. What ends a sentence is not part of it, nor is a closing bracket.
_ADDRESS = re.compile(r"https?://[^\s<>\"'`()\[\]{}]{3,2000}(?<![.,;:!?…،؛؟*_])")
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
    tokens = pieces(text)
    for token in tokens:
        token.tag = _HEADINGS.get(token.tag, token.tag)
        if token.children and "://" in token.content:
            token.children = list(_linked(token.children))
    rendered = _markdown.renderer.render(tokens, _markdown.options, {})
    cleaned = nh3.clean(
        rendered,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel="nofollow ugc noopener",
    )
    return mark_safe(cleaned)


def pieces(text: str) -> list[Token]:
    """How light Markdown is read, before it is rendered: for whoever turns it into something else
    that people edit."""
    # Half a surrogate pair cannot be written out; it comes from older rows or broken clients.
    return _markdown.parse(text.encode("utf-8", "replace").decode("utf-8"))


def _linked(parts: list[Token]) -> Iterator[Token]:
    """The pieces of a line, with every address that was simply pasted as a link."""
    inside = 0
    for piece in parts:
        inside += piece.nesting if piece.type in ("link_open", "link_close") else 0
        if piece.type == "text" and not inside:
            yield from _split_at_addresses(piece.content)
        else:
            yield piece


def _split_at_addresses(words: str) -> Iterator[Token]:
    done = 0
    for found in _ADDRESS.finditer(words):
        yield Token("text", "", 0, content=words[done : found.start()])
        yield Token("link_open", "a", 1, attrs={"href": found[0]})
        yield Token("text", "", 0, content=found[0])
        yield Token("link_close", "a", -1)
        done = found.end()
    yield Token("text", "", 0, content=words[done:])


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
