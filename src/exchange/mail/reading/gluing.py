"""Parts what a mail program glued together: own words and the head of a quote in one line.
Called by `mail.reading.splitting`."""

from __future__ import annotations

import re

from exchange.mail.reading import heads
from exchange.mail.reading.line import Line

_INSIDE = re.compile(
    r"(?:[\w.!?…。؟)])\s+(?=(?:On|Le|El|Em|Am|Il giorno|Op|Mnamo|Tarehe|في|بتاريخ|Pada|Vào)\s"
    r"[^.!?]{0,20}?\d)"
)


def part(lines: list[Line]) -> list[Line]:
    """The lines, with a head that stands at the end of a line on a line of its own."""
    parted: list[Line] = []
    for line in lines:
        at = _glued_at(line.text)
        if not at or line.hint:
            parted.append(line)
            continue
        rest = Line(line.text[at:], line.depth, line.hint, line.is_indented, line.tint)
        parted += [Line(line.text[:at].rstrip(), *_place(line)), rest]
    return parted


def _place(line: Line) -> tuple[int, str, bool, str]:
    return line.depth, line.hint, line.is_indented, line.tint


def _glued_at(text: str) -> int:
    if len(text) > 5000 or "@" not in text or not heads.may_end(text):
        return 0
    if text.lstrip().startswith((">", "|", "-")):
        return 0
    found = list(_INSIDE.finditer(text))
    for one in reversed(found):
        if heads.weigh(text[one.end() :]) >= 3:
            return one.end()
    return 0
