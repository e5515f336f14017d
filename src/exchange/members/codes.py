"""The one code that is under way for a visitor: asked for, sent, typed, right or wrong.
Called by the views of this room; kept in the visitor's session, never in a table."""

from __future__ import annotations

import secrets
import time
from collections.abc import MutableMapping
from dataclasses import asdict, dataclass
from enum import Enum, auto
from typing import Any

from allauth.core.internal.cryptokit import generate_user_code, normalize_user_code
from django.utils.crypto import salted_hmac

VALID_SECONDS = 15 * 60
WRONG_AT_MOST = 3
SENT_AT_MOST = 3

Session = MutableMapping[str, Any]
_UNDER_WAY = "code"
_PROVEN = "proven-address"


class Answer(Enum):
    """What became of a code that somebody typed."""

    RIGHT = auto()
    WRONG = auto()
    WRONG_TOO_OFTEN = auto()
    GONE = auto()


@dataclass
class UnderWay:
    """A code that has been sent. The code itself is kept only as a keyed hash."""

    email: str
    next: str
    about: dict[str, Any] | None
    fingerprint: str
    at: float
    wrong: int = 0
    sent: int = 1

    @property
    def may_be_sent_again(self) -> bool:
        return self.sent < SENT_AT_MOST

    @property
    def tries_left(self) -> int:
        return WRONG_AT_MOST - self.wrong


def begin(session: Session, *, email: str, next_page: str, about: dict[str, Any] | None) -> str:
    """A new code for an address, in place of any other. `about` is the join form, if it was one."""
    code: str = generate_user_code(length=6)
    _keep(session, UnderWay(email, next_page, about, _fingerprint(code), time.time()))
    return code


def under_way(session: Session) -> UnderWay | None:
    """The code that can still be typed; None when there is none or its time is over."""
    kept = session.get(_UNDER_WAY)
    if not kept:
        return None
    found = UnderWay(**kept)
    return found if time.time() - found.at <= VALID_SECONDS else None


def again(session: Session) -> str | None:
    """A fresh code for the same address; None when that has been done often enough."""
    found = under_way(session)
    if found is None or not found.may_be_sent_again:
        return None
    code: str = generate_user_code(length=6)
    found.fingerprint, found.at, found.wrong = _fingerprint(code), time.time(), 0
    found.sent += 1
    _keep(session, found)
    return code


def answer(session: Session, typed: str) -> Answer:
    """Compare what was typed. A right code, and the third wrong one, end it."""
    found = under_way(session)
    if found is None:
        return Answer.GONE
    if secrets.compare_digest(_fingerprint(typed), found.fingerprint):
        forget(session)
        return Answer.RIGHT
    found.wrong += 1
    if found.wrong >= WRONG_AT_MOST:
        forget(session)
        return Answer.WRONG_TOO_OFTEN
    _keep(session, found)
    return Answer.WRONG


def forget(session: Session) -> None:
    session.pop(_UNDER_WAY, None)


def prove(session: Session, email: str) -> None:
    """This visitor has typed the code of an address that nobody has joined with yet."""
    session[_PROVEN] = {"email": email, "at": time.time()}


def proven(session: Session) -> str:
    """The address this visitor has shown to be theirs within the last hour, or ""."""
    kept = session.get(_PROVEN)
    if not kept or time.time() - kept["at"] > 60 * 60:
        return ""
    return str(kept["email"])


def forget_proven(session: Session) -> None:
    session.pop(_PROVEN, None)


def _keep(session: Session, code: UnderWay) -> None:
    session[_UNDER_WAY] = asdict(code)


def _fingerprint(code: str) -> str:
    plain = normalize_user_code(code.strip())
    return salted_hmac("exchange.members.code", plain, algorithm="sha256").hexdigest()
