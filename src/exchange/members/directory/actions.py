"""Keeping the directory as people wish: written anew with every change of a profile.
Called by `members.actions` and by the dossier."""

from __future__ import annotations

from exchange.members.directory import rules
from exchange.members.models import Member, Trait


def place(*, member: Member) -> None:
    """In the transaction of the change: what they are found by, and nothing of what was before."""
    Trait.objects.filter(member=member).delete()
    Trait.objects.bulk_create(rules.traits(member))


def take_out(*, member: Member) -> None:
    Trait.objects.filter(member=member).delete()
