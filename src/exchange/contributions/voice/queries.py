"""Whose protected words these are, asked by the person themself; what is theirs; who keeps voices.
Called by the actions, views and rules of this room and of conversation."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from exchange.contributions.models import Contribution, State, Voice, VoiceKeeper
from exchange.contributions.voice.locks import owner_mark
from exchange.core.remembering import remembered
from exchange.core.text import skeleton
from exchange.members.models import Member

KEEPERS = 2
# What one person may have waiting in a protected voice: hosts read every one of them.
MOST_WAITING = 3
LONGEST_NAME = 4
_SHORTEST_SKELETON = 4
_MOST_WORDS = 4000


@dataclass(frozen=True)
class Own:
    """One protected text as its writer sees it in their list."""

    voice: Voice
    row: Contribution


def keepers() -> list[Member]:
    """The hosts who may look, at most two; one who no longer hosts does not count."""
    rows = VoiceKeeper.objects.filter(ended_at=None).select_related("member")
    return [row.member for row in rows if row.member.is_appointed and row.member.is_active]


def is_offered() -> bool:
    """Whether somebody may be protected: only while two hosts answer for it."""
    return bool(remembered(("voice-keepers",), lambda: len(keepers()) >= KEEPERS))


def is_voice_of(member: Member | None, contribution: Contribution) -> bool:
    """Whether the protected text is this person's. Asks nothing for any other text."""
    if member is None or not member.is_authenticated or not contribution.is_protected:
        return False
    return _theirs(member).filter(contribution_id=contribution.pk).exists()


def own(member: Member) -> list[Own]:
    """Their protected texts, the newest first."""
    rows = _theirs(member).filter(reply_number=0).select_related("contribution")
    return [Own(voice, voice.contribution) for voice in rows.order_by("-pk")[:200]]


def own_voice(member: Member, contribution_id: int) -> Voice | None:
    """The voice of their own text; None for anybody else's. What is sealed is nobody's."""
    rows = _theirs(member).filter(contribution_id=contribution_id, reply_number=0)
    return rows.filter(contribution__sealed_at=None).select_related("contribution").first()


def own_answers(member: Member, contribution_id: int) -> list[int]:
    """The numbers of the answers they gave in the voice of this text."""
    rows = _theirs(member).filter(contribution_id=contribution_id, reply_number__gt=0)
    return list(rows.order_by("pk").values_list("reply_number", flat=True))


def is_own_answer(member: Member, contribution_id: int, number: int) -> bool:
    """Whether they gave this answer in the voice of this text."""
    rows = _theirs(member).filter(contribution_id=contribution_id, reply_number=number)
    return number > 0 and rows.exists()


def has_too_many(member: Member) -> bool:
    """Whether as much of theirs waits as hosts read of one voice."""
    waiting = _theirs(member).filter(contribution__state=State.WAITING, reply_number=0)
    return waiting.count() >= MOST_WAITING


def voices() -> QuerySet[Voice]:
    """Every protected text for the keepers' list, without whose it is."""
    rows = Voice.objects.filter(reply_number=0, contribution__sealed_at=None)
    return rows.select_related("contribution").defer("owner", "sealed").order_by("-pk")


def names_somebody(text: str) -> bool:
    """Whether words could say who somebody is: a link to a person, or any member's name. Any
    member's, so that whoever tries a name learns nothing."""
    if "/people/" in text:
        return True
    words = [skeleton(word) for word in text.split()[:_MOST_WORDS]]
    some = sorted({run for run in _runs(words) if len(run) >= _SHORTEST_SKELETON})
    people = Member.objects.active().exclude(name_skeleton="")
    return any(
        people.filter(name_skeleton__in=some[start : start + 500]).exists()
        for start in range(0, len(some), 500)
    )


def _runs(words: list[str]) -> list[str]:
    """Every one to four words that follow one another, as the skeleton of a name has them."""
    return [
        "".join(words[at : at + length])
        for length in range(1, LONGEST_NAME + 1)
        for at in range(len(words) - length + 1)
    ]


def _theirs(member: Member) -> QuerySet[Voice]:
    return Voice.objects.filter(owner=owner_mark(member))
