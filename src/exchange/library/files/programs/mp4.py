"""M4A: the boxes it is made of, and those that say who, where and when.
Called by sound.py; pure."""

from __future__ import annotations

from collections.abc import Iterator

from exchange.library.files.programs.answering import Unwanted

# Boxes that hold others.
_HOLDERS = {b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts", b"dinf"}
_LABELS = {b"udta", b"meta", b"uuid"}
# Times stand in these: when it was made, and when it was changed.
_TIMES = {b"mvhd", b"tkhd", b"mdhd"}
_DEEPEST = 12
_MOST_BOXES = 200_000


def without_labels(data: bytearray) -> tuple[bytes, bool]:
    """The same file with its labels emptied in place, so that nothing in it moves, and whether
    there were any. Raises Unwanted."""
    found = set[bytes]()
    sounds = films = 0
    had_labels = False
    for at, name, start, stop in _boxes(data, 0, len(data), 0):
        found.add(name)
        if name == b"hdlr":
            sort = bytes(data[start + 8 : start + 12])
            sounds += sort == b"soun"
            films += sort == b"vide"
        if name in _LABELS:
            had_labels = True
            data[at + 4 : at + 8] = b"free"
            data[start:stop] = bytes(stop - start)
        if name in _TIMES and stop - start >= 24:
            wide = data[start] == 1
            data[start + 4 : start + (20 if wide else 12)] = bytes(16 if wide else 8)
    if films:
        raise Unwanted("film")
    if b"moov" not in found or not found & {b"mdat", b"moof"}:
        raise Unwanted("cut-off")
    if not sounds:
        raise Unwanted("wrong-type")
    return bytes(data), had_labels


def _boxes(data: bytearray, at: int, end: int, depth: int) -> Iterator[tuple[int, bytes, int, int]]:
    """(where it begins, its name, where its content starts, where it stops) of each box."""
    if depth > _DEEPEST:
        raise Unwanted("wrong-type")
    count = 0
    while at + 8 <= end:
        count += 1
        size, name = int.from_bytes(data[at : at + 4], "big"), bytes(data[at + 4 : at + 8])
        start = at + 8
        if size == 1:
            size, start = int.from_bytes(data[at + 8 : at + 16], "big"), at + 16
        elif size == 0:
            size = end - at
        if size < start - at or count > _MOST_BOXES:
            raise Unwanted("wrong-type")
        if at + size > end:
            raise Unwanted("cut-off")
        yield at, name, start, at + size
        if name in _HOLDERS:
            yield from _boxes(data, start, at + size, depth + 1)
        at += size
    if at != end:
        raise Unwanted("cut-off" if depth == 0 else "wrong-type")
