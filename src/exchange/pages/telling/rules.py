"""What one of the Exchange's own texts says, and who may write it. Pure.
Called by the actions beside it and by the writing room."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from exchange.core.gates import Reason
from exchange.members.models import Member
from exchange.pages.models import HouseText

# The Exchange's own numbers and addresses stand in its own texts, once a host has looked at them.
_OURS = frozenset({"phone", "email", "map", "links"})


@dataclass(frozen=True)
class Words:
    """A title, the text in light Markdown, and a line for search engines."""

    title: str
    body: str = ""
    summary: str = ""

    @classmethod
    def of(cls, row: HouseText) -> Words:
        return cls(row.title, row.body, row.summary)

    @property
    def whole(self) -> str:
        """Every word that would become visible, for the gates."""
        return "\n\n".join(filter(None, (self.body, self.summary)))


def may_write(member: Member) -> bool:
    return member.is_host


def is_ours_to_give(reasons: Iterable[Reason]) -> bool:
    """Whether nothing but ways to reach us was noticed, and so nothing that points to a child."""
    codes = {reason.code for reason in reasons}
    return bool(codes) and codes <= _OURS
