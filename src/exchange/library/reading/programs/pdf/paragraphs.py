"""Lines gathered into paragraphs and items, within a column and across columns and pages.
Called once a document, page after page; pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from exchange.library.reading.programs.pdf.letters import SOFT, is_rtl
from exchange.library.reading.programs.pdf.lines import Line
from exchange.library.reading.programs.pdf.tables import is_bold
from exchange.library.reading.programs.pdf.tree import Part

BULLET = re.compile(r"^([•◦▪‣●○■□➢➤✓❖→☑·∙§]|[-–—*](?=\s))\s*")
NUMBERED = re.compile(
    r"^(?:\(?(\d{1,3}|[٠-٩۰-۹]{1,3})[.)،-]|\(?([a-zA-Z]|[ivxIVX]{2,5}|[أ-ي])[.)])\s+(?=\S)"
)
_ENDS = re.compile(r"[.!?:;…。؟!»”\"')\]]\s*$")
_USUAL_LEADING = 1.2


class Gatherer:
    """Knows the document's usual size and leading, and the paragraph that may still go on."""

    def __init__(self, body: float, leading: float) -> None:
        self.body, self.leading = body, leading
        self.last: Part | None = None

    def parts(self, lines: Iterable[Line], rtl: bool) -> list[Part]:
        """The paragraphs of a page; what goes on from the page before is added there."""
        found: list[Part] = []
        current: Part | None = None
        at_top = True
        for line in lines:
            if line.block is not None:
                current = None
                found.append(Part("ready", [], line.page, block=line.block))
                continue
            if current is not None and not self._is_new(current, line, rtl):
                current.lines.append(line)
            elif (at_top or line.gap <= 0) and self._goes_on(self.last, line, rtl):
                current = self.last
                assert current is not None  # noqa: S101 - it goes on, so it is there
                current.lines.append(line)
            else:
                current = Part(kind_of(line), [line], line.page)
                found.append(current)
            self.last = current
            at_top = False
        return found

    def join(self, parts: Sequence[Part], rtl: bool) -> list[Part]:
        """For pages with tags: the first paragraph may be the rest of the last page's."""
        found = list(parts)
        if (
            found
            and found[0].kind == "paragraph"
            and self._goes_on(self.last, found[0].lines[0], rtl)
        ):
            assert self.last is not None  # noqa: S101 - it goes on, so it is there
            self.last.lines += found.pop(0).lines
        told = [one for one in found if one.kind != "note"]
        if told:
            self.last = told[-1]
        return found

    def _is_new(self, part: Part, line: Line, rtl: bool) -> bool:
        last = part.lines[-1]
        if line.gap <= 0:
            return not self._goes_on(part, line, rtl)
        if abs(line.size - last.size) > 0.06 * last.size + 0.1 or is_bold(line) != is_bold(last):
            return not self._is_tail(part, line)
        if line.gap > (self.leading + 0.32) * max(line.size, last.size):
            return True
        if kind_of(line) == "item" and not _is_mid(part, line):
            return True
        return self._is_moved(part, line, rtl) or self._is_broken(last, line, rtl)

    def _is_tail(self, part: Part, line: Line) -> bool:
        """A change of type in the middle of a sentence: the words go on."""
        last = part.lines[-1]
        same = abs(line.size - last.size) <= 0.06 * last.size + 0.1
        flows = line.text[:1].islower() and not _ENDS.search(last.text)
        return same and flows and line.gap < (self.leading + 0.2) * line.size

    def _is_moved(self, part: Part, line: Line, rtl: bool) -> bool:
        """Begins further in, or comes back out."""
        last, size = part.lines[-1], line.size
        if _is_centred(line) and _is_centred(last):
            return False
        start = -line.x1 if rtl else line.x0
        before = -last.x1 if rtl else last.x0
        first = -part.lines[0].x1 if rtl else part.lines[0].x0
        if part.kind == "item":
            return (
                start < first + 0.3 * size and len(part.lines) > 0 and start < before - 0.3 * size
            )
        if len(part.lines) == 1:
            return start - before > 0.8 * size and bool(_ENDS.search(last.text))
        return abs(start - before) > 0.8 * size

    def _is_broken(self, last: Line, line: Line, rtl: bool) -> bool:
        """The next word would have had room on the line before: its end was meant."""
        if line.size > 1.15 * self.body or not line.text:
            return False
        begins = line.text.lstrip("“\"'«([")[:1]
        if not (_ENDS.search(last.text) or begins.isupper() or begins.isdigit()):
            return False
        word = line.text.split(None, 1)[0]
        room = (last.x0 - last.left) if rtl else (last.right - last.x1)
        need = (len(word) + 1) * (line.x1 - line.x0) / max(1, len(line.text))
        loose = 1.2 if _ENDS.search(last.text) else 2.5
        return room > loose * need and room > 0.06 * (last.right - last.left)

    def _goes_on(self, part: Part | None, line: Line, rtl: bool) -> bool:
        """Whether a line at the top of a column or page is the middle of a sentence."""
        if part is None or part.kind not in ("paragraph", "item", "quote") or not part.lines:
            return False
        last = part.lines[-1]
        text = last.text.rstrip()
        if abs(line.size - last.size) > 0.06 * last.size + 0.1 or is_bold(line) != is_bold(last):
            return False
        if not text or line.size > 1.12 * self.body or kind_of(line) == "item":
            return False
        if text.endswith((SOFT, "-")):
            return True
        if re.search(r"[.!?:…。؟!]['”\"»)\]]*\d{0,2}$", text):
            return False
        if line.text[:1].islower() or text.endswith(","):
            return True
        room = last.x0 - last.left if is_rtl(text) else last.right - last.x1
        begins = line.right - line.x1 if is_rtl(line.text) else line.x0 - line.left
        return room < 0.05 * (last.right - last.left) and begins < 0.5 * line.size


def _is_mid(part: Part, line: Line) -> bool:
    """ "…since\\n1994. After" is no item, nor is a dash in the middle of a sentence."""
    last = part.lines[-1]
    if _ENDS.search(last.text) or (BULLET.match(line.text) and line.text[0] not in "-–—*"):
        return False
    return part.kind != "item" and abs(line.x0 - last.x0) < 1 and len(part.lines) > 1


def _is_centred(line: Line) -> bool:
    left, right = line.x0 - line.left, line.right - line.x1
    return left > 2 * line.size and abs(left - right) < 1.5 * line.size


def kind_of(line: Line) -> str:
    return "item" if BULLET.match(line.text) or NUMBERED.match(line.text) else "paragraph"


def body_size(lines: Iterable[Line]) -> float:
    """The size in which most letters stand."""
    sizes = Counter[float]()
    for line in lines:
        sizes[round(line.size * 2) / 2] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def usual_leading(lines: Iterable[Line], body: float) -> float:
    """From baseline to baseline inside paragraphs, in sizes of the type."""
    steps = Counter[float]()
    for line in lines:
        if line.gap > 0 and abs(line.size - body) < 0.6:
            step = round(line.gap / line.size / 0.04) * 0.04
            if 0.9 <= step <= 2.4:
                steps[step] += 1
    return steps.most_common(1)[0][0] if steps else _USUAL_LEADING
