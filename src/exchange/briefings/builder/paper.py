"""A newsletter as a letter: text and one light page, in the language of its edition.
Called by `sending` for every mail, and by the hosts' preview, so that both show the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from exchange.briefings.builder import queries
from exchange.briefings.builder.addresses import address_of, short_address
from exchange.briefings.models import Item, Newsletter
from exchange.contributions.cards import Card, cards
from exchange.core import text
from exchange.mail.paper import LARGEST_PAGE, Paper, Piece

__all__ = ["Shown", "address_of", "letter", "shown"]
_EXCERPT = 160
# Lines are cut to the first of these at which all items fit; at last their titles stand alone.
_LENGTHS = (280, 200, 140, 90, 50, 0)
_SHORT_TITLE = 90
_LONG_ADDRESS = 130
# Of the page: its own frame with headings, and the foot that each person gets.
_FRAME = 3_200
_OWN_WORDS = 5_000
_AROUND = {"title": 150, "plain": 40, "context": 90}


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
            *_items(items, _room(edition)),
            Piece("link", _("Read this newsletter on the Exchange:"), address_of(edition)),
        )
    return Paper(edition.title, pieces, edition.language)


def _own_words(edition: Newsletter) -> list[Piece]:
    here = address_of(edition)
    pieces = [Piece("words", edition.body, here)] if edition.body else []
    if edition.local_title:
        pieces.append(Piece("title", edition.local_title))
    if edition.local:
        pieces.append(Piece("words", edition.local, here))
    return pieces


def _items(items: list[Shown], room: int) -> list[Piece]:
    """At the greatest length of a line at which all fit on the page; each stands in it anyhow."""
    for length in _LENGTHS:
        pieces = [piece for one in items for piece in _item(one, length)]
        if sum(map(_weight, pieces)) <= room:
            break
    return list(_under_headings(items, length))


def _under_headings(items: list[Shown], length: int) -> Iterator[Piece]:
    for section, some in groupby(items, key=lambda one: one.item.section):
        yield Piece("heading", str(Item.Section(section).label))
        for one in some:
            yield from _item(one, length)


def _item(one: Shown, length: int) -> list[Piece]:
    card = one.card
    title = card.title if length else text.excerpt(card.title, _SHORT_TITLE)
    address = f"{settings.BASE_URL}{card.url}"
    if len(address) > _LONG_ADDRESS:
        address = short_address(one.item.contribution)
    pieces = [Piece("title", title, address, card.language)]
    if one.line and length:
        line = text.excerpt(one.line, length)
        pieces.append(Piece("plain", line, language=one.language))
    if one.context and length:
        pieces.append(Piece("context", one.context))
    return pieces


def _weight(piece: Piece) -> int:
    """About what it weighs on the page, with the styles in its elements."""
    return len(piece.text.encode()) + len(piece.address) + _AROUND[piece.sort]


def _room(edition: Newsletter) -> int:
    """What is left for items, beside the words of the hosts; long ones are read on elsewhere."""
    own = len((edition.body + edition.local_title + edition.local).encode())
    return LARGEST_PAGE - _FRAME - min(own, _OWN_WORDS)
