"""Ways other than mail by which a message can reach somebody: each is one function.
Registered by `alerts`; asked by `mail.actions.send` for rows whose channel is not "mail"."""

from __future__ import annotations

from collections.abc import Callable

from exchange.mail.models import OutgoingMail

# Hands one message over. Raises ledger.registry.Later or GiveUp.
Carrier = Callable[[OutgoingMail], None]
_carriers: dict[str, Carrier] = {}


def carries(channel: str) -> Callable[[Carrier], Carrier]:
    """Let the function carry the messages of this channel."""

    def register(carrier: Carrier) -> Carrier:
        _carriers[channel] = carrier
        return carrier

    return register


def carrier(channel: str) -> Carrier | None:
    """Who carries this channel's messages; None when nobody does any more."""
    return _carriers.get(channel)
