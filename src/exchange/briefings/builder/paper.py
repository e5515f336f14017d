"""A newsletter as a letter: text and one light page, in the language of its edition.
Called by `sending` for every mail, and by the hosts' preview, so that both show the same."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from exchange.briefings.builder import queries
from exchange.briefings.models import Item, Newsletter
from exchange.contributions.cards import Card, cards
from exchange.core import text
from exchange.mail.paper import Paper, Piece

_EXCERPT = 160


def letter(edition: Newsletter) -> Paper:
    """All but the foot, which is each person's own. What was taken back a moment ago is not in
    it."""
    with override(edition.language):
        pieces = (
            Piece("heading", edition.title, language=edition.language),
            *_own_words(edition),
            *_items(queries.standing(edition)),
            Piece("link", _("Read this newsletter on the Exchange:"), address_of(edition)),
        )
    return Paper(edition.title, pieces, edition.language)


def address_of(edition: Newsletter) -> str:
    """Where it stands in the archive, in its own language."""
    with override(edition.language):
        return f"{settings.BASE_URL}{edition.get_absolute_url()}"


def line_of(item: Item, card: Card) -> tuple[str, str]:
    """The line under an item and its language: the hosts' own, or how the thing itself begins."""
    if item.intro:
        return item.intro, ""
    return text.excerpt(str(card.excerpt), _EXCERPT), card.language


def _own_words(edition: Newsletter) -> list[Piece]:
    pieces = [Piece("words", edition.body)] if edition.body else []
    if edition.local_title:
        pieces.append(Piece("title", edition.local_title))
    if edition.local:
        pieces.append(Piece("words", edition.local))
    return pieces


def _items(items: list[Item]) -> list[Piece]:
    by_id = {card.id: card for card in cards([item.contribution for item in items])}
    pieces: list[Piece] = []
    for section, some in queries.by_section(items):
        pieces.append(Piece("heading", str(Item.Section(section).label)))
        for item in some:
            pieces += _item(item, by_id[item.contribution_id])
    return pieces


def _item(item: Item, card: Card) -> list[Piece]:
    line, language = line_of(item, card)
    context = " · ".join(part.text for part in card.context)
    pieces = [Piece("title", card.title, f"{settings.BASE_URL}{card.url}", card.language)]
    if line:
        pieces.append(Piece("plain", line, language=language))
    if context:
        pieces.append(Piece("context", context))
    return pieces
