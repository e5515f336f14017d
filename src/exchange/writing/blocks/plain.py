"""Blocks of a page to light Markdown and back, as plain values: [{"type": "heading", …}, …].
Called by publishing and opening; knows values and words, neither pages nor the editor."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from markdown_it.tree import SyntaxTreeNode

from exchange.core import html
from exchange.writing.blocks import rich
from exchange.writing.blocks.rich import AddressOf

Block = dict[str, Any]
SAID_BY = "— "
_RULE = "---"
_QUOTED = re.compile(r"^ {0,3}> ?")
_LISTS = ("bullet_list", "ordered_list")
_IN_TEXT = ("paragraph", *_LISTS)


def to_markdown(blocks: Sequence[Block], address_of: AddressOf = lambda page: "") -> str:
    """What a page says, in the text format of the house. Pictures go another way."""
    made = [_markdown(block["type"], block["value"], address_of) for block in blocks]
    return "\n\n".join(one for one in made if one)


def to_blocks(markdown: str) -> list[Block]:
    """The blocks of a text, with every word of it."""
    text = re.sub(r"\r\n?", "\n", markdown).encode("utf-8", "replace").decode("utf-8")
    lines = text.split("\n")
    blocks: list[Block] = []
    gathered: list[SyntaxTreeNode] = []
    for kind, nodes in _parts(SyntaxTreeNode(html.pieces(text)).children):
        if kind == "text":
            gathered += nodes
            continue
        blocks += _text(gathered)
        gathered = []
        blocks.append(_block(kind, nodes, lines))
    return [block for block in [*blocks, *_text(gathered)] if block["value"]]


def _markdown(kind: str, value: Any, address_of: AddressOf) -> str:
    if kind == "heading":
        words = " ".join(value.split())
        return f"## {rich.escaped_heading(words)}" if words else ""
    if kind == "text":
        return rich.to_markdown(value, address_of)
    if kind == "list":
        items = [rich.escaped(" ".join(_of_item(item).split())) for item in value]
        return "\n".join(f"- {item}" for item in items if item)
    if kind == "quotation":
        return _quotation(value["words"], value.get("who", ""))
    if kind == "callout":
        said = rich.to_markdown(value, address_of)
        return f"{_RULE}\n\n{said}\n\n{_RULE}" if said else ""
    return ""


def _of_item(item: Any) -> str:
    """The editor keeps each item of a list with a number of its own."""
    return str(item["value"] if isinstance(item, dict) else item)


def _quotation(words: str, who: str) -> str:
    """Letter for letter: what is quoted is Markdown already, as its writer typed it."""
    lines = re.sub(r"\r\n?", "\n", words).strip("\n").split("\n")
    if not any(line.strip() for line in lines):
        return ""
    said_by = " ".join(who.split())
    lines += ["", SAID_BY + rich.escaped(said_by)] if said_by else []
    return "\n".join(f"> {line}".rstrip() if not line else f"> {line}" for line in lines)


def _parts(nodes: Sequence[SyntaxTreeNode]) -> list[tuple[str, list[SyntaxTreeNode]]]:
    """The nodes by what they become; two rules with a text between them are a call-out."""
    parts: list[tuple[str, list[SyntaxTreeNode]]] = []
    place = 0
    while place < len(nodes):
        node = nodes[place]
        if node.type == "hr":
            between = _until_rule(nodes, place + 1)
            if between:
                parts.append(("callout", between))
                place += len(between) + 1
        else:
            parts.append((_kind(node), [node]))
        place += 1
    return parts


def _until_rule(nodes: Sequence[SyntaxTreeNode], start: int) -> list[SyntaxTreeNode]:
    """What stands between a rule and the next one, if that is text alone."""
    for place in range(start, len(nodes)):
        if nodes[place].type == "hr":
            return list(nodes[start:place])
        if _kind(nodes[place]) not in ("text", "list"):
            break
    return []


def _kind(node: SyntaxTreeNode) -> str:
    if node.type == "heading":
        return "heading"
    if node.type == "blockquote":
        return "quotation"
    return "list" if node.type == "bullet_list" and _is_plain_list(node) else "text"


def _is_plain_list(node: SyntaxTreeNode) -> bool:
    """One line an item, without looks: a list that a phone edits without a toolbar."""
    return all(
        [child.type for child in item.children] == ["paragraph"]
        and all(one.type in ("inline", "text") for one in list(item.children[0].walk())[1:])
        for item in node.children
    )


def _text(nodes: list[SyntaxTreeNode]) -> list[Block]:
    said = rich.from_nodes(nodes)
    return [{"type": "text", "value": said}] if said else []


def _block(kind: str, nodes: list[SyntaxTreeNode], lines: list[str]) -> Block:
    node = nodes[0]
    value: Any = None
    if kind == "heading":
        value = " ".join(rich.plain_words(node).split())
    elif kind == "list":
        value = [rich.plain_words(item) for item in node.children]
        value = [item for item in value if item.strip()]
    elif kind == "callout":
        value = rich.from_nodes(nodes)
    else:
        value = _quoted(node, lines)
    return {"type": kind, "value": value}


def _quoted(node: SyntaxTreeNode, lines: list[str]) -> dict[str, str] | None:
    first, last = node.map or (0, 0)
    said = [_QUOTED.sub("", line) for line in lines[first:last]]
    while said and not said[-1].strip():
        said.pop()
    who = ""
    if len(said) > 1 and said[-1].startswith(SAID_BY):
        who = _unmarked(said.pop().removeprefix(SAID_BY))
    words = "\n".join(said).strip("\n")
    return {"words": words, "who": who} if words.strip() else None


def _unmarked(line: str) -> str:
    root = SyntaxTreeNode(html.pieces(line))
    return " ".join(" ".join(rich.plain_words(child) for child in root.children).split())
