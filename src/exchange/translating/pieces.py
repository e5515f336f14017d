"""A text in paragraphs, so that each stands over the field for its translation; and back.
Used by queries, forms and actions of this room; pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from exchange.contributions import kinds
from exchange.contributions.models import Contribution, Experience
from exchange.conversation.models import Reply
from exchange.core import html

_BETWEEN = re.compile(r"\n[ \t]*\n+")
Typed = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Piece:
    """One paragraph of the original: which field it stands in, and which of it."""

    name: str
    number: int
    words: str
    heading: str = ""

    @property
    def key(self) -> str:
        return f"{self.name}-{self.number}"

    @property
    def words_html(self) -> SafeString:
        return html.from_markdown(self.words)


def paragraphs(words: str) -> list[str]:
    """A text cut at its empty lines."""
    return [one.strip() for one in _BETWEEN.split(words) if one.strip()]


def of(contribution: Contribution, reply: Reply | None = None) -> list[Piece]:
    """The whole original, piece by piece."""
    if reply is not None:
        return _cut("body", reply.body)
    full = kinds.get(contribution.kind).full(contribution)
    found = [Piece("title", 0, full.title), *_cut("body", full.body)]
    if isinstance(full, Experience):
        for name, heading in Experience.PARTS:
            found += _cut(name, getattr(full, name), str(heading))
    return found


def _cut(name: str, words: str, heading: str = "") -> list[Piece]:
    return [
        Piece(name, number, one, "" if number else heading)
        for number, one in enumerate(paragraphs(words))
    ]


def joined(typed: Typed, name: str) -> str:
    """One field's paragraphs as the text they make."""
    return "\n\n".join(one for one in typed.get(name, ()) if one.strip())


def parts(typed: Typed) -> dict[str, str]:
    """What was written for the parts of an experience."""
    names = [name for name in typed if name not in ("title", "body")]
    return {name: words for name in names if (words := joined(typed, name))}


def missing(original: Sequence[Piece], typed: Typed) -> list[Piece]:
    """Paragraphs of the original that have no words beside them."""
    return [one for one in original if not _at(typed, one).strip()]


def _at(typed: Typed, piece: Piece) -> str:
    words = typed.get(piece.name, ())
    return words[piece.number] if piece.number < len(words) else ""


def fitted(original: Sequence[Piece], typed: Typed) -> dict[str, list[str]]:
    """What was typed for an earlier state of the original, in the places it has now: what is over
    goes into the last paragraph of its field, so that no word is lost."""
    made: dict[str, list[str]] = {}
    for piece in original:
        made.setdefault(piece.name, []).append(_at(typed, piece))
    for name, fields in made.items():
        over = [one for one in typed.get(name, ())[len(fields) :] if one.strip()]
        fields[-1] = "\n\n".join(filter(None, [fields[-1], *over]))
    return made
