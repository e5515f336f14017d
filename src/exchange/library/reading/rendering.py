"""Blocks of a document as pieces of HTML, none larger than a part may be; everything escaped first.
Called by parting of this matter; pure. Words of ours are left open and put in by filling.py."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from django.utils.html import escape

from exchange.library.reading.pieces import PIECE_MOST, Piece, direction_of, in_bits, size, token
from exchange.library.reading.tables import table_pieces
from exchange.library.reading.tree import Block, Span, Tree, plain

NOTE_MOST = 4_000
_LONGEST_TITLE = 200
# Room for the way to another part, which is not known yet.
_PAD = "........"


class Renderer:
    """Renders one tree; knows which notes there are and which headings were seen."""

    def __init__(self, tree: Tree, direction: str) -> None:
        self.tree = tree
        self.direction = direction
        # What stands where a note is referred to: "1", "*".
        self.labels = _referred(tree.blocks)
        self.notes: dict[str, Block] = {}
        for block in tree.blocks:
            is_noted = block["type"] == "note" and block["id"] in self.labels
            if is_noted and size(self.inline(block["spans"])) <= NOTE_MOST:
                self.notes.setdefault(block["id"], block)
        self.levels: list[int] = []
        self.headings = 0
        self.tables = 0

    def pieces(self) -> Iterator[Piece]:
        blocks = self.tree.blocks
        for block, after in zip_longest(blocks, blocks[1:]):
            if block["type"] == "page" and after and after["type"] == "page":
                # Nothing stands on it: it can be led to, and is not shown.
                number = block["number"]
                yield Piece(f'<a id="p{number}"></a>', "\f", page=number)
                continue
            yield from getattr(self, f"_{block['type']}")(block)

    def note(self, name: str) -> str:
        """A note as it stands at the end of a part; its number leads back."""
        block = self.notes[name]
        way = f'<a href="{token("r", name, _PAD)}">↑</a>'
        spans = [one for one in block["spans"] if one.get("note") != name]
        words, label = self.inline(spans).strip(), escape(self.labels[name])
        number = "" if not label or words.startswith(label) else f"<sup>{label}</sup> "
        return f'<p class="help" id="n-{name}"{self._dir(spans)}>{number}{words} {way}</p>'

    def inline(self, spans: Sequence[Span]) -> str:
        return "".join(map(self._span, spans))

    def _span(self, span: Span) -> str:
        html: str = escape(span["t"])
        name = span.get("note")
        if name in self.notes:
            # That only the first has its id is seen to where parts are put together.
            return f'<sup><a id="r-{name}" href="{token("n", name, _PAD)}">{html.strip()}</a></sup>'
        for mark, tag in (("b", "strong"), ("i", "em"), ("u", "sup"), ("d", "sub")):
            if span.get(mark) or (mark == "u" and name):
                html = f"<{tag}>{html}</{tag}>"
        if "href" in span:
            return f'<a href="{escape(span["href"])}" rel="nofollow noopener noreferrer">{html}</a>'
        return html

    def _page(self, block: Block) -> Iterator[Piece]:
        number, label = block["number"], block["label"]
        shown = token("p", escape(label or str(number)))
        said = f'<p class="help">{token("m")}</p>' if block.get("recognised") else ""
        yield Piece(f'<p class="pg" id="p{number}">{shown}</p>{said}', "\f", page=number)

    def _heading(self, block: Block) -> Iterator[Piece]:
        title = plain(block["spans"])
        if not title or len(title) > _LONGEST_TITLE:
            yield from self._paragraph(block)
            return
        level = self._depth(block["level"])
        self.headings += 1
        anchor = f"s{self.headings}"
        tag = f"h{min(level + 1, 6)}"
        html = (
            f'<{tag} id="{anchor}"{self._dir(block["spans"])}>{self.inline(block["spans"])}</{tag}>'
        )
        yield Piece(html, title, level, title, anchor, notes=self._named(block["spans"]))

    def _depth(self, level: int) -> int:
        """No heading stands more than one level below the one it belongs to."""
        while self.levels and self.levels[-1] >= level:
            self.levels.pop()
        self.levels.append(level)
        return len(self.levels)

    def _paragraph(self, block: Block) -> Iterator[Piece]:
        for spans in in_bits(block["spans"]):
            html = f"<p{self._dir(spans)}>{self.inline(spans).strip()}</p>"
            yield Piece(html, plain(spans), notes=self._named(spans))

    def _quote(self, block: Block) -> Iterator[Piece]:
        for spans in in_bits(block["spans"]):
            html = f"<blockquote{self._dir(spans)}><p>{self.inline(spans).strip()}</p></blockquote>"
            yield Piece(html, plain(spans), notes=self._named(spans))

    def _note(self, block: Block) -> Iterator[Piece]:
        """One that nothing refers to, or that is too long to stand below: where it stood."""
        if block is self.notes.get(block["id"]):
            return
        for spans in in_bits(block["spans"]):
            html = f'<p class="help"{self._dir(spans)}>{self.inline(spans).strip()}</p>'
            yield Piece(html, plain(spans), notes=self._named(spans))

    def _list(self, block: Block) -> Iterator[Piece]:
        tag = "ol" if block["ordered"] else "ul"
        held: list[str] = []
        spoken: list[str] = []
        named: list[str] = []
        weight, first = 0, 1
        for number, item in enumerate(block["items"], start=1):
            html = self._item(item) if _characters(item) <= PIECE_MOST // 4 else ""
            too_large = not html or size(html) > PIECE_MOST
            if held and (too_large or weight + size(html) > PIECE_MOST):
                yield self._joined(tag, first, held, spoken, named)
                held, spoken, named, weight = [], [], [], 0
            if too_large:
                yield from self._flat(item)
                continue
            first = first if held else number
            held.append(html)
            spoken += _spoken(item)
            named += _named_in(item, self.notes)
            weight += size(html)
        if held:
            yield self._joined(tag, first, held, spoken, named)

    def _joined(
        self, tag: str, first: int, items: list[str], spoken: list[str], named: list[str]
    ) -> Piece:
        start = f' start="{first}"' if tag == "ol" and first > 1 else ""
        html = f"<{tag}{start}>{''.join(items)}</{tag}>"
        return Piece(html, "\n".join(spoken), notes=tuple(named))

    def _item(self, item: Block) -> str:
        inner = ""
        if item.get("items"):
            tag = "ol" if item.get("ordered") else "ul"
            inner = f"<{tag}>{''.join(map(self._item, item['items']))}</{tag}>"
        return f"<li{self._dir(item['spans'])}>{self.inline(item['spans']).strip()}{inner}</li>"

    def _flat(self, item: Block) -> Iterator[Piece]:
        """An item too large for a list: its words as paragraphs."""
        if item["spans"]:
            yield from self._paragraph(item)
        for one in item.get("items", ()):
            yield from self._flat(one)

    def _table(self, block: Block) -> Iterator[Piece]:
        self.tables += 1
        for html, text, spans in table_pieces(block, self.inline, PIECE_MOST):
            yield Piece(html, text, notes=self._named(spans))

    def _figure(self, block: Block) -> Iterator[Piece]:
        name, caption = block["id"], list(in_bits(block["caption"]))
        first = caption[0] if caption else []
        below = f"<figcaption{self._dir(first)}>{self.inline(first)}</figcaption>" if first else ""
        html = f'<figure id="f-{name}">{token("f", name)}{below}</figure>'
        yield Piece(html, plain(first), notes=self._named(first))
        for spans in caption[1:]:
            yield from self._paragraph({"type": "paragraph", "spans": spans})

    def _named(self, spans: Sequence[Span]) -> tuple[str, ...]:
        return tuple(one["note"] for one in spans if one.get("note") in self.notes)

    def _dir(self, spans: Sequence[Span]) -> str:
        """Said only where it is another than the document's."""
        found = direction_of(spans)
        return f' dir="{found}"' if found and found != self.direction else ""


def _referred(blocks: Sequence[Block]) -> dict[str, str]:
    """The notes that some words refer to: their names, and what stands there for them."""
    found: dict[str, str] = {}
    for block in blocks:
        groups = [block.get("spans", ()), block.get("caption", ())]
        groups += [cell["spans"] for row in block.get("rows", ()) for cell in row]
        groups += [spans for item in block.get("items", ()) for spans in _all_spans(item)]
        if block["type"] != "note":
            for one in (one for spans in groups for one in spans if "note" in one):
                found.setdefault(one["note"], one["t"].strip()[:12])
    return found


def _all_spans(item: Block) -> Iterator[list[Span]]:
    yield item["spans"]
    for one in item.get("items", ()):
        yield from _all_spans(one)


def _characters(item: Block) -> int:
    return sum(len(one["t"]) for spans in _all_spans(item) for one in spans)


def _spoken(item: Block) -> list[str]:
    return [words for spans in _all_spans(item) if (words := plain(spans))]


def _named_in(item: Block, notes: dict[str, Block]) -> list[str]:
    return [one["note"] for spans in _all_spans(item) for one in spans if one.get("note") in notes]
