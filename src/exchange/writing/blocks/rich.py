"""Rich text of the editor to light Markdown and back. Nothing but bold, italic, links and lists.
Called by `plain` alone; what comes out is rendered by core.html and by nothing else."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser

from markdown_it.tree import SyntaxTreeNode

from exchange.core import html

# What the editor's own links name: the address of one of its pages; "" for none.
AddressOf = Callable[[int], str]
SCHEMES = ("http://", "https://", "mailto:", "tel:", "/")
_EVERYWHERE = re.compile(r"[\\`*\[\]<]|(?<![^\W_])_|_(?![^\W_])")
_BEGINS = re.compile(r"^(\s*)([#>+\-=~]|\d+(?=[.)]))", re.MULTILINE)
_MARKS = {"link": ("[", "]"), "bold": ("**", "**"), "italic": ("*", "*")}
_BOLD, _ITALIC = {"b", "strong"}, {"i", "em"}
_LISTS = {"ul", "ol"}


@dataclass(frozen=True)
class Run:
    """Words of one look."""

    words: str
    bold: bool = False
    italic: bool = False
    link: str = ""

    @property
    def looks(self) -> list[tuple[str, str]]:
        named = (("link", self.link), ("bold", self.bold), ("italic", self.italic))
        return [(name, str(value)) for name, value in named if value]


@dataclass
class _Node:
    """A piece of the editor's HTML, with what is in it."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    inside: list[_Node | str] = field(default_factory=list)


class _Tree(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [_Node("")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = _Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].inside.append(node)
        if tag not in ("br", "hr", "img", "embed"):
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        for place in range(len(self.open) - 1, 0, -1):
            if self.open[place].tag == tag:
                del self.open[place:]
                return

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)


def to_markdown(rich: str, address_of: AddressOf = lambda page: "") -> str:
    """Light Markdown of the editor's HTML, with every word of it."""
    tree = _Tree()
    tree.feed(rich)
    tree.close()
    return "\n\n".join(_blocks(tree.open[0], address_of))


def escaped(words: str) -> str:
    """Words that mean nothing to Markdown but themselves; one paragraph or less."""
    marked = _EVERYWHERE.sub(r"\\\g<0>", words)
    return _BEGINS.sub(_begun, marked)


def escaped_heading(words: str) -> str:
    """As `escaped`, for one line after the marks of a heading, which ends with no more of them."""
    return r"\#".join(_EVERYWHERE.sub(r"\\\g<0>", part) for part in words.split("#"))


def from_nodes(nodes: Iterable[SyntaxTreeNode]) -> str:
    """The editor's HTML of paragraphs and lists that were read from light Markdown."""
    return "".join(_written(node) for node in nodes)


def plain_words(node: SyntaxTreeNode) -> str:
    """What a heading or a line says, without its looks."""
    return "".join(
        "\n" if child.type in ("softbreak", "hardbreak") else _text(child)
        for inline in node.walk()
        if inline.type == "inline"
        for child in inline.walk()
        if not child.children
    )


def _begun(found: re.Match[str]) -> str:
    before, mark = found.groups()
    return f"{before}{mark}\\" if mark.isdecimal() else f"{before}\\{mark}"


def _blocks(node: _Node, address_of: AddressOf) -> list[str]:
    """Paragraphs and lists; loose words stand in a paragraph of their own."""
    made, loose = [], _Node("p")
    for child in node.inside:
        if isinstance(child, _Node) and _is_block(child):
            made += [_paragraph(loose, address_of), *_block(child, address_of)]
            loose = _Node("p")
        else:
            loose.inside.append(child)
    made.append(_paragraph(loose, address_of))
    return [one for one in made if one]


def _is_block(node: _Node) -> bool:
    return node.tag in _LISTS or node.tag not in {"a", "br", "span", *_BOLD, *_ITALIC}


def _block(node: _Node, address_of: AddressOf) -> list[str]:
    if node.tag in _LISTS:
        return [_list(node, address_of)]
    return _blocks(node, address_of)


def _list(node: _Node, address_of: AddressOf) -> str:
    lines, number = [], 0
    for item in (child for child in node.inside if isinstance(child, _Node)):
        pieces = _blocks(item, address_of) if item.tag not in _LISTS else [_list(item, address_of)]
        if not pieces:
            continue
        number += 1
        mark = "- " if node.tag == "ul" else f"{number}. "
        inside = "\n".join(pieces).replace("\n", "\n" + " " * len(mark))
        lines.append(mark + inside)
    return "\n".join(lines)


def _paragraph(node: _Node, address_of: AddressOf) -> str:
    return written(_settled(_runs(node, Run(""), address_of)))


def written(runs: list[Run]) -> str:
    """One paragraph; without its looks where Markdown could not tell them from the words."""
    whole = "".join(run.words for run in runs)
    if not whole.strip():
        return ""
    looked = _marked(runs)
    return looked if _read_back(looked) == _lines(whole) else escaped(whole)


def _read_back(markdown: str) -> str | None:
    root = SyntaxTreeNode(html.pieces(markdown))
    if [child.type for child in root.children] != ["paragraph"]:
        return None
    return _lines(plain_words(root.children[0]))


def _lines(words: str) -> str:
    return "\n".join(" ".join(line.split()) for line in words.strip().split("\n"))


def _runs(node: _Node, look: Run, address_of: AddressOf) -> list[Run]:
    found: list[Run] = []
    for child in node.inside:
        if isinstance(child, str):
            found.append(replace(look, words=re.sub(r"\s+", " ", child)))
        elif child.tag == "br":
            found.append(replace(look, words="\n"))
        else:
            found += _runs(child, _look_of(child, look, address_of), address_of)
    return found


def _look_of(node: _Node, look: Run, address_of: AddressOf) -> Run:
    if node.tag in _BOLD:
        return replace(look, bold=True)
    if node.tag in _ITALIC:
        return replace(look, italic=True)
    if node.tag == "a" and not look.link:
        return replace(look, link=_address(node.attributes, address_of))
    return look


def _address(attributes: dict[str, str], address_of: AddressOf) -> str:
    number = attributes.get("id", "")
    if attributes.get("linktype") == "page" and number.isdecimal():
        return address_of(int(number))
    address = attributes.get("href", "").strip()
    return address if address.lower().startswith(SCHEMES) else ""


def _settled(runs: list[Run]) -> list[Run]:
    """White space at the edge of a look belongs to both sides only: marks must touch words."""
    pieces = [
        replace(run, words=part)
        for run in runs
        for part in re.split(r"(^\s+|\s+$)", run.words)
        if part
    ]
    kept: list[Run] = []
    for place, piece in enumerate(pieces):
        if piece.words.isspace():
            beside = [pieces[at] for at in (place - 1, place + 1) if 0 <= at < len(pieces)]
            piece = _shared(piece, beside)
        kept.append(piece)
    return kept


def _shared(piece: Run, beside: list[Run]) -> Run:
    if len(beside) < 2 or any(one.words.isspace() for one in beside):
        return Run(piece.words)
    one, other = beside
    return Run(
        piece.words,
        one.bold and other.bold,
        one.italic and other.italic,
        one.link if one.link == other.link else "",
    )


def _marked(runs: list[Run]) -> str:
    made, standing = "", list[tuple[str, str]]()
    for run in [*runs, Run("")]:
        wanted = run.looks
        while standing and standing != wanted[: len(standing)]:
            made += _closed(*standing.pop())
        for look in wanted[len(standing) :]:
            made += _MARKS[look[0]][0]
            standing.append(look)
        made += _EVERYWHERE.sub(r"\\\g<0>", run.words)
    return _BEGINS.sub(_begun, made.strip())


def _closed(name: str, value: str) -> str:
    mark = _MARKS[name][1]
    return f"{mark}({_for_link(value)})" if name == "link" else mark


def _for_link(address: str) -> str:
    """An address that cannot end its link early."""
    safe = {"(": "%28", ")": "%29", "<": "%3C", ">": "%3E", "\\": "%5C", "&": "\\&"}
    return re.sub(r"\s", "%20", "".join(safe.get(letter, letter) for letter in address))


def _written(node: SyntaxTreeNode) -> str:
    if node.type in ("bullet_list", "ordered_list"):
        tag = "ul" if node.type == "bullet_list" else "ol"
        first = int(node.attrs.get("start", 1))
        if first != 1:
            return _counted(node, first)
        return f"<{tag}>{''.join(map(_item, node.children))}</{tag}>"
    return f"<p>{_inline(node)}</p>"


def _counted(node: SyntaxTreeNode, first: int) -> str:
    """The editor's lists begin at 1: "1986. A good year" keeps its number as a word."""
    return "".join(
        f"<p>{number}. {_item(item).removeprefix('<li>').removesuffix('</li>')}</p>"
        for number, item in enumerate(node.children, first)
    )


def _item(node: SyntaxTreeNode) -> str:
    said = [_inline(child) for child in node.children if not child.type.endswith("_list")]
    lists = [_written(child) for child in node.children if child.type.endswith("_list")]
    return f"<li>{'<br/>'.join(said)}{''.join(lists)}</li>"


def _inline(node: SyntaxTreeNode) -> str:
    """Every line of words in a node, whatever else it is."""
    inlines = [one for one in node.walk() if one.type == "inline"]
    return "<br/>".join("".join(map(_piece, one.children)) for one in inlines)


def _piece(node: SyntaxTreeNode) -> str:
    inside = "".join(map(_piece, node.children))
    if node.type == "strong":
        return f"<b>{inside}</b>"
    if node.type == "em":
        return f"<i>{inside}</i>"
    if node.type == "link":
        address = entities.escape(str(node.attrs.get("href", "")))
        return f'<a href="{address}">{inside}</a>'
    if node.type in ("softbreak", "hardbreak"):
        return "<br/>"
    return entities.escape(_text(node), quote=False)


def _text(node: SyntaxTreeNode) -> str:
    # Code has no button in the editor; its marks stay as letters.
    return f"`{node.content}`" if node.type == "code_inline" else node.content
