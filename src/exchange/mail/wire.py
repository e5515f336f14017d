"""A mail of our own as bytes: what the standard library would write, many times faster, because
only our own few shapes are known here. Called by `mail.letters` alone."""

from __future__ import annotations

import re
from base64 import b64encode
from binascii import b2a_base64, b2a_qp
from collections.abc import Iterable

# A line that is longer is broken in an encoding that can put it together again.
_LONGEST_LINE = 78
_BASE64_LINE = 76
# Bytes in one encoded word: with "Subject: " before it, it stays within the 76 of RFC 2047.
_IN_A_WORD = 39
_ASCII = bytes(range(128))
# How our boundaries begin; in the encodings no line can.
_EDGE = b"--=_"
_METHOD = re.compile(r"^METHOD:([A-Z]+)\s*$", re.MULTILINE)
_FILE = "invite.ics"


def write(
    headers: Iterable[tuple[str, str]],
    *,
    subject: str,
    text: str,
    html: str,
    boundary: str,
    calendar: str = "",
) -> bytes:
    """Plain text first, HTML as the alternative if there is any. Headers are plain ASCII, each on
    its line as it is: folding would break the links and addresses in them."""
    head = "".join([_line(name, value) for name, value in headers])
    top = f"{head}Subject: {_subject(_unbroken(subject))}\r\nMIME-Version: 1.0\r\n".encode("ascii")
    if calendar:
        return top + _with_calendar(text, html, calendar, boundary)
    return top + _words(text, html, boundary)


def _words(text: str, html: str, boundary: str) -> bytes:
    first = _part("plain", text)
    return _multipart("alternative", [first, _part("html", html)], boundary) if html else first


def _with_calendar(text: str, html: str, calendar: str, boundary: str) -> bytes:
    """The calendar twice (RFC 6047): as the last alternative, which programs that keep a calendar
    act upon, and as a file, which the others let a person open."""
    found = _METHOD.search(calendar)
    if found is None:
        raise ValueError("a calendar without a method")
    ways = [
        _part("plain", text),
        *([_part("html", html)] if html else []),
        _part("calendar", calendar, more=f"; method={found[1]}"),
    ]
    inside = _multipart("alternative", ways, f"{boundary}.i")
    return _multipart("mixed", [inside, _file(calendar)], boundary)


def _multipart(kind: str, parts: list[bytes], boundary: str) -> bytes:
    shape = f'Content-Type: multipart/{kind}; boundary="{boundary}"\r\n'.encode("ascii")
    edge = f"\r\n--{boundary}".encode("ascii")
    inner = [piece for part in parts for piece in (edge, b"\r\n", part)]
    return b"".join([shape, *inner, edge, b"--\r\n"])


def _file(calendar: str) -> bytes:
    head = (
        f'Content-Type: application/ics; name="{_FILE}"\r\n'
        f'Content-Disposition: attachment; filename="{_FILE}"\r\n'
        "Content-Transfer-Encoding: base64\r\n\r\n"
    )
    return head.encode("ascii") + _in_base64(calendar.encode())


def _line(name: str, value: str) -> str:
    return f"{name}: {_unbroken(value)}\r\n"


def _unbroken(value: str) -> str:
    """What is in a header was looked at when it was queued; still, nothing begins another one."""
    if "\r" in value or "\n" in value:
        raise ValueError("a header goes over its line")
    return value


def _subject(text: str) -> str:
    """As it is, or as encoded words on a line each."""
    if text.isascii() and "=?" not in text:
        return text
    return "\r\n ".join([_word(piece) for piece in _pieces(text)])


def _part(kind: str, text: str, more: str = "") -> bytes:
    raw = text.replace("\r\n", "\n").replace("\r", "\n").encode()
    if not raw.endswith(b"\n"):
        raw += b"\n"
    way, body = _encoded(raw)
    shape = f'text/{kind}; charset="utf-8"{more}'
    head = f"Content-Type: {shape}\r\nContent-Transfer-Encoding: {way}\r\n\r\n"
    return head.encode("ascii") + body


def _encoded(raw: bytes) -> tuple[str, bytes]:
    """Seven-bit bodies pass every relay; what is not ASCII travels in whichever is lighter."""
    whole = raw.replace(b"\n", b"\r\n")
    beyond = 0 if raw.isascii() else len(raw.translate(None, _ASCII))
    if not beyond and _EDGE not in raw and max(map(len, raw.split(b"\n"))) <= _LONGEST_LINE:
        return "7bit", whole
    if 2 * beyond < len(raw) / 3:
        return "quoted-printable", b2a_qp(whole, istext=True)
    return "base64", _in_base64(whole)


def _in_base64(raw: bytes) -> bytes:
    plain = b2a_base64(raw, newline=False)
    starts = range(0, len(plain), _BASE64_LINE)
    return b"".join([plain[at : at + _BASE64_LINE] + b"\r\n" for at in starts])


def _pieces(text: str) -> list[str]:
    """As much as one encoded word holds; no letter is cut in two."""
    pieces, part, size = [], "", 0
    for letter in text:
        more = len(letter.encode())
        if size + more > _IN_A_WORD:
            pieces.append(part)
            part, size = "", 0
        part, size = part + letter, size + more
    return [*pieces, part]


def _word(piece: str) -> str:
    return f"=?utf-8?b?{b64encode(piece.encode()).decode('ascii')}?="
