"""Passes one request on to the writing room's process, and its answer back, in pieces.
Called by views/writing.py alone, with the methods, headers and body of a request of a host."""

import http.client
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO

from exchange.desk.writing.place import connection

# These belong to one line between two programs (RFC 9110, 7.6.1), and are never passed on.
OF_ONE_LINE = frozenset(
    (
        *("connection", "keep-alive", "proxy-connection", "proxy-authenticate", "te", "trailer"),
        *("proxy-authorization", "proxy-authentication-info", "transfer-encoding", "upgrade"),
        *("expect", "date", "server"),
    )
)
PATIENCE = 60.0  # seconds for each piece
_PIECE = 65_536


class NotThere(Exception):
    """Nobody answered, or broke off before the first line."""


@dataclass(frozen=True)
class Answer:
    """What came back: its body is read while it is sent on."""

    status: int
    headers: list[tuple[str, str]]
    body: Iterator[bytes]


def pass_on(
    method: str, address: str, headers: Iterable[tuple[str, str]], body: IO[bytes], length: int
) -> Answer:
    """Raises NotThere."""
    line = connection(PATIENCE)
    try:
        line.putrequest(method, address, skip_host=True, skip_accept_encoding=True)
        for name, value in kept(headers):
            if name.lower() != "content-length":
                line.putheader(name, value)
        if length or method not in ("GET", "HEAD"):
            line.putheader("Content-Length", str(length))
        line.endheaders()
        _send(line, body, length)
        answer = line.getresponse()
    except (OSError, http.client.HTTPException) as reason:
        line.close()
        raise NotThere from reason
    return Answer(answer.status, kept(answer.getheaders()), _pieces(line, answer))


def kept(headers: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Without what belongs to one line, and what its Connection header names besides."""
    every = list(headers)
    named = {
        word.strip().lower()
        for name, value in every
        if name.lower() == "connection"
        for word in value.split(",")
    }
    return [(name, value) for name, value in every if name.lower() not in OF_ONE_LINE | named]


def _send(line: http.client.HTTPConnection, body: IO[bytes], length: int) -> None:
    """As it arrives. Whoever answers before all of it was read has its answer heard."""
    left = length
    try:
        while left and (piece := body.read(min(_PIECE, left))):
            line.send(piece)
            left -= len(piece)
    except (BrokenPipeError, ConnectionResetError):
        return
    if left:
        raise ConnectionAbortedError("the browser went away")


def _pieces(line: http.client.HTTPConnection, answer: http.client.HTTPResponse) -> Iterator[bytes]:
    try:
        while piece := answer.read(_PIECE):
            yield piece
    finally:
        line.close()
