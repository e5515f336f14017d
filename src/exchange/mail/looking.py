"""The last look: asked at the moment of sending whether a mail may still go.
Rooms register a look for their kinds of mail in their hooks; asked by `mail.actions.send` alone."""

from __future__ import annotations

from collections.abc import Callable

from exchange.mail.models import OutgoingMail

# The code of why not, or "" when it may go. An error means not now: it is tried again.
Look = Callable[[OutgoingMail], str]
_looks: dict[str, list[Look]] = {}


def before_sending(*purposes: str) -> Callable[[Look], Look]:
    """Ask the function about each mail of these purposes just before it goes; "*" is all."""

    def register(look: Look) -> Look:
        for purpose in purposes:
            _looks.setdefault(purpose, []).append(look)
        return look

    return register


def why_not(mail: OutgoingMail) -> str:
    """The first reason any room has against it, or ""."""
    looks = (*_looks.get("*", ()), *_looks.get(mail.purpose, ()))
    return next(filter(None, (look(mail) for look in looks)), "")
