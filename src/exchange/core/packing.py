"""Gzip in one pass, writing into the page how much of the reader's data it used.
Called by the gzip middleware alone."""

import secrets
import zlib
from math import ceil

LEVEL = 6
_MAX_NOISE = 100


def packed(page: bytes, *, mark: bytes, around: int, noisy: bool) -> bytes:
    """The page compressed. Where the mark stands last, the size in kB is written: what is sent,
    with `around` bytes of headers. `noisy` hides the exact length (against BREACH)."""
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    noise = secrets.token_hex(_MAX_NOISE // 2)[: secrets.randbelow(_MAX_NOISE)] if noisy else ""
    start = b"\x1f\x8b\x08\x08\0\0\0\0\0\xff" + noise.encode() + b"\0"
    before, found, after = page.rpartition(mark)
    if not found:
        return start + packer.compress(page) + packer.flush() + _trailer(page)
    head = packer.compress(before) + packer.flush(zlib.Z_SYNC_FLUSH)
    trial = packer.copy()
    tail = trial.compress(b"10" + after) + trial.flush()
    size = in_kilobytes(len(start) + len(head) + len(tail) + 8 + around)
    rest = packer.compress(size + after) + packer.flush()
    return start + head + rest + _trailer(before + size + after)


def plain(page: bytes, *, mark: bytes, around: int) -> bytes:
    """The page as it is, with its size written at the mark."""
    before, found, after = page.rpartition(mark)
    return before + in_kilobytes(len(page) + around) + after if found else page


def in_kilobytes(count: int) -> bytes:
    """Whole kilobytes, rounded up: never less than was used."""
    return str(ceil(count / 1000)).encode()


def _trailer(page: bytes) -> bytes:
    return zlib.crc32(page).to_bytes(4, "little") + (len(page) & 0xFFFFFFFF).to_bytes(4, "little")
