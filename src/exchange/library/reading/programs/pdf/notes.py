"""Small print at the foot of a page, tied to the raised markers that call for it.
Called once a page before its paragraphs are gathered; changes the lines' spans."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from exchange.library.reading.programs.pdf.lines import Line, Span
from exchange.library.reading.programs.pdf.spans import CALL
from exchange.library.reading.programs.pdf.tree import Part
from exchange.library.reading.programs.pdf.words import RAISED

SMALL = 0.93
_LABEL = re.compile(r"^\s*([0-9٠-٩]{1,3}|[*†‡§¶]{1,3}|[a-z])(?=[\s.):\]]|\D)")
_MARKER = re.compile(r"^[\[(]?([0-9٠-٩]{1,3}|[*†‡§¶]{1,3}|[a-z])[\])]?[,;]?$")


class Notes:
    """Numbers the notes of a document."""

    def __init__(self) -> None:
        self.count = 0

    def taken(self, lines: Sequence[Line], body: float) -> tuple[list[Line], list[Part]]:
        """The lines that stay, and the notes; markers on the page then know their note."""
        labels = {label for line in lines for label in _markers(line)}
        if not labels:
            return list(lines), []
        stay: list[Line] = []
        notes: dict[str, Part] = {}
        current: Part | None = None
        for line in lines:
            label = _label(line, labels, body)
            if label and label not in notes:
                current = notes[label] = Part("note", [_unlabelled(line, label)], line.page)
            elif current is not None and self._goes_on(current, line, body):
                current.lines.append(line)
            else:
                current = None
                stay.append(line)
        calls = {label: self.number(part) for label, part in notes.items()}
        for line in stay:
            line.spans = list(_called(line.spans, calls))
        return stay, list(notes.values())

    def number(self, part: Part) -> str:
        self.count += 1
        part.block = {"type": "note", "id": f"n{self.count}"}
        return f"n{self.count}"

    def _goes_on(self, current: Part, line: Line, body: float) -> bool:
        small = line.block is None and line.size <= SMALL * body
        return small and 0 < line.gap < 2.2 * line.size

    def tie(self, parts: Sequence[Part]) -> None:
        """The same for pages with tags, where the notes are known by their tag."""
        calls: dict[str, str] = {}
        for part in parts:
            label = _LABEL.match(part.lines[0].text) if part.kind == "note" and part.lines else None
            if part.kind == "note":
                number = self.number(part)
            if label:
                part.lines[0] = _unlabelled(part.lines[0], label[1])
                calls.setdefault(label[1], number)
        for part in parts:
            if part.kind != "note":
                for line in part.lines:
                    line.spans = list(_called(line.spans, calls))
                _call_in_block(part.block, calls)


def _markers(line: Line) -> Iterator[str]:
    for text, style, _href in line.spans[1:]:
        match = _MARKER.match(text.strip()) if style & RAISED else None
        if match:
            yield match[1]


def _label(line: Line, labels: set[str], body: float) -> str:
    """The marker with which a line of small print begins, when the page calls for it."""
    if line.block is not None or line.size > SMALL * body or not line.spans:
        return ""
    match = _LABEL.match(line.text)
    return match[1] if match and match[1] in labels else ""


def _unlabelled(line: Line, label: str) -> Line:
    """The note without its marker: the page will show one of its own."""
    rest = len(line.text) - len(line.text.lstrip()) + len(label)
    spans: list[Span] = []
    for text, style, href in line.spans:
        cut = min(rest, len(text))
        rest -= cut
        if text[cut:]:
            spans.append((text[cut:], style, href))
    if spans:
        spans[0] = (spans[0][0].lstrip(" .):]"), *spans[0][1:])
    line.spans = spans
    line.text = "".join(text for text, _style, _href in spans)
    return line


def _called(spans: Sequence[Span], calls: dict[str, str]) -> Iterator[Span]:
    for text, style, href in spans:
        match = _MARKER.match(text.strip()) if style & RAISED else None
        if match and match[1] in calls:
            yield (text, style, CALL + calls[match[1]])
        else:
            yield (text, style, href)


def _call_in_block(block: object, calls: dict[str, str]) -> None:
    if isinstance(block, list):
        for one in block:
            _call_in_block(one, calls)
    elif isinstance(block, dict):
        if block.get("u") and str(block.get("t", "")).strip() in calls:
            block["note"] = calls[str(block["t"]).strip()]
        for key in ("items", "rows", "spans"):
            _call_in_block(block.get(key), calls)
