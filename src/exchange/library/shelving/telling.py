"""Telling somebody what a host decided about their collection, with the host's kind words.
Called by the hooks; may be called again and writes one mail."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import override

from exchange.library.models import Shelf, Standing
from exchange.library.offering import telling
from exchange.library.offering.letters import Letter, farewell, link, quoted, whole


def tell_keeper(*, shelf_id: int, event_id: int) -> None:
    """That it is out, or kept back for now; nothing when it was changed or closed since."""
    shelf = Shelf.objects.filter(pk=shelf_id).first()
    keeper = telling.reachable(shelf.by_id) if shelf else None
    if shelf is None or keeper is None or shelf.hub:
        return
    with override(keeper.first_language):
        if shelf.standing == Standing.PUBLISHED:
            letter = _out(shelf)
        elif shelf.standing == Standing.DECLINED:
            letter = _kept_back(shelf)
        else:
            return
    telling.write(keeper, letter, f"library:shelf:{shelf_id}:{event_id}")


def _out(shelf: Shelf) -> Letter:
    return Letter(
        _("Your collection"),
        whole(
            _("Thank you. A host has read your collection. This is what everybody sees now:"),
            _titled(shelf),
            quoted(shelf.note),
            farewell(),
        ),
    )


def _kept_back(shelf: Shelf) -> Letter:
    return Letter(
        _("Your collection"),
        whole(
            _("Thank you. A host keeps your collection back for now:"),
            _titled(shelf),
            quoted(shelf.note),
            _("Nothing is lost. Change its words, and it is read again."),
            farewell(),
        ),
    )


def _titled(shelf: Shelf) -> str:
    return f"{shelf.title}\n{link(shelf.get_absolute_url())}"
