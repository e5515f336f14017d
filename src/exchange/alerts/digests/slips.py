"""One entry of a digest as words and as a piece of the light page: made once for everybody who
reads it in one language at one length. Used by the modules of this folder alone."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from exchange.alerts.digests.entries import Entry
from exchange.contributions.cards import card
from exchange.contributions.models import Contribution
from exchange.conversation.models import Reply
from exchange.core.text import excerpt
from exchange.mail.paper import Paper, Piece

# Stands where each reader's own address to answer to comes; nobody can have written it.
ANSWER_HERE = f"answer-{secrets.token_hex(12)}"
MOST_KEPT = 3000
_TITLE = 200
# An address is a little longer than the gap for it.
_ADDRESS = 60
_EDGE = f"edge-{secrets.token_hex(12)}"
_INSIDE = re.compile(rf"<p[^>]*>{_EDGE}</p>(.*)<p[^>]*>{_EDGE}</p>", re.DOTALL)


@dataclass(frozen=True)
class Slip:
    """One entry, with a gap where the reader's own address comes."""

    text: str
    html: str
    # Bytes of the page with the address in it.
    size: int


class Press:
    """Makes slips of these rows, which have been asked for through `visible_to`. What was made is
    kept for the next digests, and made anew when a row has changed."""

    def __init__(self, rows: Mapping[int, Contribution], replies: Mapping[int, Reply]) -> None:
        self.rows, self.replies = rows, replies
        self._slips: dict[tuple[Entry, str, int], Slip] = {}

    def without_gone(self, entry: Entry) -> Entry | None:
        """What is left of it that may be read; nothing when only the place of answers is left."""
        if entry.contribution not in self.rows:
            return None
        replies = tuple(pk for pk in entry.replies if pk in self.replies)
        if replies == entry.replies:
            return entry
        return replace(entry, replies=replies) if replies or entry.is_new else None

    def slip(self, entry: Entry, *, language: str, length: int) -> Slip:
        """One entry with so many letters of its words."""
        known = self._slips.get((entry, language, length))
        if known is None:
            known = self._slips[entry, language, length] = self._lasting(entry, language, length)
        return known

    def _lasting(self, entry: Entry, language: str, length: int) -> Slip:
        """From an earlier batch, if its rows are as they were."""
        row = self.rows[entry.contribution]
        replies = tuple(self.replies[pk] for pk in entry.replies)
        key = (
            *(row.pk, row.changed_at, row.reply_count, row.state, row.closed_at),
            *((reply.pk, reply.version) for reply in replies),
            *(entry.is_new, language, length),
        )
        if key not in _kept:
            if len(_kept) >= MOST_KEPT:
                _kept.clear()
            with override(language):
                _kept[key] = _made(row, replies, length=length, language=language)
        return _kept[key]


_kept: dict[object, Slip] = {}


def inside(pieces: tuple[Piece, ...], language: str) -> str:
    """Pieces of a letter as they stand in the middle of its page."""
    edge = Piece("plain", _EDGE)
    page = Paper(_EDGE, (edge, *pieces, edge), language).html
    found = _INSIDE.search(page)
    return found[1].strip() if found else ""


def _made(row: Contribution, replies: tuple[Reply, ...], *, length: int, language: str) -> Slip:
    first = replies[0] if replies else None
    path = first.get_absolute_url() if first else row.get_absolute_url()
    address = f"{settings.BASE_URL}{path}"
    title = excerpt(row.title, _TITLE)
    context = " · ".join(part.text for part in card(row, with_kind=True).context)
    who, said, spoken = _words(row, first, len(replies), length)
    lead = " ".join(filter(None, [who, said]))
    label = _("Answer by e-mail")
    pieces = (
        Piece("title", title, address, row.language),
        Piece("context", context),
        *([Piece("context", who)] if who else []),
        *([Piece("plain", said, language=spoken)] if said else []),
        *([Piece("link", label, f"mailto:{ANSWER_HERE}")] if row.is_open else []),
    )
    answer = f"{label}: {ANSWER_HERE}" if row.is_open else ""
    text = "\n".join(filter(None, [title, context, lead, address, answer]))
    page = inside(pieces, language)
    return Slip(text, page, len(page.encode()) + _ADDRESS)


def _words(row: Contribution, reply: Reply | None, count: int, length: int) -> tuple[str, str, str]:
    """Who says it, the first words of it, and their language."""
    if reply is None:
        words = excerpt(row.body, length) if length > _SUMMARY else ""
        return "", words or excerpt(row.excerpt, length), row.language
    who = _("%(name)s answered:") if row.kind == "question" else _("%(name)s wrote:")
    if count > 1:
        more = ngettext("%(n)d new answer.", "%(n)d new answers.", count) % {"n": count}
        return (
            f"{more} {who % {'name': reply.shown_author}}",
            excerpt(reply.body, length),
            reply.language,
        )
    return who % {"name": reply.shown_author}, excerpt(reply.body, length), reply.language


_SUMMARY = 300
