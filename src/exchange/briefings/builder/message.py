"""A newsletter in the size of a message, to be passed on by hand in WhatsApp and the like.
Called by the hosts' page, the archive, and by `sending`."""

from __future__ import annotations

from urllib.parse import quote

from django.utils.translation import gettext as _
from django.utils.translation import override

from exchange.briefings.builder import queries, rules
from exchange.briefings.builder.addresses import short_address
from exchange.briefings.models import Item, Newsletter
from exchange.core import text

_LONGEST_TITLE = 90


def message(edition: Newsletter, items: list[Item] | None = None) -> str:
    """As hosts wrote it, or drafted from what stands in the edition now."""
    return edition.message or drafted(edition, items)


def drafted(edition: Newsletter, items: list[Item] | None = None) -> str:
    """Title after title with short links, as many as there is room for, and where all of it is."""
    some = queries.standing(edition) if items is None else items
    with override(edition.language):
        end = f"{_('All of it:')}\n{short_address(edition)}"
        lines = [f"*{edition.title}*"]
        for item in some:
            title = text.excerpt(item.contribution.title, _LONGEST_TITLE)
            line = f"{title}\n{short_address(item.contribution)}"
            if len("\n\n".join([*lines, line, end])) > rules.LONGEST_MESSAGE:
                break
            lines.append(line)
    return "\n\n".join([*lines, end])


def whatsapp(words: str) -> str:
    """Opens WhatsApp with these words, on a phone or in a browser; nothing of theirs is loaded."""
    return f"https://wa.me/?text={quote(words)}"
