"""Takes bytes out of their transfer encoding, however broken or undeclared it is.
Called by `mail.reading.parts`."""

from __future__ import annotations

import binascii
import re

_STRANGE = re.compile(rb"[^A-Za-z0-9+/=]")
_LOOSE_END = re.compile(rb"=[ \t]+(?=\r?\n)")
_ESCAPED = re.compile(rb"=[89A-F][0-9A-F]=[89AB][0-9A-F]")
_CODED_LINE = re.compile(rb"[A-Za-z0-9+/]{20,}={0,2}")


def decoded(body: bytes, how: str, is_text: bool) -> bytes:
    """The bytes that were meant."""
    if how == "base64":
        return _from_base64(body, is_text)
    if how == "quoted-printable":
        return binascii.a2b_qp(_LOOSE_END.sub(b"=", body))
    return _undeclared(body) if is_text else body


def _undeclared(body: bytes) -> bytes:
    """A relay may have lost the header that says how a text is encoded."""
    if body.isascii() and len(_ESCAPED.findall(body)) > 2:
        return binascii.a2b_qp(_LOOSE_END.sub(b"=", body))
    lines = body.split()
    if len(lines) > 1 and all(_CODED_LINE.fullmatch(line) for line in lines[:50]):
        made = _joined(b"".join(lines))
        return made if _is_readable(made) else body
    return body


def _is_readable(made: bytes) -> bool:
    try:
        text = made.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return " " in text and text.replace("\n", "").replace("\r", "").replace("\t", "").isprintable()


def _from_base64(body: bytes, is_text: bool) -> bytes:
    """As much as can be read: without strange letters, padded, cut where it breaks off. A foot that
    a list put below stays as it is; so does text that was never encoded."""
    lines = body.split(b"\n")
    told = [line for line in lines if b" " in line.strip()]
    coded = b"".join(line for line in lines if b" " not in line.strip())
    strange = _STRANGE.findall(coded.replace(b"\r", b"")[:4000])
    if is_text and (len(strange) * 10 > min(len(coded), 4000) or len(told) * 2 > len(lines)):
        return body
    if not is_text:
        return _joined(body)
    return b"\n".join([_joined(coded), *told])


def _joined(coded: bytes) -> bytes:
    made = bytearray()
    for run in re.split(rb"=+", _STRANGE.sub(b"", coded)):
        whole = run[: len(run) - 1] if len(run) % 4 == 1 else run
        made += binascii.a2b_base64(whole + b"=" * (-len(whole) % 4))
    return bytes(made)
