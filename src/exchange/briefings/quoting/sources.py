"""Where quoted words come from: what stands there now, whose it is, whether they must be asked.
Called by the actions of quoting, and by the page where hosts choose."""

from __future__ import annotations

from dataclasses import dataclass

from exchange.briefings.models import Quoted
from exchange.briefings.quoting import words
from exchange.contributions import kinds
from exchange.contributions.models import Contribution, Experience
from exchange.conversation.models import Reply
from exchange.members.models import Member
from exchange.members.showing import is_for_all


@dataclass(frozen=True)
class Passage:
    """Words that are to be quoted: from a contribution, or an answer to it by its number."""

    contribution_id: int
    words: str
    reply_number: int = 0


@dataclass(frozen=True)
class Place:
    """One text that anybody may read now. `author` is None where nobody is left to be asked;
    `is_by_hosts` where nobody has to be."""

    contribution: Contribution
    reply_number: int
    text: str
    language: str
    author: Member | None
    shown_as: str
    is_by_hosts: bool

    @property
    def may_be_quoted(self) -> bool:
        return self.is_by_hosts or self.author is not None

    @property
    def shown_country(self) -> str:
        """The country of whoever wrote, where that page says it: beside their own text."""
        if self.author is None or self.reply_number or not is_for_all(self.author, "country"):
            return ""
        return self.author.country if self.author.country in self.contribution.country_codes else ""


def place_of(contribution_id: int, reply_number: int = 0) -> Place | None:
    """What stands there for everybody, at this moment."""
    rows = Contribution.objects.public().filter(sealed_at=None).select_related("author")
    row = rows.filter(pk=contribution_id).first()
    if row is None:
        return None
    if not reply_number:
        return of_contribution(row)
    replies = Reply.objects.public().filter(sealed_at=None, contribution=row)
    reply = replies.select_related("author").filter(pk=reply_number).first()
    return of_reply(row, reply) if reply is not None else None


def of_contribution(row: Contribution) -> Place:
    """Its own words, with those that its kind shows beside it when a host wrote them."""
    full = kinds.get(row.kind).full(row)
    beside = [told.text for told in _beside(full) if told.is_by_hosts]
    text = "\n\n".join(filter(None, (*own_words(full), *beside)))
    return Place(
        contribution=row,
        reply_number=0,
        text=text,
        language=row.language,
        author=_to_ask(row.author),
        shown_as=row.shown_as,
        is_by_hosts=is_by_hosts(row),
    )


def own_words(row: Contribution) -> tuple[str, ...]:
    """Each text that its author wrote in it."""
    full = kinds.get(row.kind).full(row)
    parts = (getattr(full, name, "") for name, _heading in Experience.PARTS)
    return tuple(filter(None, (full.title, full.body, *parts)))


def of_reply(row: Contribution, reply: Reply) -> Place:
    return Place(
        contribution=row,
        reply_number=reply.pk,
        text=reply.body,
        language=reply.language,
        author=_to_ask(reply.author),
        shown_as=reply.shown_as,
        is_by_hosts=_is_hosts(reply.author),
    )


def still_stand(quote: Quoted) -> bool:
    """Whether the words of a quote still stand where they were taken from, by the same person."""
    place = place_of(quote.contribution_id, quote.reply_number)
    if place is None or not quote.words or not words.stands_whole(quote.words, place.text):
        return False
    author = place.author.pk if place.author is not None else None
    return place.may_be_quoted and quote.member_id == author


def is_by_hosts(row: Contribution) -> bool:
    """Whether nobody else has to be asked about what its author wrote in it."""
    return _is_hosts(row.author) or (row.author_id is None and row.origin == "starter")


def _beside(row: Contribution) -> list[kinds.Told]:
    beside = kinds.get(row.kind).beside
    return list(beside(row)) if beside is not None else []


def _to_ask(author: Member | None) -> Member | None:
    return author if author is not None and author.erased_at is None else None


def _is_hosts(author: Member | None) -> bool:
    return author is not None and author.is_appointed and author.erased_at is None
