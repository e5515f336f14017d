"""Reaching another library's server, which may be slow, broken or set against us.
Called by harvests alone: few seconds, few bytes, public addresses, plain XML."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

import httpcore2
import httpx2
from django.utils.translation import gettext as _
from lxml import etree

from exchange.core.reaching import is_public
from exchange.core.text import size_in_words

USER_AGENT = "TheExchange/1.0 (library; harvests records by OAI-PMH)"
MOST_REDIRECTS = 3
LONGEST_PAUSE = 10.0
SECONDS_A_READ = 10.0


class Trouble(Exception):
    """Why no more could be read, in one sentence for a host."""


class Budget:
    """What one harvest may take: seconds, bytes and answers, all told."""

    def __init__(self, *, seconds: float, bytes_: int, answers: int) -> None:
        self.seconds, self.bytes, self.answers = seconds, bytes_, answers
        self._ends = time.monotonic() + seconds
        self._bytes_left, self._answers_left = bytes_, answers

    def left(self) -> float:
        """Seconds that are left. Raises Trouble when none are."""
        left = self._ends - time.monotonic()
        if left <= 0:
            raise Trouble(
                _("It was too slow: after %(n)s seconds we stopped reading.")
                % {"n": round(self.seconds)}
            )
        return left

    def take(self, size: int) -> None:
        self._bytes_left -= size
        if self._bytes_left < 0:
            raise Trouble(
                _("It sent more than %(size)s; we stopped reading.")
                % {"size": size_in_words(self.bytes)}
            )

    def count_answer(self) -> None:
        self._answers_left -= 1
        if self._answers_left < 0:
            raise Trouble(
                _("It gave its records in more than %(n)s answers; we stopped reading.")
                % {"n": self.answers}
            )


def public_address(host: str, port: int, *, may_be_this_machine: bool) -> str:
    """The numeric address to connect to. Every address of the name must be a public one, and the
    one that was looked at is the one that is used. Raises Trouble."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as problem:
        raise Trouble(_("There is no server of the name %(host)s.") % {"host": host}) from problem
    addresses = [str(one[4][0]) for one in found]
    for address in addresses:
        if not is_public(address, may_be_this_machine=may_be_this_machine):
            raise Trouble(
                _("The address leads into a private network (%(host)s), which we do not read.")
                % {"host": host}
            )
    return addresses[0]


class _Stream(httpcore2.NetworkStream):
    """A connection whose every read counts against the budget."""

    def __init__(self, inner: httpcore2.NetworkStream, budget: Budget) -> None:
        self._inner, self._budget = inner, budget

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        said = self._inner.read(max_bytes, timeout=min(SECONDS_A_READ, self._budget.left()))
        self._budget.take(len(said))
        return said

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, timeout=min(SECONDS_A_READ, self._budget.left()))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        inner = self._inner.start_tls(
            ssl_context, server_hostname, timeout=min(SECONDS_A_READ, self._budget.left())
        )
        return _Stream(inner, self._budget)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class _Backend(httpcore2.NetworkBackend):
    """Connects to public addresses alone, whoever sends us there."""

    def __init__(self, budget: Budget, may_be_this_machine: bool) -> None:
        self._plain = httpcore2.SyncBackend()
        self._budget, self._may_be_this_machine = budget, may_be_this_machine

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        address = public_address(host, port, may_be_this_machine=self._may_be_this_machine)
        wait = min(SECONDS_A_READ, self._budget.left())
        return _Stream(self._plain.connect_tcp(address, port, timeout=wait), self._budget)

    def connect_unix_socket(self, *args: Any, **kwargs: Any) -> httpcore2.NetworkStream:
        raise Trouble(
            _("The address leads into a private network (%(host)s), which we do not read.")
            % {"host": "-"}
        )

    def sleep(self, seconds: float) -> None:
        time.sleep(min(seconds, self._budget.left()))


class Transport(httpx2.HTTPTransport):
    """Answers read whole within the budget, and looked at before anybody takes them apart."""

    def __init__(self, budget: Budget, *, may_be_this_machine: bool) -> None:
        super().__init__(trust_env=False)
        self._budget = budget
        self._pool = httpcore2.ConnectionPool(
            ssl_context=httpx2.create_ssl_context(trust_env=False),
            max_connections=1,
            network_backend=_Backend(budget, may_be_this_machine),
        )

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        for attempt in range(3):
            self._budget.count_answer()
            answer = super().handle_request(request)
            body = b"".join(answer.stream)  # type: ignore[arg-type]
            answer.close()
            if answer.status_code not in (429, 503) or attempt == 2:
                return _looked_at(request, answer, body)
            self._pause(answer.headers.get("retry-after", ""))
        raise AssertionError

    def _pause(self, asked: str) -> None:
        seconds = float(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 9 else 2.0
        if seconds > min(LONGEST_PAUSE, self._budget.left()):
            raise Trouble(
                _("It is busy and asks us to come back in %(n)s seconds.") % {"n": round(seconds)}
            )
        time.sleep(seconds)


def client(budget: Budget, *, may_be_this_machine: bool) -> httpx2.Client:
    """What asks the questions of one harvest."""
    return httpx2.Client(
        transport=Transport(budget, may_be_this_machine=may_be_this_machine),
        # Packed answers could be small on the way and endless here.
        headers={
            "user-agent": USER_AGENT,
            "accept": "text/xml, application/xml",
            "accept-encoding": "identity",
        },
        follow_redirects=True,
        max_redirects=MOST_REDIRECTS,
        timeout=SECONDS_A_READ,
        trust_env=False,
    )


def _looked_at(request: httpx2.Request, answer: httpx2.Response, body: bytes) -> httpx2.Response:
    if answer.is_redirect:
        body = b""
    elif answer.headers.get("content-encoding", "identity").casefold() != "identity":
        raise Trouble(_("It sends its answers packed though we asked it not to."))
    elif answer.is_success or b"<OAI-PMH" in body[:4000]:
        look_at(body)
    else:
        body = b"<nothing/>"
    kept = {
        name: answer.headers[name]
        for name in ("content-type", "location", "retry-after")
        if name in answer.headers
    }
    return httpx2.Response(answer.status_code, headers=kept, content=body, request=request)


def look_at(body: bytes) -> None:
    """Only whole, well-formed XML without declarations of its own is read. Raises Trouble."""
    beginning = body[:2000].lower()
    if b"<html" in beginning or b"<!doctype html" in beginning:
        raise Trouble(
            _("It answers with a web page, not with records. Is this its address for OAI-PMH?")
        )
    if b"\x00" in body[:200]:
        raise Trouble(_("Its answer is not written in UTF-8."))
    if b"<!doctype" in body.lower() or b"<!entity" in body.lower():
        raise Trouble(_("Its answer declares entities of its own, which we do not read."))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as problem:
        raise Trouble(_("Its answer is no well-formed XML.")) from problem
    if etree.QName(root).localname != "OAI-PMH":
        raise Trouble(_("It answers, but not in OAI-PMH. Is this its address for OAI-PMH?"))


def host_of(url: str) -> str:
    return urlsplit(url).hostname or ""
