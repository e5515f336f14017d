"""Quotations in a page, found again where they were taken from, so that their writers are asked.
Called by `outside` alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from exchange.briefings.models import Brief
from exchange.briefings.quoting import actions as quoting
from exchange.briefings.quoting import words
from exchange.briefings.quoting.sources import Passage, Place, of_contribution, of_reply
from exchange.contributions.models import Contribution
from exchange.conversation.models import Reply
from exchange.members.models import Member
from exchange.writing.models import BriefPage
from exchange.writing.publishing.words import blocks_of


def passages(page: BriefPage, sources: Sequence[Contribution]) -> list[Passage]:
    """Every quotation that stands in a source or in an answer to it, letter for letter. Others are
    nobody's words here: of a book, or of a law."""
    said = [block["value"]["words"] for block in blocks_of(page) if block["type"] == "quotation"]
    said = [one for one in said if words.is_enough(one)]
    if not said:
        return []
    found = []
    for place in _places(sources):
        found += [_passage(place, one) for one in said if words.stands_whole(one, place.text)]
    return found


def choose(page: BriefPage, brief: Brief, sources: Sequence[Contribution], by: Member) -> None:
    """Those that came in since; known ones stay as they are."""
    quoting.choose(brief=brief, passages=passages(page, sources), by=by)


def _places(sources: Sequence[Contribution]) -> Iterator[Place]:
    public = {row.pk: row for row in sources if row.is_public and row.sealed_at is None}
    replies = Reply.objects.public().filter(contribution__in=public, sealed_at=None)
    for row in public.values():
        yield of_contribution(row)
    for reply in replies.select_related("author").order_by("pk"):
        yield of_reply(public[reply.contribution_id], reply)


def _passage(place: Place, said: str) -> Passage:
    return Passage(place.contribution.pk, said.strip(), place.reply_number)
