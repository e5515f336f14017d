"""A newsletter as a letter: text and one light page, in the language of its edition.
Called by `sending` for every mail, and by the hosts' preview, so that both show the same."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from exchange.briefings.builder import queries
from exchange.briefings.models import Item, Newsletter
from exchange.contributions.cards import Card, cards
from exchange.core import text
from exchange.mail.paper import Paper, Piece

_EXCERPT = 160


@dataclass(frozen=True)
class Shown:
    """An item as its edition tells of it: the line the hosts wrote, or how the thing begins."""

    item: Item
    card: Card

    @property
    def line(self) -> str:
        return self.item.intro or text.excerpt(str(self.card.excerpt), _EXCERPT)

    @property
    def language(self) -> str:
        return self.item.newsletter.language if self.item.intro else self.card.language

    @property
    def context(self) -> str:
        return " · ".join(part.text for part in self.card.context)


def shown(
    edition: Newsletter, items: list[Item] | None = None, *, language: str = ""
) -> list[Shown]:
    """What stands in it now, told in its language or in the reader's; `items` when they were asked
    for already."""
    standing = queries.standing(edition) if items is None else items
    for item in standing:
        item.newsletter = edition
    with override(language or edition.language):
        told = cards(item.contribution for item in standing)
    return [Shown(item, card) for item, card in zip(standing, told, strict=True)]


def letter(edition: Newsletter, some: list[Shown] | None = None) -> Paper:
    """All but the foot, which is each person's own. What was taken back a moment ago is not in
    it."""
    items = shown(edition) if some is None else some
    with override(edition.language):
        pieces = (
            Piece("heading", edition.title),
            *_own_words(edition),
            *_items(items),
            Piece("link", _("Read this newsletter on the Exchange:"), address_of(edition)),
        )
    return Paper(edition.title, pieces, edition.language)


def address_of(edition: Newsletter) -> str:
    """Where it stands in the archive, in its own language."""
    with override(edition.language):
        return f"{settings.BASE_URL}{edition.get_absolute_url()}"


def _own_words(edition: Newsletter) -> list[Piece]:
    pieces = [Piece("words", edition.body)] if edition.body else []
    if edition.local_title:
        pieces.append(Piece("title", edition.local_title))
    if edition.local:
        pieces.append(Piece("words", edition.local))
    return pieces


def _items(items: list[Shown]) -> list[Piece]:
    pieces: list[Piece] = []
    for section, some in groupby(items, key=lambda one: one.item.section):
        pieces.append(Piece("heading", str(Item.Section(section).label)))
        for one in some:
            pieces += _item(one)
    return pieces


def _item(one: Shown) -> list[Piece]:
    card = one.card
    pieces = [Piece("title", card.title, f"{settings.BASE_URL}{card.url}", card.language)]
    if one.line:
        pieces.append(Piece("plain", one.line, language=one.language))
    if one.context:
        pieces.append(Piece("context", one.context))
    return pieces
