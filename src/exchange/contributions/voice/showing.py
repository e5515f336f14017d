"""What a page needs to offer the protected voice beside a text, and answers that stand in it.
Called by views of writing; other rooms register what they keep."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from exchange.contributions.voice import queries, rules
from exchange.contributions.voice.forms import VoiceForm
from exchange.members.models import Member


@dataclass(frozen=True)
class Said:
    """One answer given in a protected voice, as whose it is sees it."""

    number: int
    text: str
    language: str
    state: str
    is_out: bool


@dataclass(frozen=True)
class Answers:
    """Who keeps the answers: how they are found and taken back."""

    find: Callable[[Sequence[int]], list[Said]]
    take_back: Callable[..., None]


_answers: list[Answers] = []


def answers_are_kept_by(answers: Answers) -> None:
    """The room of the answers registers itself from its hooks."""
    _answers[:] = [answers]


def answers_of(numbers: Sequence[int]) -> list[Said]:
    return [said for one in _answers for said in one.find(numbers)] if numbers else []


def take_back_answer(number: int) -> None:
    for one in _answers:
        one.take_back(reply_id=number)


def voice_form(
    typed: Any, member: Member | None, kind: str, *, inside: bool = False
) -> VoiceForm | None:
    """The choice beside a text; None where it is not offered: notices, groups (too few people to
    hide among), and while no two hosts answer for it."""
    if inside or kind not in rules.KINDS or not queries.is_offered():
        return None
    country = member.country if member is not None and member.is_authenticated else ""
    return VoiceForm(typed, country=country)
