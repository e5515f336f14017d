"""From a person to the marks that stand for them, and back: the one place where a voice is opened.
Called by the queries and actions beside it alone."""

from __future__ import annotations

from exchange.contributions.models import Voice
from exchange.core import keeping
from exchange.members.models import Member

_ROOM = "voices"


def owner_mark(member: Member) -> str:
    """By which somebody's own words are found again."""
    return keeping.mark_of(f"member:{member.pk}", room=_ROOM)


def form_mark(once_key: str, member: Member) -> str:
    """By which one form sent twice is known; the draft's own key must not lead to the text."""
    return keeping.mark_of(f"form:{member.pk}:{once_key}", room=_ROOM)


def sealed(member: Member) -> str:
    return keeping.locked(str(member.pk), room=_ROOM)


def opened(voice: Voice) -> int | None:
    """The number of the person; None when they have left, or the secret key is another."""
    if not voice.sealed:
        return None
    try:
        return int(keeping.opened(voice.sealed, room=_ROOM))
    except keeping.CannotOpen:
        return None
