"""What a gate noticed, made ready for the writer as every page of the Exchange shows it.
Called by the views beside it."""

from __future__ import annotations

from dataclasses import dataclass

from exchange.organisations.errors import Noticed

_AROUND = 40
_MOST = 12


@dataclass(frozen=True)
class Passage:
    """One thing: why, and the words with a little of what is around."""

    code: str
    before: str
    marked: str
    after: str
    label: str = ""
    address: str = ""


def passages(noticed: Noticed) -> list[Passage]:
    shown = []
    for reason in noticed.reasons[:_MOST]:
        words = noticed.text
        start, end = reason.start, reason.end
        before = words[max(0, start - _AROUND) : start]
        shown.append(Passage(reason.code, before, words[start:end], words[end : end + _AROUND]))
    return shown
