"""How many are connected, from where, and with which ticket.
Called by `wire.app`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from ipaddress import ip_address
from typing import Any

from exchange.webinars.wire.setting import Limits


class Full(Exception):
    """No more now: in all, or from this address."""


class Crowd:
    """Everybody, before we know whether their ticket is any good."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._from: Counter[str] = Counter()
        self._holders: dict[str, Callable[[], None]] = {}

    def __len__(self) -> int:
        return self._from.total()

    @contextmanager
    def counted(self, address: str) -> Iterator[None]:
        """One more, for as long as it lasts. Raises Full."""
        if len(self) >= self._limits.connections:
            raise Full
        if address and self._from[address] >= self._limits.from_one:
            raise Full
        self._from[address] += 1
        try:
            yield
        finally:
            self._from[address] -= 1
            if not self._from[address]:
                del self._from[address]

    @contextmanager
    def holding(self, nonce: str, replaced: Callable[[], None]) -> Iterator[None]:
        """One ticket, one connection. Who comes later wins: a phone that lost its line comes back
        long before we notice that the old one is dead."""
        if older := self._holders.get(nonce):
            older()
        self._holders[nonce] = replaced
        try:
            yield
        finally:
            if self._holders.get(nonce) is replaced:
                del self._holders[nonce]


def address_of(scope: Mapping[str, Any]) -> str:
    """Where somebody comes from, to count them: a proxy on this machine tells it. Empty for this
    machine itself, which is not counted. Of IPv6 the network, for one phone has many addresses."""
    peer = str((scope.get("client") or [""])[0])
    if not _is_here(peer):
        return _network(peer)
    told = [value for name, value in scope["headers"] if name == b"x-forwarded-for"]
    last = told[-1].decode("latin-1").rpartition(",")[2].strip() if told else ""
    return "" if _is_here(last) else _network(last)


def _is_here(address: str) -> bool:
    try:
        return ip_address(address.removeprefix("::ffff:")).is_loopback
    except ValueError:
        return False


def _network(address: str) -> str:
    try:
        whole = ip_address(address.removeprefix("::ffff:"))
    except ValueError:
        return ""
    return str(whole) if whole.version == 4 else whole.exploded[:19]
