"""The piece of a text where a query's words stand, with the words marked. Escaped before it is
marked: nothing of the text can become markup. Called by queries of this room; pure."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from exchange.core import text as texts
from exchange.discovery import analyser, coding
from exchange.discovery.lexicon import BEGINNING
from exchange.discovery.plan import Plan
from exchange.discovery.stems import IRREGULAR

LENGTH = 220
_MOST_WORDS = 400
_MOST_WORDS_INSIDE = 12_000
_ONE_LINE = str.maketrans("\n\f\t\r", "    ")


def _odd_beginnings() -> dict[str, set[str]]:
    """How irregular forms begin whose stem begins otherwise: "people" of "person"."""
    found: dict[str, set[str]] = {}
    for forms in IRREGULAR.values():
        for form, root in forms.items():
            if form[:BEGINNING] != root[:BEGINNING]:
                found.setdefault(root[:BEGINNING], set()).add(form[:BEGINNING])
    return found


_ODD = _odd_beginnings()


@dataclass(frozen=True, slots=True)
class _Hit:
    start: int
    end: int
    key: int
    weight: float


class Worth:
    """How much each term of a query is worth showing, and how words worth a look begin."""

    def __init__(self, plan: Plan) -> None:
        self.by_key: dict[int, float] = {}
        self.starts: set[str] = set()
        for group in plan.asked:
            for one in (*group.readings, *group.expansions):
                self.starts.update(one.starts)
                for key in one.keys:
                    self.by_key[key] = max(one.worth, self.by_key.get(key, 0.01))
        self.starts.update(*(_ODD.get(begins, ()) for begins in tuple(self.starts)))


def marked(text: str, language: str, worth: Worth) -> SafeString:
    """A short text (a title) whole, with the words marked."""
    return _rendered(text, 0, len(text), _hits(text, language, worth))


def snippet(text: str, language: str, worth: Worth) -> SafeString:
    """The stretch of a text that holds the worthiest words, with them marked; "" when none is."""
    plain = texts.excerpt(text, max(1, len(text)))
    hits = _hits(plain, language, worth)
    if not hits:
        return SafeString("")
    start, end = _stretch(plain, hits)
    return _rendered(plain, start, end, [hit for hit in hits if start <= hit.start < end])


def passage(text: str, language: str, worth: Worth) -> tuple[SafeString, int, float]:
    """The same of a long text as it stands: the stretch, where in the text it begins, and what its
    words are worth together; worth nothing when none is there."""
    hits = _hits(text, language, worth, most=_MOST_WORDS_INSIDE)
    if not hits:
        return SafeString(""), 0, 0.0
    plain = text.translate(_ONE_LINE)
    start, end = _stretch(plain, hits)
    inside = [hit for hit in hits if start <= hit.start < end]
    return _rendered(plain, start, end, inside), inside[0].start if inside else start, value(inside)


def value_of(text: str, language: str, worth: Worth) -> float:
    """What the query's words in a short text are worth together, each counted once."""
    return value(_hits(text, language, worth))


def value(hits: list[_Hit]) -> float:
    return sum({hit.key: hit.weight for hit in hits}.values())


def _hits(text: str, language: str, worth: Worth, most: int = _MOST_WORDS) -> list[_Hit]:
    base = language.split("-")[0]
    # Stems of these two lose their beginnings; their rules are quick.
    starts = None if base in ("sw", "ar") else worth.starts
    hits = []
    for form, first, last in analyser.placed(text, most=most, beginning=starts, letters=BEGINNING):
        term = analyser.term(form, base)
        if term is None:
            continue
        key = coding.key(term.token)
        if key in worth.by_key:
            hits.append(_Hit(first, last, key, worth.by_key[key]))
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
