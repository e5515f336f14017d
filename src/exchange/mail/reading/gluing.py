"""Parts what a mail program glued together: own words and the head of a quote in one line.
Called by `mail.reading.splitting`."""

from __future__ import annotations

import re

from exchange.mail.marker import SIGN
from exchange.mail.reading import heads
from exchange.mail.reading.line import Line

# Yahoo begins the quote in the line of its head: "… wrote:   Dear Amina,".
_BEHIND = re.compile(r"[:：]\s{2,6}(?=\S)")
_SEPARATOR = re.compile(r"(?<=\s)-{3,} ?[^-\n]{4,40}? ?-{3,}(?=\s)")
# "---- Original message ----From: a To: b": fields that lost their line breaks.
_ABOVE_FIELDS = re.compile(r"\s{0,4}(-{3,} ?[^-\n]{4,40}? ?-{3,})[ \t]{0,4}([^-\s].*)\Z")
_PHONE = re.compile(r"(?<=[.!?\s])(?:Sent from|Envoyé d|Enviado d|Imetumwa kutoka)[^.!?\n]{3,50}\Z")
_NUMBERED = re.compile(
    r"([>\s]{0,8}\d{1,2}[.)] [^?؟\n]{3,300}[?؟])((?:[ \t]+[^?؟\n]{1,1000})?)\s*\Z"
)
_INSIDE = re.compile(
    r"(?:[\w.!?…。؟)])\s+(?=(?:On|Le|El|Em|Am|Il giorno|Op|Mnamo|Tarehe|في|بتاريخ|Pada|Vào)\s"
    r"[^.!?]{0,20}?\d)"
)


def part(lines: list[Line]) -> list[Line]:
    """The lines, with a head that stands at the end of a line on a line of its own, and with what
    was typed behind a numbered question of ours."""
    parted: list[Line] = []
    typed = _typed_behind(lines)
    for place, line in enumerate(lines):
        at = 0 if line.hint else _glued_at(line.text)
        if place in typed:
            parted += _cut(line, typed[place], "typed")
        elif at:
            parted += _cut(line, at, line.hint)
        else:
            parted += _without_separator(line)
    return parted


def _cut(line: Line, at: int, hint: str) -> list[Line]:
    depth = 0 if hint == "typed" else line.depth
    rest = Line(line.text[at:].lstrip(), depth, hint, line.is_indented, line.tint)
    return [Line(line.text[:at].rstrip(), *_place(line)), rest]


def _without_separator(line: Line) -> list[Line]:
    """A phone that knows no lines puts everything on one: answer, its own line, head and quote."""
    above = None if line.hint else _ABOVE_FIELDS.match(line.text[:2000])
    if above and heads.separates(above[1]) and heads.fields_in(above[2]) >= 3:
        return [Line(line.text, line.depth, "header", line.is_indented, line.tint)]
    found = None if line.hint else _SEPARATOR.search(line.text[:20_000])
    if found is None or not found.start() or not heads.separates(found[0].strip()):
        return [line]
    first, rest = _cut(line, found.start(), "header")
    phone = _PHONE.search(first.text)
    return [*(_cut(first, phone.start(), "") if phone else [first]), rest]


def _typed_behind(lines: list[Line]) -> dict[int, int]:
    """Where, behind numbered questions that are quoted, something was typed."""
    ours = next((at for at, line in enumerate(lines) if SIGN in line.text), len(lines))
    found = {
        at: _NUMBERED.match(line.text)
        for at, line in enumerate(lines)
        if at > ours or line.is_quoted or line.text.lstrip()[:1] == ">"
    }
    asked = {at: one for at, one in found.items() if one}
    behind = {at: one.end(1) for at, one in asked.items() if one[2].strip()}
    return behind if len(asked) > 1 else {}


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
