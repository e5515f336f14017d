"""Words of a text in another language, beside the original: the registry of who keeps them.
The room of translations registers itself; lists, pages, search and mail ask here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from django.utils.safestring import SafeString

from exchange.contributions.models import Contribution
from exchange.core import html, text
from exchange.core.languages import current, direction, named

if TYPE_CHECKING:
    from exchange.members.models import Member


@dataclass(frozen=True)
class Rendering:
    """A contribution's words, or one answer's (`reply_id`), carried into a language by a person.
    `is_behind`: the original was changed since."""

    pk: int
    contribution_id: int
    reply_id: int
    language: str
    source_language: str
    title: str
    body: str
    parts: Mapping[str, str] = field(default_factory=dict)
    by: str = ""
    is_behind: bool = False

    @property
    def direction(self) -> str:
        return direction(self.language)

    @property
    def from_language(self) -> str:
        """The language of the original, as this moment's interface calls it."""
        return named(self.source_language)

    @property
    def body_html(self) -> SafeString:
        return html.from_markdown(self.body)

    @property
    def whole(self) -> str:
        """Its words but the title, one part after the other."""
        return "\n\n".join(filter(None, [self.body, *self.parts.values()]))

    @property
    def excerpt(self) -> str:
        return text.excerpt(self.body or self.parts.get("did", ""), 200)


class Renderings(Protocol):
    """Who keeps words in other languages. Only what is let out, and only beside an original that
    stands where it did; what a reader may see of the original was asked before."""

    def of_rows(self, pks: Sequence[int], language: str) -> dict[int, Rendering]:
        """The rows that can be read in this language, by number."""

    def of_page(
        self, contribution: Contribution, reader: Member | None, languages: Sequence[str]
    ) -> dict[int, list[Rendering]]:
        """Of one page: by the number of the answer, 0 for the contribution's own words."""

    def public_texts(self, pks: Sequence[int]) -> dict[int, list[Rendering]]:
        """Everything anybody may read of these rows, for the index."""


_kept: list[Renderings] = []


def register(renderings: Renderings) -> None:
    """Say who keeps them; called from hooks."""
    _kept[:] = [renderings]


def of_rows(rows: Iterable[Contribution], language: str = "") -> dict[int, Rendering]:
    """Of rows of a list those that can be read in a language (the one of this moment) and are
    written in another. One question, and none where no row says that it was carried over."""
    wanted = language or current()
    pks = [
        row.pk for row in rows if row.language != wanted and f" {wanted} " in row.translated_into
    ]
    return _kept[0].of_rows(pks, wanted) if pks and _kept else {}


def of_page(
    contribution: Contribution, reader: Member | None, languages: Sequence[str]
) -> dict[int, list[Rendering]]:
    """All that stands beside the words of one page in these languages; one question."""
    return _kept[0].of_page(contribution, reader, languages) if _kept else {}


def public_texts(rows: Iterable[Contribution]) -> dict[int, list[Rendering]]:
    """What search may find of rows in other languages than their own."""
    pks = [row.pk for row in rows if row.translated_into.strip()]
    return _kept[0].public_texts(pks) if pks and _kept else {}


def read_by(reader: Member | None) -> tuple[str, ...]:
    """The languages of a reader in their order: that of the page, then those they named."""
    own = reader.language_codes if reader is not None and reader.is_authenticated else ()
    return tuple(dict.fromkeys([current(), *own]))


def best(
    original: str, renderings: Sequence[Rendering], languages: Sequence[str]
) -> Rendering | None:
    """What a reader of these languages sees first; None: the original."""
    by_language = {one.language: one for one in renderings}
    for code in languages:
        if code == original.split("-")[0]:
            return None
        if code in by_language:
            return by_language[code]
    return None


def say_languages(contribution_id: int, codes: Sequence[str]) -> bool:
    """Keep on the row in which languages it can be read; whether anything changed, or could have:
    the words of a language may be new ones."""
    kept = f" {' '.join(codes)} " if codes else ""
    rows = Contribution.objects.filter(pk=contribution_id)
    had = rows.values_list("translated_into", flat=True).first()
    rows.update(translated_into=kept)
    return bool(kept or had)
