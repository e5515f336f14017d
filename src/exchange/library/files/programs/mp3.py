"""MP3: the chain of its frames, and the labels before and after it.
Called by sound.py; pure."""

from __future__ import annotations

from exchange.library.files.programs.answering import Unwanted

_RATES = {
    # MPEG 1, layer III, and MPEG 2 and 2.5: kilobits a second by the number in the frame.
    3: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0),
}
_FREQUENCIES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
_FEWEST = 4
# Between two frames a few bytes may be damaged; a file of rubbish has no chain.
_MOST_SKIPPED = 20_000


def without_labels(data: bytearray) -> tuple[bytes, bool]:
    """The frames alone, and whether labels stood around them. Raises Unwanted."""
    start, end, frames = _chain(data, _after_label(data))
    if frames < _FEWEST:
        raise Unwanted("wrong-type")
    told = _frames_told(data[start : start + 200])
    if told > frames + max(3, frames // 100):
        raise Unwanted("cut-off")
    return bytes(data[start:end]), start > 0 or end < len(data)


def _chain(data: bytearray, at: int) -> tuple[int, int, int]:
    """Where the first frame begins, where the last whole one ends, how many there are."""
    start, end, frames, skipped = -1, at, 0, 0
    while at + 4 <= len(data) and skipped <= _MOST_SKIPPED:
        length = frame_length(data, at)
        if length and (start >= 0 or _follows(data, at + length)):
            start = at if start < 0 else start
            at += length
            if at <= len(data):
                frames, end = frames + 1, at
            continue
        if data[at : at + 3] == b"TAG" or data[at : at + 8] == b"APETAGEX":
            return start, end, frames
        at += 1
        skipped += 1
    if skipped > _MOST_SKIPPED:
        raise Unwanted("two-things" if frames >= _FEWEST else "wrong-type")
    return start, end, frames


def _frames_told(first: bytearray) -> int:
    """How many frames the encoder says there are; 0 when it does not say."""
    at = max(first.find(b"Xing"), first.find(b"Info"))
    if at < 0 or at + 12 > len(first) or not first[at + 7] & 1:
        return 0
    return int.from_bytes(first[at + 8 : at + 12], "big")


def frame_length(data: bytearray, at: int) -> int:
    """The bytes of the frame that begins here; 0 when none does."""
    if at + 4 > len(data) or data[at] != 0xFF or data[at + 1] & 0xE6 != 0xE2:
        return 0
    version = data[at + 1] >> 3 & 3
    rate, frequency = data[at + 2] >> 4, data[at + 2] >> 2 & 3
    if version == 1 or frequency == 3:
        return 0
    kilobits = _RATES[3 if version == 3 else 2][rate]
    if not kilobits:
        return 0
    samples = 144 if version == 3 else 72
    padding = data[at + 2] >> 1 & 1
    return samples * kilobits * 1000 // _FREQUENCIES[version][frequency] + padding


def _follows(data: bytearray, at: int) -> bool:
    """A second frame stands where the first one ends, or the file does."""
    return at >= len(data) or frame_length(data, at) > 0


def _after_label(data: bytearray) -> int:
    """Behind the labels at the beginning (ID3v2); there may be several."""
    at = 0
    while data[at : at + 3] == b"ID3" and at + 10 <= len(data):
        size = 0
        for byte in data[at + 6 : at + 10]:
            size = size << 7 | (byte & 0x7F)
        at += 10 + size + (10 if data[at + 5] & 0x10 else 0)
    return at
