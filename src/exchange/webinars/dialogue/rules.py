"""What may be done in the dialogue, and how what a gate found is kept. Pure: values in, answer out.
Called by the actions and queries beside it, and by views that show or hide a button."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from exchange.core.gates import Reason
from exchange.members.models import Member
from exchange.webinars.models import Asked, Said
from exchange.webinars.rules import Roles

LONGEST_QUESTION = 800
LONGEST_LINE = 400
LONGEST_GIST = 1500
LONGEST_NOTE = 400
FEWEST_CHOICES, MOST_CHOICES = 2, 6
_FLAGS_FIT = 200
# Why a question is not taken up, said kindly: ready for a helper who has a minute.
KIND_WORDS = {
    "later": _("Thank you for asking. There was no time for it in this hour."),
    "answered": _("Thank you for asking. Your question was answered together with another."),
    "theme": _(
        "Thank you for asking. It leads away from today's theme; please ask it as a question."
    ),
    "one-case": _(
        "Thank you for asking. It reads as if it were about one child, and too many people read"
        " along here. Please speak to your supervisor or your child protection service about it."
    ),
}


@dataclass(frozen=True)
class Flag:
    """One thing a gate found: its code, and the passage (0, 0 where it is no passage)."""

    code: str
    start: int = 0
    end: int = 0


def flags_of(reasons: Iterable[Reason]) -> str:
    """As it is kept beside the words: "newcomer phone:12-23". What does not fit is left out."""
    kept: list[str] = []
    for reason in reasons:
        one = f"{reason.code}:{reason.start}-{reason.end}" if reason.end else reason.code
        if one not in kept and len(" ".join([*kept, one])) <= _FLAGS_FIT:
            kept.append(one)
    return " ".join(kept)


def flags_in(kept: str) -> list[Flag]:
    """Back from how it is kept."""
    found = []
    for one in kept.split():
        code, _colon, place = one.partition(":")
        start, _dash, end = place.partition("-")
        numbers = (int(start), int(end)) if start.isdecimal() and end.isdecimal() else (0, 0)
        found.append(Flag(code, *numbers))
    return found


def codes_in(kept: str) -> list[str]:
    """The codes alone, each once."""
    return list(dict.fromkeys(flag.code for flag in flags_in(kept)))


def may_decide(row: Asked | Said, *, by: Member | None, roles: Roles) -> bool:
    """Helpers decide about the words of others; what a gate saw more in than a new writer, a host
    alone. What is sealed, nobody here."""
    if row.sealed_at is not None or not roles.may_help:
        return False
    return roles.is_host or not (row.needs_host or is_own(row, by))


def may_hide(row: Asked | Said, *, roles: Roles) -> bool:
    """Taking down is never too much: whoever helps, at once."""
    return row.sealed_at is None and roles.may_help


def may_answer(roles: Roles) -> bool:
    """Say which question is taken up, and write down the gist: helpers and presenters."""
    return roles.may_help or roles.may_present


def is_own(row: Asked | Said, by: Member | None) -> bool:
    return by is not None and row.member_id == by.pk


def kind_words(code: str, language: str) -> str:
    """The ready sentence in a language; empty for a code that is none."""
    with override(language):
        return str(KIND_WORDS[code]) if code in KIND_WORDS else ""


def is_poll(text: str, choices: list[str]) -> bool:
    """A question and two to six different choices."""
    given = {one.casefold() for one in choices if one}
    return bool(text) and FEWEST_CHOICES <= len(given) == len(choices) <= MOST_CHOICES
