"""Reaching servers whose addresses others give us: public ones alone.
Called by rooms that ask or tell something elsewhere."""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

_MAPPED = ipaddress.ip_network("64:ff9b::/96")


def is_public(address: str, *, may_be_this_machine: bool) -> bool:
    """Whether a numeric address belongs to the open internet."""
    try:
        number: Any = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(number, ipaddress.IPv6Address):
        # Addresses of the old kind wrapped into the new one are judged by what is inside.
        inside: Any = number.ipv4_mapped or number.sixtofour or (number.teredo or [None, None])[1]
        if inside is None and number in _MAPPED:
            inside = ipaddress.ip_address(int(number) & 0xFFFFFFFF)
        if inside is not None:
            return is_public(str(inside), may_be_this_machine=may_be_this_machine)
    if number.is_loopback:
        return may_be_this_machine
    return bool(number.is_global and not number.is_multicast and not number.is_reserved)


class NotReached(Exception):
    """No answer, or an address that must not be asked; `code` is safe to keep."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Answer:
    """What came back: the status and as much of the words as was asked for."""

    status: int
    words: bytes = b""


def post(
    url: str,
    *,
    body: bytes,
    headers: Mapping[str, str],
    seconds: float = 10.0,
    may_be_this_machine: bool = False,
) -> int:
    """Post to an address somebody gave us; the status of the answer, whose words are not read.
    As `ask`. Raises NotReached."""
    return ask(
        url,
        method="POST",
        body=body,
        headers=headers,
        seconds=seconds,
        may_be_this_machine=may_be_this_machine,
    ).status


def ask(
    url: str,
    *,
    headers: Mapping[str, str],
    method: str = "GET",
    body: bytes | None = None,
    most: int = 0,
    seconds: float = 10.0,
    may_be_this_machine: bool = False,
) -> Answer:
    """Ask an address somebody gave us. The numeric address that was looked at is the one that is
    used; nobody is followed elsewhere; of the words no more than `most` bytes are read, and all of
    it is over after so many seconds, however slowly they come. Raises NotReached."""
    parts = urlsplit(url)
    if parts.scheme != "https" and not (may_be_this_machine and parts.scheme == "http"):
        raise NotReached("address-not-https")
    try:
        port = parts.port or (443 if parts.scheme == "https" else 80)
        address = _public_address(parts.hostname or "", port, may_be_this_machine)
        line = _line(parts.scheme, parts.hostname or "", address, port, seconds)
    except (OSError, ValueError):
        raise NotReached("not-reached") from None
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    with _ended_after(seconds, line) as is_over:
        try:
            if isinstance(line.sock, ssl.SSLSocket):
                line.sock.do_handshake()
            line.request(method, path or "/", body=body, headers=dict(headers))
            answer = line.getresponse()
            words = answer.read(most + 1) if most and answer.status == 200 else b""
        except (OSError, ValueError, AttributeError, http.client.HTTPException):
            # AttributeError: the line was shut under it, because its time was over.
            raise NotReached("too-slow" if is_over.is_set() else "no-answer") from None
    if is_over.is_set():
        raise NotReached("too-slow")
    if len(words) > most:
        raise NotReached("answer-too-long")
    return Answer(answer.status, words)


@contextlib.contextmanager
def _ended_after(seconds: float, line: http.client.HTTPConnection) -> Iterator[threading.Event]:
    """A time limit of a socket begins anew with each byte: this one ends the whole of it."""
    is_over = threading.Event()
    end = threading.Timer(seconds, _shut, [line.sock, is_over])
    end.daemon = True
    end.start()
    try:
        yield is_over
    finally:
        end.cancel()
        line.close()


def _shut(sock: socket.socket, is_over: threading.Event) -> None:
    is_over.set()
    with contextlib.suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)


def look_up(url: str, *, may_be_this_machine: bool = False) -> None:
    """Whether the name of an address leads to the open internet now; before it is kept. It is
    looked up again whenever it is used. Raises NotReached."""
    try:
        parts = urlsplit(url)
        _public_address(parts.hostname or "", parts.port or 443, may_be_this_machine)
    except (OSError, ValueError):
        raise NotReached("not-reached") from None


def _public_address(host: str, port: int, may_be_this_machine: bool) -> str:
    found = [str(one[4][0]) for one in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not all(is_public(one, may_be_this_machine=may_be_this_machine) for one in found):
        raise NotReached("address-not-public")
    return found[0]


def _line(
    scheme: str, host: str, address: str, port: int, seconds: float
) -> http.client.HTTPConnection:
    """An open line to the numeric address, spoken to by the name."""
    plain = socket.create_connection((address, port), timeout=seconds)
    line = http.client.HTTPConnection(host, port, timeout=seconds)
    if scheme == "https":
        try:
            # The handshake comes later, under the limit of the whole.
            line.sock = ssl.create_default_context().wrap_socket(
                plain, server_hostname=host, do_handshake_on_connect=False
            )
        except BaseException:
            plain.close()
            raise
        line.default_port = 443
    else:
        line.sock = plain
    return line


def is_this_machine(host: str) -> bool:
    """Whether a name or a numeric address means the machine we are on."""
    try:
        return ipaddress.ip_address(host.strip("[]").removeprefix("::ffff:")).is_loopback
    except ValueError:
        return host == "localhost"
