"""A letter before it has an address: its pieces, as plain text first and as one light page.
Used by the letters of every room; what a piece is, both forms say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from html import escape, unescape
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from css_inline import CSSInliner
from django.conf import settings
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, override

from exchange.core import html
from exchange.core.languages import direction
from exchange.core.look import minified
from exchange.mail import marker

# heading: what it is, once at the top. title: of one thing among others; with an address.
# words, quote: somebody's own, in light Markdown. plain: ours. page: a page of ours in Markdown, such
# as the code of conduct; its signs do not stand in the text. context: a quiet line under a title.
# link, button: at most one button a letter. small: the foot, under a rule. marker: at the top, when
# the letter can be answered.
Sort = Literal[
    "heading",
    "title",
    "words",
    "quote",
    "plain",
    "page",
    "context",
    "link",
    "button",
    "rule",
    "small",
    "marker",
]
# Base64 on its way makes four bytes of three: so a page is never more than 20 kB of a mail.
LARGEST_PAGE = 14_400
# Of one person's words, and of all of a letter.
LONGEST_TEXT = 40_000
LARGEST_TEXT = 100_000
_SHORTER = (9_000, 5_000, 2_500, 1_200, 600, 300, 150)
_LINK = re.compile(r'<a href="(?P<to>[^"]*)"[^>]*>(?P<words>.*?)</a>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_THEIR_OWN = ("words", "quote")
# Markdown of ours, to be read without its signs; the strokes of lists stay.
_SIGNS = (
    (re.compile(r"^#{1,6} +", re.MULTILINE), ""),
    (re.compile(r"\*\*(\S(?:.*?\S)?)\*\*", re.DOTALL), r"\1"),
    (re.compile(r"(?<![*\w])\*(\S(?:[^*\n]*\S)?)\*(?![*\w])"), r"\1"),
    (re.compile(r"\[([^\]\n]+)\]\(([^)\s]+)\)"), r"\1 (\2)"),
)


@dataclass(frozen=True)
class Piece:
    """One piece of a letter. `language` is that of a person's own words; `address` of a link, or
    where long words are read on."""

    sort: Sort
    text: str = ""
    address: str = ""
    language: str = ""


@dataclass(frozen=True)
class Paper:
    """Subject and pieces, in one language."""

    subject: str
    pieces: tuple[Piece, ...]
    language: str = "en"

    @cached_property
    def text(self) -> str:
        """The plain text part. No line is wrapped: every screen does that by itself. Words are
        whole, unless all of them together were more than a mail should carry."""
        with override(self.language):
            for pieces in _ever_shorter(self.pieces, first=LONGEST_TEXT):
                text = "\n\n".join(filter(None, map(_as_text, pieces))) + "\n"
                if len(text) <= LARGEST_TEXT:
                    break
        return text

    @cached_property
    def html(self) -> str:
        """The light page: at most 20 kB, nothing remote, its styles in its elements. Long words
        are cut, with a link to read on; nothing at all when that is not enough."""
        with override(self.language):
            for pieces in _ever_shorter(self.pieces):
                page = self._page(pieces)
                if len(page.encode()) <= LARGEST_PAGE:
                    return page
        return ""

    def _page(self, pieces: Iterable[Piece]) -> str:
        template = get_template("mail/paper.html")
        shown = [_Shown(piece, self.language) for piece in pieces]
        known = {
            "subject": self.subject,
            "language": self.language,
            "direction": direction(self.language),
            "style": _style(),
            "pieces": shown,
        }
        return _inliner().inline(_tight(template.render(known)))


class _Shown:
    """One piece as the template shows it."""

    def __init__(self, piece: Piece, language: str) -> None:
        self.sort = "words" if piece.sort == "page" else piece.sort
        self.address = piece.address
        self.language = piece.language or language
        self.direction = direction(self.language)
        self.is_soft = piece.sort in ("small", "context")
        self.text = _said(piece)

    @property
    def words(self) -> SafeString:
        """Made safe in core; addresses of our own pages get our name in front. A link says where it
        leads: in a mail of ours, words that look like our address would be believed."""
        rendered = _LINK.sub(_with_place, html.from_markdown(self.text))
        return mark_safe(rendered.replace('href="/', f'href="{settings.BASE_URL}/'))

    @property
    def label(self) -> str:
        """The words that are a link here; in the text the address stands below them."""
        return self.text.rstrip(" :")

    @property
    def read_on(self) -> str:
        return gettext("Read on")


def _with_place(found: re.Match[str]) -> str:
    place = urlsplit(unescape(found["to"]))
    plain = unescape(_TAG.sub("", found["words"])).strip()
    is_ours = place.netloc in ("", urlsplit(settings.BASE_URL).netloc)
    if plain == unescape(found["to"]) or (is_ours and place.scheme != "mailto"):
        return found[0]
    return f"{found[0]} ({escape(place.netloc or place.path)})"


def _as_text(piece: Piece) -> str:
    if piece.sort == "rule":
        return "--"
    said = _said(piece)
    if piece.sort == "page":
        said = _without_signs(said)
    if piece.sort == "quote":
        said = "\n".join(f"> {line}".rstrip() for line in said.splitlines())
    where = piece.address
    if piece.sort in _THEIR_OWN:
        where = f"{gettext('Read on')}:\n{where}" if where else ""
    return "\n".join(filter(None, [said, where]))


def _without_signs(markdown: str) -> str:
    for sign, instead in _SIGNS:
        markdown = sign.sub(instead, markdown)
    return markdown.strip()


def _said(piece: Piece) -> str:
    return piece.text or (marker.line() if piece.sort == "marker" else "")


def _ever_shorter(pieces: tuple[Piece, ...], *, first: int = 0) -> Iterator[list[Piece]]:
    for longest in (first, *_SHORTER):
        yield [_shortened(piece, longest) for piece in pieces]


def _shortened(piece: Piece, longest: int) -> Piece:
    if piece.sort not in _THEIR_OWN:
        return piece
    text = _cut(piece.text, longest) if longest else piece.text
    # Only what was cut, here or by who wrote the letter, is read on elsewhere.
    is_whole = text == piece.text and not text.endswith("…")
    return replace(piece, text=text, address="" if is_whole else piece.address)


def _cut(text: str, longest: int) -> str:
    """The beginning of a text, at most so many bytes, to the end of a paragraph or a word."""
    raw = text.encode()
    if len(raw) <= longest:
        return text
    begun = raw[:longest].decode(errors="ignore")
    for end in ("\n\n", "\n", " "):
        kept = begun.rpartition(end)[0].rstrip()
        if len(kept) > len(begun) // 2:
            return f"{kept} …"
    return f"{begun}…"


def _tight(page: str) -> str:
    return "\n".join(line for line in page.splitlines() if line)


@lru_cache(maxsize=1)
def _style() -> SafeString:
    sheet = Path(__file__).with_name("paper.css").read_text(encoding="utf-8")
    return mark_safe(minified(sheet))


@lru_cache(maxsize=1)
def _inliner() -> CSSInliner:
    # What depends on the reader's scheme of colours cannot stand in an element, and stays.
    return CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)
