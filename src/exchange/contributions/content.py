"""What somebody wrote, as plain values: the form of words every door hands to the actions.
Made by forms, mail and commands; read by actions."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from exchange.core import text

_BETWEEN = "\n\n"


@dataclass(frozen=True)
class Content:
    """Words and context of one contribution. `parts` are an experience's answers by name."""

    title: str
    body: str = ""
    language: str = "en"
    topics: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    setting: str = ""
    mechanism: str = ""
    leadership: str = ""
    parts: dict[str, str] = field(default_factory=dict)
    organisation: str = ""
    expires_at: datetime | None = None
    summary: str = ""
    # Keys of terms from vocabularies that only some kinds use ("type:guide", "region:pacific").
    other_terms: tuple[str, ...] = ()
    # What the row of a kind of its own keeps by column, beside the words the gates read.
    columns: dict[str, Any] = field(default_factory=dict)

    @property
    def whole(self) -> str:
        """Every word that would become visible, for the gates."""
        return _BETWEEN.join(words for _name, words in self._pieces())

    def place_of(self, start: int, end: int) -> tuple[str, int, int]:
        """Where a passage of `whole` stands: the field's name, and start and end in that field."""
        before = 0
        for name, words in self._pieces():
            if start < before + len(words):
                return name, start - before, min(end - before, len(words))
            before += len(words) + len(_BETWEEN)
        return "body", 0, 0

    def words_of(self, name: str) -> str:
        """What stands in a field of that name."""
        return self.title if name == "title" else dict(self._pieces()).get(name, "")

    def _pieces(self) -> list[tuple[str, str]]:
        named = [("body", self.body), *self.parts.items(), ("organisation", self.organisation)]
        return [(name, words) for name, words in named if words]

    @property
    def short(self) -> str:
        """The excerpt lists show: the summary given, or the beginning of the words."""
        return self.summary or text.excerpt(self.body or self.parts.get("did", ""), 200)

    def term_keys(self) -> list[str]:
        """The taxonomy terms that place it."""
        keys = [f"topic:{slug}" for slug in self.topics]
        keys += [f"country:{code}" for code in self.countries]
        for name in ("setting", "mechanism", "leadership"):
            if getattr(self, name):
                keys.append(f"{name}:{getattr(self, name)}")
        return list(dict.fromkeys([*keys, *self.other_terms]))
