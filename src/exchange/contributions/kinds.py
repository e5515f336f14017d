"""What can be shared: the registry of kinds. Rooms register theirs from hooks; lists, search,
mail and the desk iterate it, so that a new kind touches none of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from django.utils.functional import _StrPromise

    from exchange.contributions.describing import Description
    from exchange.contributions.models import Contribution


@dataclass(frozen=True)
class SearchText:
    """What search may find of a contribution, from the weightiest to the lightest."""

    title: str
    keywords: str = ""
    summary: str = ""
    body: str = ""


@dataclass(frozen=True)
class Passage:
    """A stretch of a long text beside a contribution. `place` says in words where a place in it
    is ("in the text, page 57"), and its address; `is_whole` that the words asked for follow one
    another there."""

    text: str
    language: str
    place: Callable[[int], tuple[str, str]]
    is_whole: bool = False


class Inside(Protocol):
    """Long texts that are kept beside the rows of a kind: the words of a document. Only what
    anybody may read."""

    def texts(self, pks: Sequence[int]) -> dict[int, list[tuple[str, str]]]:
        """Language and words, text after text, by row."""

    def passages(self, pks: Sequence[int], typed: str) -> dict[int, Passage]:
        """Where most of the typed words stand together, by row; rows without such a text are left
        out."""

    def holding(self, pks: Sequence[int], typed: str) -> dict[int, Passage]:
        """Of these rows those in whose texts the typed words follow one another, several of
        them."""


@dataclass(frozen=True)
class Told:
    """Words that stand on the page of a row without being a text of their own: the summary of an
    hour, a question that was asked in it. `is_by_hosts`: nobody else has to be asked about them."""

    label: str
    text: str
    language: str
    is_by_hosts: bool = False


@dataclass(frozen=True)
class Kind:
    """One kind. `page` and `listing` are names of addresses; `search_text` reads a row of the
    kind's own model (see `full`)."""

    slug: str
    label: str | _StrPromise
    plural: str | _StrPromise
    page: str
    listing: str
    search_text: Callable[[Contribution], SearchText]
    # Loads the extending row where there is one; the parent row itself where there is none.
    full: Callable[[Contribution], Contribution]
    icon: str = ""
    takes_replies: bool = True
    # Written by the hosts for everybody: it may be told elsewhere too.
    is_by_hosts: bool = False
    invites: str | _StrPromise = ""
    form: str = ""
    # The address of a form of several screens, where a draft goes on; takes its key and a step.
    continues: str = ""
    # Describes rows for catalogues and harvesters, only those a visitor may read, by their number.
    describes: Callable[[Sequence[Contribution]], dict[int, Description]] | None = None
    # What a card says of each row first, such as when it is: by its number, asked for many at once.
    tells: Callable[[Sequence[Contribution]], dict[int, str]] | None = None
    # When what its rows announce begins, by their number; what was called off is left out.
    begins: Callable[[Sequence[Contribution]], dict[int, datetime]] | None = None
    # Words beside one row that can be summed up; only what anybody may read now.
    beside: Callable[[Contribution], Sequence[Told]] | None = None
    # Asked whenever a row is let out, whoever does it. Raises NotReady while it may not go.
    may_go_out: Callable[[Contribution], None] | None = None
    # Long texts beside its rows, which search reads and shows a passage of.
    inside: Inside | None = None


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Add a kind; called from hooks when the program starts."""
    _kinds[kind.slug] = kind


def get(slug: str) -> Kind:
    """The kind of a slug. KeyError when no room registered it."""
    return _kinds[slug]


def every() -> Iterator[Kind]:
    """All kinds in the order they were registered."""
    return iter(_kinds.values())


def slugs() -> list[str]:
    return list(_kinds)
