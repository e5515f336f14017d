"""Parts what a mail program glued together: own words and the head of a quote in one line.
Called by `mail.reading.splitting`."""

from __future__ import annotations

import re

from exchange.mail.marker import SIGN
from exchange.mail.reading import heads
from exchange.mail.reading.line import Line

# Yahoo begins the quote in the line of its head: "… wrote:   Dear Amina,".
_BEHIND = re.compile(r"[:：]\s{2,6}(?=\S)")
_INSIDE = re.compile(
    r"(?:[\w.!?…。؟)])\s+(?=(?:On|Le|El|Em|Am|Il giorno|Op|Mnamo|Tarehe|في|بتاريخ|Pada|Vào)\s"
    r"[^.!?]{0,20}?\d)"
)


def part(lines: list[Line]) -> list[Line]:
    """The lines, with a head that stands at the end of a line on a line of its own."""
    parted: list[Line] = []
    for line in lines:
        at = 0 if line.hint else _glued_at(line.text)
        if not at:
            parted.append(line)
            continue
        rest = Line(line.text[at:], line.depth, line.hint, line.is_indented, line.tint)
        parted += [Line(line.text[:at].rstrip(), *_place(line)), rest]
    return parted


def _place(line: Line) -> tuple[int, str, bool, str]:
    return line.depth, line.hint, line.is_indented, line.tint


def _glued_at(text: str) -> int:
    """Where the second part begins; 0 if nothing is glued."""
    if len(text) > 5000 or text.lstrip().startswith((">", "|", "-")):
        return 0
    marker = text.find(SIGN)
    if marker > 0 and heads.may_end(text[:marker]):
        return marker
    behind = _BEHIND.search(text[:600])
    if behind and "@" in text[: behind.start()] and heads.may_end(text[: behind.end()]):
        return behind.end()
    if "@" not in text or not heads.may_end(text):
        return 0
    inside = [found.end() for found in _INSIDE.finditer(text)]
    return next((at for at in reversed(inside) if heads.weigh(text[at:]) >= 3), 0)
