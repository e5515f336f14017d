"""The last look: asked at the moment of sending whether a mail may still go.
Rooms register a look for their kinds of mail in their hooks; asked by `mail.actions.send` alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from exchange.mail.models import OutgoingMail

# The code of why not, or "" when it may go. An error means not now: it is tried again.
Look = Callable[[OutgoingMail], str]
# The same for some mails at once: codes by the numbers of those that may not go.
LookAtSome = Callable[[Sequence[OutgoingMail]], Mapping[int, str]]
_looks: dict[str, list[Look]] = {}
_looks_at_some: list[LookAtSome] = []


def before_sending(*purposes: str) -> Callable[[Look], Look]:
    """Ask the function about each mail of these purposes just before it goes; "*" is all."""

    def register(look: Look) -> Look:
        for purpose in purposes:
            _looks.setdefault(purpose, []).append(look)
        return look

    return register


def before_sending_some(look: LookAtSome) -> LookAtSome:
    """Ask the function about all mails, those of a batch some at a time; whoever sends a batch
    asks at most a moment ahead."""
    _looks_at_some.append(look)
    return look


def at_some(mails: Sequence[OutgoingMail]) -> dict[int, str]:
    """What is known against any of these."""
    found: dict[int, str] = {}
    for look in _looks_at_some:
        found = {**look(mails), **found}
    return found


def why_not(mail: OutgoingMail, seen: Mapping[int, str] | None = None) -> str:
    """The first reason any room has against it, or "". `seen`: what `at_some` has said a moment
    ago about it and others."""
    known = (at_some([mail]) if seen is None else seen).get(mail.pk, "")
    looks = (*_looks.get("*", ()), *_looks.get(mail.purpose, ()))
    return known or next(filter(None, (look(mail) for look in looks)), "")
