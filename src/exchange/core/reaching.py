"""Reaching servers whose addresses others give us: public ones alone.
Called by rooms that ask or tell something elsewhere."""

from __future__ import annotations

import ipaddress
from typing import Any

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
