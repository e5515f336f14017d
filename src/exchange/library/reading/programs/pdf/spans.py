"""Lines joined into the spans of the block tree; hyphens at their ends undone where they may go.
Called wherever lines become a block; pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from exchange.library.reading.programs.pdf.letters import SOFT
from exchange.library.reading.programs.pdf.lines import Line, Span
from exchange.library.reading.programs.pdf.words import BOLD, ITALIC, LOWERED, RAISED

_NAMES = ((BOLD, "b"), (ITALIC, "i"), (RAISED, "u"), (LOWERED, "d"))
# In the place of a span's address: the note it calls for.
CALL = "note:"
_ENDS = (SOFT, "-", "\u2010")
SpanTree = dict[str, Any]


def joined(lines: Iterable[Line], known: Collection[str] = ()) -> list[SpanTree]:
    """The text of lines one after another. `known`: words the document uses inside its lines."""
    run: list[Span] = []
    for line in lines:
        if run and line.spans:
            run = _after(run, line.spans, known)
        else:
            run += line.spans
    return [one for one in map(_tree, _merged(run)) if one["t"]]


def plain(spans: Iterable[SpanTree]) -> str:
    return "".join(span["t"] for span in spans)


def _after(run: list[Span], more: Sequence[Span], known: Collection[str]) -> list[Span]:
    text, style, href = run[-1]
    start = more[0][0]
    if not text.endswith(_ENDS):
        space = "" if _is_unspaced(text, start) else " "
        return [*run[:-1], (text.rstrip() + space, style, href), *more]
    head, tail = _last_word(text[:-1]), _first_word(start)
    keeps = _keeps_hyphen(head, tail, text[-1], known)
    return [*run[:-1], (text[:-1] + ("-" if keeps else ""), style, href), *more]


def _keeps_hyphen(head: str, tail: str, end: str, known: Collection[str]) -> bool:
    """Kept where the writer put it: before a capital or figure, after none, in words written so
    elsewhere, unless the whole word stands somewhere without it."""
    if not head or not tail or not tail[0].isalpha() or not head[-1].isalpha():
        return bool(head or tail)
    if tail[0].isupper() and not head.isupper():
        return True
    if (head + tail).lower() in known:
        return False
    if f"{head}-{tail}".lower() in known:
        return True
    # Both halves stand as words of their own: it was a compound, unless the file says otherwise.
    return end != SOFT and head.lower() in known and tail.lower() in known and len(head) > 3


def _last_word(text: str) -> str:
    return text.rsplit(None, 1)[-1].strip("“”\"'([") if text.strip() else ""


def _first_word(text: str) -> str:
    word = text.split(None, 1)[0] if text.strip() else ""
    return word.strip(".,;:!?”\"')]")


def _is_unspaced(text: str, start: str) -> bool:
    """Chinese, Japanese and Thai are written without spaces, also across lines."""
    return bool(text) and bool(start) and _is_dense(text[-1]) and _is_dense(start[0])


def _is_dense(letter: str) -> bool:
    return "\u3000" <= letter <= "\u9fff" or "\u0e00" <= letter <= "\u0e7f" or letter >= "\uff00"


def _merged(run: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for text, style, href in run:
        if merged and (merged[-1][1:] == (style, href) or not text.strip()):
            merged[-1] = (merged[-1][0] + text, *merged[-1][1:])
        else:
            merged.append((text, style, href))
    if merged:
        merged[0] = (merged[0][0].lstrip(), *merged[0][1:])
        merged[-1] = (merged[-1][0].rstrip().replace(SOFT, "-"), *merged[-1][1:])
    return merged


def _tree(span: Span) -> SpanTree:
    text, style, href = span
    made: SpanTree = {"t": text.replace(SOFT, "")}
    for bit, name in _NAMES:
        if style & bit:
            made[name] = 1
    if href.startswith(CALL):
        made["note"] = href[len(CALL) :]
    elif href:
        made["href"] = href
    return made
