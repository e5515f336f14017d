"""The piece of a text where a query's words stand, with the words marked. Escaped before it is
marked: nothing of the text can become markup. Called by queries of this room; pure."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from exchange.core import text as texts
from exchange.discovery import analyser, coding
from exchange.discovery.plan import Plan

LENGTH = 220
_MOST_WORDS = 600


@dataclass(frozen=True, slots=True)
class _Hit:
    start: int
    end: int
    key: int
    weight: float


def weights(plan: Plan) -> dict[int, float]:
    """How much each term of a query is worth showing; conversation is not worth marking."""
    found: dict[int, float] = {}
    for group in plan.asked:
        for one in (*group.readings, *group.expansions):
            for key in one.keys:
                value = max(one.worth, 0.01)
                found[key] = max(value, found.get(key, 0.0))
    return found


def marked(text: str, language: str, worth: dict[int, float]) -> SafeString:
    """A short text (a title) whole, with the words marked."""
    return _rendered(text, 0, len(text), _hits(text, language, worth))


def snippet(text: str, language: str, worth: dict[int, float]) -> SafeString:
    """The stretch of a text that holds the worthiest words, with them marked; "" when none is."""
    plain = texts.excerpt(text, max(1, len(text)))
    hits = _hits(plain, language, worth)
    if not hits:
        return SafeString("")
    start, end = _stretch(plain, hits)
    return _rendered(plain, start, end, [hit for hit in hits if start <= hit.start < end])


def _hits(text: str, language: str, worth: dict[int, float]) -> list[_Hit]:
    base = language.split("-")[0]
    hits = []
    for word in analyser.words(text, most=_MOST_WORDS):
        term = analyser.term(word.form, base)
        if term is None:
            continue
        key = coding.key(term.token)
        if key in worth:
            hits.append(_Hit(word.start, word.end, key, worth[key]))
    return hits


def _stretch(text: str, hits: list[_Hit]) -> tuple[int, int]:
    """Where to cut: around the hits that are worth most together, counting each word once."""
    best, best_at = -1.0, 0
    for at, first in enumerate(hits):
        seen: dict[int, float] = {}
        for hit in hits[at:]:
            if hit.end - first.start > LENGTH - 40:
                break
            seen[hit.key] = hit.weight
        if sum(seen.values()) > best:
            best, best_at = sum(seen.values()), first.start
    start = max(0, best_at - 40)
    if start:
        start = text.rfind(" ", 0, start + 1) + 1
    end = min(len(text), start + LENGTH)
    if end < len(text):
        space = text.rfind(" ", start, end)
        end = space if space > start + LENGTH // 2 else end
    return start, end


def _rendered(text: str, start: int, end: int, hits: list[_Hit]) -> SafeString:
    pieces = ["… " if start else ""]
    at = start
    for hit in hits:
        if hit.start < at or hit.end > end:
            continue
        pieces += [escape(text[at : hit.start]), "<mark>", escape(text[hit.start : hit.end])]
        pieces.append("</mark>")
        at = hit.end
    pieces.append(escape(text[at:end]))
    pieces.append(" …" if end < len(text) else "")
    return mark_safe("".join(pieces))
