"""Asking a virus scanner about a file: clamd's own protocol over its socket or a port.
Called by the cleaning and the clock of files; without a scanner in the settings nothing is asked."""

from __future__ import annotations

import logging
import socket
from contextlib import closing
from datetime import datetime
from typing import IO

from django.conf import settings

from exchange.core.time import now
from exchange.library.files.kinds import NotTaken

log = logging.getLogger(__name__)

CONNECT_SECONDS = 5.0
ANSWER_SECONDS = 120.0
_PIECE = 1 << 16
_LONGEST_ANSWER = 4096


class Unreachable(Exception):
    """The scanner did not answer, or not in words we know."""


def passed(file: IO[bytes]) -> datetime | None:
    """When the scanner passed it; None when there is none or it cannot be reached: then the file
    waits for it. Raises NotTaken("infected")."""
    if not settings.SCANNER:
        return None
    try:
        found = ask(file)
    except Unreachable:
        log.warning("the virus scanner does not answer; a file waits for it")
        return None
    if found:
        raise NotTaken("infected")
    return now()


def ask(file: IO[bytes]) -> str:
    """The name of what was found in it; empty when it is clean. Raises Unreachable."""
    file.seek(0)
    try:
        with closing(_connected()) as line:
            line.sendall(b"zINSTREAM\x00")
            while piece := file.read(_PIECE):
                line.sendall(len(piece).to_bytes(4, "big") + piece)
            line.sendall(bytes(4))
            said = _answer(line)
    except OSError as error:
        raise Unreachable from error
    finally:
        file.seek(0)
    return _understood(said)


def _understood(said: str) -> str:
    """ "stream: OK", or "stream: Name-Of-It FOUND"; anything else is no answer."""
    told = said.removeprefix("stream:").strip()
    if told == "OK":
        return ""
    if told.endswith(" FOUND"):
        return told.removesuffix(" FOUND")
    log.error("the virus scanner could not look: %s", told[:80])
    raise Unreachable


def _answer(line: socket.socket) -> str:
    said = b""
    while b"\x00" not in said and len(said) < _LONGEST_ANSWER:
        piece = line.recv(1024)
        if not piece:
            break
        said += piece
    return said.partition(b"\x00")[0].decode("utf-8", "replace").strip()


def _connected() -> socket.socket:
    where = settings.SCANNER
    if where.startswith("/"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(CONNECT_SECONDS)
        try:
            line.connect(where)
        except OSError:
            line.close()
            raise
    else:
        host, _colon, port = where.rpartition(":")
        line = socket.create_connection((host, int(port)), timeout=CONNECT_SECONDS)
    line.settimeout(ANSWER_SECONDS)
    return line
