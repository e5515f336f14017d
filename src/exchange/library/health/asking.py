"""Asking an address whether it still answers: by name, politely, and never inside our own network.
Called by `links` beside it, outside any transaction.

The address a name leads to is looked up once, judged, and then used as it is, so that a name which
changes its mind between the two leads nowhere else (DNS rebinding)."""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections import OrderedDict
from contextlib import suppress
from urllib.parse import SplitResult, quote, urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from django.conf import settings

from exchange.library.health.rules import Answer

NAME = "ExchangeLinkCheck"
TIMEOUT = 4.0
# The longest one request may take, however slowly its bytes come.
DEADLINE = 6.0
# All requests for one link together: the worker has other things to do.
WHOLE = 12.0
# Between two requests to the same host.
PAUSE = 1.0
REDIRECTS = 5
_FEW_BYTES = 512
_ROBOTS_BYTES = 200_000
_ROBOTS_SECONDS = 24 * 3600.0
_HOSTS_REMEMBERED = 300
_PERMANENT = (301, 308)
_REDIRECTS = (301, 302, 303, 307, 308)
_PORTS = {"http": 80, "https": 443}
# Ranges that are called global and lead to other, private addresses.
_TUNNELS = tuple(ipaddress.ip_network(one) for one in ("64:ff9b::/96", "2002::/16", "2001::/32"))

_limit = threading.local()
_asked: OrderedDict[str, float] = OrderedDict()
_robots: OrderedDict[str, tuple[float, RobotFileParser | None]] = OrderedDict()


class NotAsked(Exception):
    """The address was not asked: "private", "robots", "later"; or it was silent."""

    def __init__(self, trouble: str) -> None:
        super().__init__(trouble)
        self.trouble = trouble


def ask(url: str) -> Answer:
    """What an address says, its redirects followed; nothing raises."""
    _limit.until = time.monotonic() + WHOLE
    at, moved = url, True
    status = 0
    for _hop in range(REDIRECTS + 1):
        try:
            status, location = _asked_politely(at)
        except NotAsked as error:
            return Answer(status=0, leads_to=_elsewhere(at, url), trouble=error.trouble)
        if status in _REDIRECTS and not location.isprintable():
            return Answer(status=0, leads_to=_elsewhere(at, url), trouble="silent")
        if status not in _REDIRECTS or not location:
            gone_on = at != url
            return Answer(status, _elsewhere(at, url), has_moved=gone_on and moved)
        moved = moved and status in _PERMANENT
        at = urljoin(at, location)[:1000]
    return Answer(status, "", trouble="loop")


def forget() -> None:
    """Forget what hosts said of robots, as after a restart."""
    _robots.clear()
    _asked.clear()


def is_private(address: str) -> bool:
    """Whether an IP address lies inside somebody's own network, or nowhere."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    mapped = getattr(ip, "ipv4_mapped", None)
    ip = mapped or ip
    tunnelled = ip.version == 6 and any(ip in network for network in _TUNNELS)
    return not ip.is_global or ip.is_multicast or tunnelled


def _elsewhere(at: str, url: str) -> str:
    return at if at != url else ""


def _asked_politely(url: str) -> tuple[int, str]:
    """Robots first, then HEAD, and a GET of a few bytes where HEAD did not do."""
    parts = _parts(url)
    if not _lets_programs_in(parts):
        raise NotAsked("robots")
    status, location, _body = _request("HEAD", parts, 0)
    if status in _REDIRECTS or 200 <= status < 300:
        return status, location
    status, location, _body = _request("GET", parts, _FEW_BYTES)
    return (200 if status == 416 else status), location


def _lets_programs_in(parts: SplitResult) -> bool:
    site = f"{parts.scheme}://{parts.netloc}"
    known = _robots.get(site)
    if known is None or time.monotonic() - known[0] > _ROBOTS_SECONDS:
        known = (time.monotonic(), _robots_of(site))
        _robots[site] = known
        while len(_robots) > _HOSTS_REMEMBERED:
            _robots.popitem(last=False)
    if known[1] is None:
        raise NotAsked("later")
    return known[1].can_fetch(NAME, parts.geturl())


def _robots_of(site: str) -> RobotFileParser | None:
    """What a host asks of programs (RFC 9309). None: it has trouble, so it is left alone."""
    rules = RobotFileParser()
    at = f"{site}/robots.txt"
    for _hop in range(REDIRECTS + 1):
        status, location, body = _request("GET", _parts(at), _ROBOTS_BYTES)
        if status not in _REDIRECTS or not location:
            break
        at = urljoin(at, location)[:1000]
    if status >= 500:
        return None
    lines = body.decode("utf-8", "replace").splitlines() if 200 <= status < 300 else []
    rules.parse(lines)
    return rules


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise NotAsked("silent") from None
    if parts.scheme not in _PORTS or not parts.hostname:
        raise NotAsked("private")
    if parts.username is not None:
        raise NotAsked("private")
    if port not in (None, *_PORTS.values()) and not _may_be_private():
        raise NotAsked("private")
    return parts


def _request(method: str, parts: SplitResult, most: int) -> tuple[int, str, bytes]:
    """One request to the address that was judged, within its time."""
    host = _wire_name(parts.hostname or "")
    _wait_for(host)
    if _left() <= 0:
        raise NotAsked("silent")
    address = _address(host, parts)
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    if parts.query:
        path += "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
    try:
        line = _opened(parts, host, address)
    except (OSError, ValueError):
        raise NotAsked("silent") from None
    watch = threading.Timer(min(DEADLINE, _left()), _hang_up, [line.sock])
    watch.daemon = True
    watch.start()
    try:
        line.request(method, path, headers=_headers(most))
        answer = line.getresponse()
        location = answer.headers.get("Location", "")
        body = answer.read(most) if most else b""
    except (OSError, ValueError, http.client.HTTPException):
        raise NotAsked("silent") from None
    finally:
        watch.cancel()
        line.close()
    return answer.status, location, body


def _opened(parts: SplitResult, host: str, address: str) -> http.client.HTTPConnection:
    port = parts.port or _PORTS[parts.scheme]
    plain = socket.create_connection((address, port), timeout=TIMEOUT)
    if parts.scheme == "http":
        line = http.client.HTTPConnection(host, port)
        line.sock = plain
        return line
    try:
        safe = ssl.create_default_context().wrap_socket(plain, server_hostname=host)
    except (OSError, ValueError):
        plain.close()
        raise
    secure = http.client.HTTPSConnection(host, port)
    secure.sock = safe
    return secure


def _address(host: str, parts: SplitResult) -> str:
    """The first address of a name, if all of them may be asked."""
    try:
        port = parts.port or _PORTS[parts.scheme]
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, ValueError):
        raise NotAsked("silent") from None
    addresses = [str(one[4][0]) for one in found]
    if not addresses:
        raise NotAsked("silent")
    if not _may_be_private() and any(is_private(one) for one in addresses):
        raise NotAsked("private")
    # The older protocol first: some hosts of ours have no way out by the newer one.
    return min(addresses, key=lambda one: ":" in one)


def _headers(most: int) -> dict[str, str]:
    contact = f"{settings.BASE_URL}/about/; {settings.CONTACT}"
    headers = {
        "User-Agent": f"{NAME}/1.0 (+{contact})",
        "Accept": "*/*",
        "Accept-Encoding": "identity",
        "Connection": "close",
    }
    if most == _FEW_BYTES:
        headers["Range"] = f"bytes=0-{most - 1}"
    return headers


def _wait_for(host: str) -> None:
    """A moment between two requests to one host."""
    since = time.monotonic() - _asked.pop(host, -PAUSE)
    if since < PAUSE:
        time.sleep(PAUSE - since)
    _asked[host] = time.monotonic()
    while len(_asked) > _HOSTS_REMEMBERED:
        _asked.popitem(last=False)


def _wire_name(host: str) -> str:
    try:
        return host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError:
        raise NotAsked("silent") from None


def _left() -> float:
    """Seconds that are left for this link."""
    return float(_limit.until) - time.monotonic()


def _hang_up(line: socket.socket | None) -> None:
    with suppress(OSError, AttributeError):
        line.shutdown(socket.SHUT_RDWR)  # type: ignore[union-attr]


def _may_be_private() -> bool:
    """Only the tests ask servers of their own."""
    return bool(getattr(settings, "LINKS_MAY_BE_PRIVATE", False))
