"""Photos within documents: where, when and by whom they were taken goes, the pixels stay.
Called by the programs of this folder; pure."""

from __future__ import annotations

import struct

_EXIF, _IPTC, _REMARK = 0xE1, 0xED, 0xFE
_START, _SCAN = b"\xff\xd8", 0xDA
_TURN = 0x0112
_TELLING = (b"eXIf", b"tEXt", b"iTXt", b"zTXt", b"tIME")


def without_notes(data: bytes) -> bytes:
    """A JPEG without EXIF, XMP, IPTC and remarks; which way up it is stays. What is not quite a
    JPEG is given back as it was."""
    if data[:2] != _START:
        return data
    kept, at = [_START], 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == _SCAN:
            return b"".join((*kept, data[at:]))
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        segment = data[at : at + 2 + length]
        at += 2 + length
        if marker == _EXIF:
            kept.append(_only_turn(segment))
        elif marker not in (_IPTC, _REMARK):
            kept.append(segment)
    return data


def png_without_notes(data: bytes) -> bytes:
    """A PNG without its texts, times and EXIF."""
    if data[:8] != b"\x89PNG\r\n\x1a\n":
        return data
    kept, at = [data[:8]], 8
    while at + 12 <= len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        chunk = data[at : at + 12 + length]
        at += 12 + length
        if chunk[4:8] not in _TELLING:
            kept.append(chunk)
        if chunk[4:8] == b"IEND":
            return b"".join(kept)
    return data


def _only_turn(segment: bytes) -> bytes:
    """An EXIF segment that says which way up the picture is, and nothing else; or nothing."""
    turn = _turn(segment[10:]) if segment[4:10] == b"Exif\x00\x00" else 1
    if turn not in range(2, 9):
        return b""
    tiff = b"II*\x00" + struct.pack("<IHHHIHHI", 8, 1, _TURN, 3, 1, turn, 0, 0)
    return b"\xff\xe1" + (len(tiff) + 8).to_bytes(2, "big") + b"Exif\x00\x00" + tiff


def _turn(tiff: bytes) -> int:
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2], "")
    try:
        (first,) = struct.unpack_from(order + "I", tiff, 4)
        (count,) = struct.unpack_from(order + "H", tiff, first)
        for number in range(min(count, 200)):
            tag, _sort, _many, value = struct.unpack_from(
                order + "HHIH", tiff, first + 2 + 12 * number
            )
            if tag == _TURN:
                return int(value)
    except struct.error:
        return 1
    return 1
