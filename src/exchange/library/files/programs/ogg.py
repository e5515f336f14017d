"""Ogg (Opus, Vorbis): the chain of its pages, and the packet that holds its labels.
Called by sound.py; pure."""

from __future__ import annotations

from dataclasses import dataclass

from exchange.library.files.programs.answering import Unwanted

_CRC_POLYNOMIAL = 0x04C11DB7
_LAST = 4


def _table() -> list[int]:
    table = []
    for byte in range(256):
        rest = byte << 24
        for _bit in range(8):
            rest = (rest << 1) ^ (_CRC_POLYNOMIAL if rest & 0x80000000 else 0)
        table.append(rest & 0xFFFFFFFF)
    return table


_TABLE = _table()


@dataclass
class Page:
    """One page: where it stands, where its content does, and how that is cut into packets."""

    start: int
    content: int
    stop: int
    lacing: bytes
    flags: int
    serial: bytes


def without_labels(data: bytearray) -> tuple[bytes, bool]:
    """The same file with its labels emptied in place, and whether there were any. Raises
    Unwanted."""
    pages = _pages(data)
    first = pages[0]
    head = bytes(data[first.content : first.stop])
    if head.startswith(b"OpusHead"):
        mark = b"OpusTags"
    elif head.startswith(b"\x01vorbis"):
        mark = b"\x03vorbis"
    else:
        raise Unwanted("film" if b"theora" in data[:4096] else "wrong-type")
    if any(page.serial != first.serial for page in pages):
        raise Unwanted("film" if b"theora" in data[:4096] else "broken")
    if not pages[-1].flags & _LAST and len(pages) < 4:
        raise Unwanted("cut-off")
    return _emptied(data, pages, mark)


def _emptied(data: bytearray, pages: list[Page], mark: bytes) -> tuple[bytes, bool]:
    places = _packet(pages[1:])
    packet = b"".join(bytes(data[start:stop]) for _page, start, stop in places)
    if not packet.startswith(mark):
        raise Unwanted("broken")
    fresh, had_labels = _blank(packet, mark)
    at = 0
    for page, start, stop in places:
        data[start:stop] = fresh[at : at + stop - start]
        at += stop - start
        _sum(data, page)
    return bytes(data), had_labels


def _blank(packet: bytes, mark: bytes) -> tuple[bytes, bool]:
    """As long as it was, with one label of spaces where all of them stood, so that nothing in the
    file moves; of Vorbis the rest is a codebook and stays."""
    at = len(mark)
    at += 4 + _number(packet, at)
    count, first = _number(packet, at), at + 4
    end = first
    for _label in range(count):
        end += 4 + _number(packet, end)
        if end > len(packet):
            raise Unwanted("broken")
    if mark == b"OpusTags":
        # Behind the labels anything may lie hidden as well.
        had = count > 0 or any(packet[end:])
        return packet[:at] + bytes(len(packet) - at), had
    room = end - first
    if not count:
        return packet, False
    label = b"-=" + b" " * (room - 6)
    fresh = (1).to_bytes(4, "little") + (room - 4).to_bytes(4, "little") + label
    return packet[:at] + fresh + packet[end:], True


def _number(packet: bytes, at: int) -> int:
    if at + 4 > len(packet):
        raise Unwanted("broken")
    return int.from_bytes(packet[at : at + 4], "little")


def _packet(pages: list[Page]) -> list[tuple[Page, int, int]]:
    """Where the first packet of these pages lies: it may run over several."""
    places = []
    for page in pages:
        at = page.content
        for length in page.lacing:
            at += length
            if length < 255:
                places.append((page, page.content, at))
                return places
        places.append((page, page.content, at))
    raise Unwanted("cut-off")


def _pages(data: bytearray) -> list[Page]:
    """Every page, one right behind the other; what is cut off at the end is not taken."""
    found: list[Page] = []
    at = 0
    while at < len(data):
        if data[at : at + 4] != b"OggS" or data[at + 4 : at + 5] != b"\x00":
            raise Unwanted("two-things" if found else "wrong-type")
        if at + 27 > len(data):
            raise Unwanted("cut-off")
        lacing = bytes(data[at + 27 : at + 27 + data[at + 26]])
        content = at + 27 + data[at + 26]
        stop = content + sum(lacing)
        if stop > len(data):
            raise Unwanted("cut-off")
        serial = bytes(data[at + 14 : at + 18])
        found.append(Page(at, content, stop, lacing, data[at + 5], serial))
        at = stop
    if len(found) < 2:
        raise Unwanted("cut-off")
    return found


def _sum(data: bytearray, page: Page) -> None:
    """The page's own sum, made anew."""
    data[page.start + 22 : page.start + 26] = bytes(4)
    rest = 0
    for byte in data[page.start : page.stop]:
        rest = (rest << 8 & 0xFFFFFFFF) ^ _TABLE[rest >> 24 ^ byte]
    data[page.start + 22 : page.start + 26] = rest.to_bytes(4, "little")
