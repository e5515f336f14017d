"""Who may speak in a protected voice, and who may look whose it is. Pure, with the rows given.
Called by the actions and views of this matter."""

from __future__ import annotations

from collections.abc import Iterable

from exchange.contributions.rules import may_contribute
from exchange.members.models import Member

# What can be told in a protected voice. A notice speaks for an organisation, by its name.
KINDS = frozenset({"question", "experience", "idea", "discussion"})


def may_speak(member: Member, kind: str) -> bool:
    return kind in KINDS and may_contribute(member)


def may_look(member: Member, keepers: Iterable[Member]) -> bool:
    """The two keepers, as hosts who have shown a second factor."""
    return member.is_host and member.pk in {one.pk for one in keepers}


def may_appoint(member: Member, keeper: Member) -> bool:
    """A host names another host: nobody makes themselves a keeper."""
    return member.is_host and keeper.is_appointed and keeper.is_active and member.pk != keeper.pk
