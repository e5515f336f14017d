"""The program that reads plain text: which letters it is written in, its paragraphs, its lists.
Run in the sandbox by making of this matter alone; standard input to standard output."""

from __future__ import annotations

import codecs
import re
import sys
from collections.abc import Iterator

from exchange.library.reading.programs import limits, office
from exchange.library.reading.programs.limits import Answer, Refused

LARGEST = 12_000_000
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_BULLET = re.compile(r"\s*(?:[-*•‣◦–]|\(?[0-9]{1,3}[.)])\s+(?=\S)")
_COUNTED = re.compile(r"\s*\(?[0-9]{1,3}[.)]\s")
_CHAPTER = re.compile(
    r"(?:chapter|section|part|annex|chapitre|section|partie|annexe|capítulo|sección|parte|anexo"
    r"|seção|sura|sehemu)\s+[0-9ivxlc]+\b.{0,70}|[0-9]{1,2}(?:\.[0-9]{1,2}){0,3}\.?\s+\S.{0,70}",
    re.IGNORECASE,
)
_UNDERLINE = re.compile(r"\s*(={3,}|-{3,}|~{3,})\s*")
_LONGEST_HEADING = 80


def load() -> None:
    for codec in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1"):
        codecs.lookup(codec)


def read(data: bytes) -> Answer:
    if len(data) > LARGEST:
        raise Refused(limits.TOO_LONG)
    paper = office.Paper()
    for group in _groups(decoded(data)):
        _add(paper, group)
    return paper.answer()


def decoded(data: bytes) -> str:
    """Unicode by its mark or by being right; else the letters of Western offices.
    Raises Refused for what is no text."""
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return data.decode(codec, "replace")
    some = data[:4_000]
    zeros = some.count(0)
    if zeros > len(some) // 5:
        codec = "utf-16-le" if some[1::2].count(0) > some[::2].count(0) else "utf-16-be"
        return data.decode(codec, "replace")
    if zeros or data.startswith(
        (b"PK\x03\x04", b"%PDF", b"\x7fELF", b"\xd0\xcf\x11\xe0", b"\x89PNG")
    ):
        raise Refused(limits.WRONG_KIND)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if sum(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in some) > len(some) // 50:
        raise Refused(limits.WRONG_KIND)
    return data.decode("cp1252", "replace")


def _groups(text: str) -> Iterator[list[str]]:
    """Lines that stand together."""
    held: list[str] = []
    for line in re.split(r"\r\n|\r|\n|\u2028|\u2029|\f", text):
        if line.strip():
            held.append(line)
        elif held:
            yield held
            held = []
    if held:
        yield held


def _add(paper: office.Paper, lines: list[str]) -> None:
    if len(lines) == 2 and _UNDERLINE.fullmatch(lines[1]) and len(lines[0]) <= _LONGEST_HEADING:
        paper.words("heading", [{"t": lines[0]}], level=1 if "=" in lines[1] else 2)
    elif len(lines) == 1 and (level := heading_level(lines[0])):
        paper.words("heading", [{"t": lines[0].strip().strip("#").strip()}], level=level)
    elif len(lines) > 1 and _BULLET.match(lines[0]):
        _add_list(paper, lines)
    else:
        _add_paragraphs(paper, lines)


def heading_level(line: str) -> int:
    """1 or 2 for a line that reads like a heading, else 0. Rather too few than too many."""
    words = line.strip()
    if marks := re.match(r"(#{1,6})\s+\S", words):
        return min(len(marks[1]), 6)
    if len(words) > _LONGEST_HEADING or len(words) < 3 or words[-1] in ".,;:!?…":
        return 0
    if words.isupper() and sum(c.isalpha() for c in words) > 3:
        return 1
    numbered = _CHAPTER.fullmatch(words)
    if numbered:
        number = words.split()[0].strip(".")
        return 1 + min(number.count("."), 4) if number[0].isdigit() else 1
    return 0


def _add_list(paper: office.Paper, lines: list[str]) -> None:
    items: list[list[str]] = []
    for line in lines:
        if _BULLET.match(line) or not items:
            items.append([_BULLET.sub("", line, count=1)])
        else:
            items[-1].append(line)
    made = [{"spans": paper.tidy([{"t": " ".join(one)}])} for one in items]
    ordered = bool(_COUNTED.match(lines[0]))
    paper.add({"type": "list", "ordered": ordered, "items": [one for one in made if one["spans"]]})


def _add_paragraphs(paper: office.Paper, lines: list[str]) -> None:
    """Lines broken by hand belong together; very long lines are paragraphs each."""
    if max(map(len, lines)) > 240:
        for line in lines:
            paper.words("paragraph", [{"t": line}])
        return
    paper.words("paragraph", [{"t": " ".join(lines)}])


def main() -> int:
    limits.confine(load)
    return limits.answered(lambda: read(office.given()))


if __name__ == "__main__":
    sys.exit(main())
