"""Asking a writer once, when the words read like another language than the one chosen.
Called by the views in which people write, here and in conversation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from exchange.core import hearing, languages

# What the two buttons send, and what says afterwards that the question was answered.
ANSWER = "language_is"
ASKED = "language_was_asked"


@dataclass(frozen=True)
class LanguageQuestion:
    """Which language was heard and which was chosen, by code and as people call them."""

    heard: str
    chosen: str

    @property
    def heard_name(self) -> str:
        return languages.OWN_NAMES.get(self.heard) or languages.named(self.heard)

    @property
    def chosen_name(self) -> str:
        return languages.OWN_NAMES.get(self.chosen) or languages.named(self.chosen)


def answered(request: Any) -> Any:
    """What was sent, with the language that the writer said it is."""
    said = request.POST.get(ANSWER, "")
    if said not in languages.SPOKEN:
        return request.POST
    typed = request.POST.copy()
    typed["language"] = said
    typed[ASKED] = "1"
    request.POST = typed
    return typed


def question(
    request: Any, words: str, chosen: str, *, was_chosen: bool = False
) -> LanguageQuestion | None:
    """What to ask, once; None where the words and the choice agree or nobody can tell.
    `was_chosen`: it was said on an earlier screen, not in this form."""
    if request.POST.get(ASKED) or request.POST.get(ANSWER) or request.POST.get("insist"):
        return None
    found = hearing.differs(words, chosen) if was_chosen or request.POST.get("language") else ""
    return LanguageQuestion(found, chosen) if found else None
