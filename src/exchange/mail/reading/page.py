"""Reads the HTML of a mail as lines, and keeps what its containers say: quote, header, signature.
Called by `mail.reading.actions`. Works through events, so depth costs nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import parse_qs, urlsplit

from lxml import etree

from exchange.mail.reading import containers
from exchange.mail.reading.line import Line

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "caption",
    ]
)
_SPACED = frozenset(["p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "pre"])
_UNSEEN = frozenset(
    ["head", "script", "style", "title", "xml", "template", "noscript", "select", "option"]
)
_SPACES = re.compile(r"[ \t\r\n]+")
MOST_LINES, DEEPEST = 9_000, 2_000
_PICTURE_WORDS = re.compile(r"[^\w\s]{1,8}")


@dataclass(frozen=True)
class _Place:
    """Where in the page we are; what stands inside has the same."""

    depth: int = 0
    hint: str = ""
    is_indented: bool = False
    is_hidden: bool = False
    is_pre: bool = False
    tint: str = ""
    address: str = ""
    list_tag: str = ""
    is_tight: bool = False


def lines_of(html: str) -> list[Line]:
    """The page's lines as a person would see them."""
    target = _Reader()
    parser = etree.HTMLParser(target=target, encoding="utf-8", huge_tree=True, no_network=True)
    # What one call may be given is limited by the parser, so pieces.
    content = html.replace("\x00", "").encode("utf-8", "replace")
    try:
        for start in range(0, len(content), 1_000_000):
            parser.feed(content[start : start + 1_000_000])
        parser.close()
    except (etree.LxmlError, AssertionError, ValueError):
        target.close()
    return target.lines


class _Reader:
    """Hears what the parser finds."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._stack: list[tuple[str, _Place]] = [("", _Place())]
        self._texts: list[str] = []
        self._place = _Place()
        self._tints: set[str] = set()
        self._wants_blank = False
        self._numbers: list[int] = []
        # What stands before the item of a list; a paragraph inside goes on in its line.
        self._bullet = ""

    def start(self, tag: object, attributes: Mapping[str, str]) -> None:
        name = tag.lower() if isinstance(tag, str) else ""
        outer = self._stack[-1][1]
        if (len(self.lines) > MOST_LINES or len(self._stack) > DEEPEST) and name not in _UNSEEN:
            # Nobody writes such a page; its words are kept, without their places.
            self._stack.append(("", outer))
            self._texts.append(" ")
            return
        place = self._entered(name, attributes, outer)
        self._stack.append((name, place))
        if place.is_hidden:
            return
        if name in _BLOCKS and not (name in ("td", "th") and self._in_row()):
            self._begin_block(name, place)
        if name == "br":
            self._break()
        elif name == "hr":
            self.lines.append(Line("", place.depth, place.hint or "rule", place.is_indented))
        elif name == "li":
            self._number_item(outer)
        elif name in ("ul", "ol"):
            self._numbers.append(0)
        elif name == "img" and _PICTURE_WORDS.fullmatch(attributes.get("alt") or ""):
            self.data(attributes["alt"])

    def _begin_block(self, name: str, place: _Place) -> None:
        """A paragraph that begins a list's item goes on behind its number."""
        if self._bullet and "".join(self._texts).strip() == self._bullet.strip():
            self._texts = [self._bullet]
            return
        self._end_line()
        if name in _SPACED and not place.is_tight:
            self._ask_blank()

    def end(self, tag: object) -> None:
        name = tag.lower() if isinstance(tag, str) else ""
        if len(self._stack) < 2:
            return
        _, place = self._stack.pop()
        if place.is_hidden:
            return
        if name == "a":
            self._add_address(place.address)
        if name in ("ul", "ol") and self._numbers:
            self._numbers.pop()
        if name in ("td", "th"):
            self._texts.append(" " if self._texts else "")
        elif name in _BLOCKS:
            self._end_line()
            if name in _SPACED and not place.is_tight:
                self._ask_blank()

    def data(self, text: str) -> None:
        place = self._stack[-1][1]
        if place.is_hidden:
            return
        if place.is_pre and len(self.lines) < MOST_LINES:
            *whole, text = text.replace("\r\n", "\n").split("\n")
            for line in whole:
                self._add(line, place)
                self._break()
        else:
            text = _SPACES.sub(" ", text)
            if text == " " and not self._texts:
                return
        self._add(text, place)

    def comment(self, text: str) -> None:
        """Comments are not words."""

    def close(self) -> list[Line]:
        self._end_line()
        return self.lines

    def _entered(self, name: str, attributes: Mapping[str, str], outer: _Place) -> _Place:
        place = outer
        said = containers.seen(name, attributes)
        if name in _UNSEEN or said.is_hidden:
            place = replace(place, is_hidden=True)
        if said.quotes:
            place = replace(place, depth=place.depth + 1)
        if said.indents and not place.depth:
            place = replace(place, is_indented=True)
        if said.hint and not place.hint:
            place = replace(place, hint=said.hint)
        if said.tint and not place.address:
            place = replace(place, tint=said.tint)
        if name == "pre" or said.keeps_spaces:
            place = replace(place, is_pre=True)
        if name == "a":
            place = replace(place, address=attributes.get("href") or " ", tint="")
        if place.is_tight != said.is_tight:
            place = replace(place, is_tight=said.is_tight)
        if name in ("ul", "ol"):
            place = replace(place, list_tag=name)
        return place

    def _in_row(self) -> bool:
        """Whether a cell before this one stands on the same line."""
        return bool(self._texts) and self._texts[-1] == " "

    def _add(self, text: str, place: _Place) -> None:
        if not text:
            return
        if self._texts and self._place.depth != place.depth:
            self._end_line()
        if not self._texts:
            self._place = place
        if text.strip():
            self._tints.add(place.tint if not place.address else self._place.tint)
            if not self._place.hint and place.hint and not "".join(self._texts).strip():
                self._place = place
        self._texts.append(text)

    def _add_address(self, address: str) -> None:
        """What a link leads to, if its words do not say it."""
        address = _unwrapped(address.strip())
        said = "".join(self._texts[-6:]).replace("\xa0", " ").strip().rstrip("/")
        is_web = address.startswith(("http://", "https://"))
        bare = re.sub(r"\Ahttps?://(www\.)?", "", address).rstrip("/")
        if is_web and said and bare and bare not in said and len(address) < 500:
            self._texts.append(f" <{address}>")

    def _number_item(self, outer: _Place) -> None:
        if self._numbers and outer.list_tag == "ol":
            self._numbers[-1] += 1
        is_counted = bool(self._numbers) and outer.list_tag == "ol"
        self._bullet = f"{self._numbers[-1]}. " if is_counted else "- "
        self._add(self._bullet, self._stack[-1][1])

    def _ask_blank(self) -> None:
        self._wants_blank = bool(self.lines)

    def _end_line(self) -> None:
        if self._texts:
            self._break()

    def _break(self) -> None:
        text = "".join(self._texts).replace("\xa0", " ")
        place = self._place if self._texts else self._stack[-1][1]
        if self._wants_blank and self.lines and self.lines[-1].text.strip():
            between = min(place.depth, self.lines[-1].depth)
            self.lines.append(Line("", depth=between, hint=place.hint))
        self._wants_blank = False
        tint = self._tints.pop() if len(self._tints) == 1 else ""
        shown = text.rstrip() if place.is_pre else text.strip()
        self.lines.append(
            Line(shown, place.depth, place.hint, place.is_indented, tint if shown else "")
        )
        self._texts, self._tints, self._bullet = [], set(), ""


def _unwrapped(address: str) -> str:
    """The address a mail filter has wrapped into its own."""
    if "safelinks.protection.outlook.com" in address or "google.com/url?" in address:
        asked = parse_qs(urlsplit(address).query)
        return next(iter(asked.get("url") or asked.get("q") or []), address)
    return address
