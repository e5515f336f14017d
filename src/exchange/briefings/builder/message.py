"""A newsletter in the size of a message, to be passed on by hand in WhatsApp and the like.
Called by the hosts' page, the archive, and by `sending`."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from django.utils.translation import gettext as _
from django.utils.translation import override

from exchange.briefings.builder import queries, rules
from exchange.briefings.builder.addresses import path_of, short_address
from exchange.briefings.models import Item, Newsletter
from exchange.contributions.models import Contribution
from exchange.core import text

_LONGEST_TITLE = 90
# A title shorter than this may stand in any sentence.
_TELLING = 8
_BETWEEN = "\n\n"


def message(
    edition: Newsletter, items: list[Item] | None = None, gone: Sequence[Contribution] | None = None
) -> str:
    """As hosts wrote it, without the lines about what was taken back; or drafted from what stands
    in the edition now. `items` and `gone` when they were asked for already."""
    if not edition.message:
        return drafted(edition, items)
    away = queries.gone(edition) if gone is None else gone
    said = edition.message.split(_BETWEEN)
    return _BETWEEN.join(part for part in said if not any(_tells_of(part, row) for row in away))


def drafted(edition: Newsletter, items: list[Item] | None = None) -> str:
    """Title after title with short links, as many as there is room for, and where all of it is."""
    some = queries.standing(edition) if items is None else items
    with override(edition.language):
        end = f"{_('All of it:')}\n{short_address(edition)}"
        lines = [f"*{edition.title}*"]
        for item in some:
            title = text.excerpt(item.contribution.title, _LONGEST_TITLE)
            line = f"{title}\n{short_address(item.contribution)}"
            if len(_BETWEEN.join([*lines, line, end])) > rules.LONGEST_MESSAGE:
                break
            lines.append(line)
    return _BETWEEN.join([*lines, end])


def whatsapp(words: str) -> str:
    """Opens WhatsApp with these words, on a phone or in a browser; nothing of theirs is loaded."""
    return f"https://wa.me/?text={quote(words)}"


def _tells_of(part: str, row: Contribution) -> bool:
    """Whether some lines lead to it, or say its title."""
    title = text.excerpt(row.title, _LONGEST_TITLE).rstrip("…")
    return path_of(row) in part or (len(title) >= _TELLING and title in part)
