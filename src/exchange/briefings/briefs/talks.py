"""A talk as a host reads it who sums it up: what was asked, what people said, the most helpful first.
Called by the page where a brief is put together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F
from django.utils.safestring import SafeString

from exchange.briefings.quoting import crediting, sources
from exchange.briefings.quoting.sources import Passage, Place
from exchange.contributions import kinds
from exchange.contributions.models import Contribution
from exchange.conversation.models import Reply
from exchange.core import html
from exchange.core.languages import direction

MOST_ANSWERS = 40
MOST_SOURCES = 8
# Which of them are proposed: what answered, and what helped.
PROPOSED = 3
_LONGEST_WHOLE = 1200


@dataclass(frozen=True)
class Said:
    """One text that can be quoted, whole or a passage of it. `key` stands in the form."""

    key: str
    place: Place
    words: str
    label: str = ""
    helped: int = 0
    answered: bool = False

    @property
    def html(self) -> SafeString:
        return html.from_markdown(self.words)

    @property
    def language(self) -> str:
        return self.place.language

    @property
    def direction(self) -> str:
        return direction(self.place.language)

    @property
    def shown_author(self) -> str:
        return crediting.named(self.place, self.place.language)

    @property
    def may_be_quoted(self) -> bool:
        return self.place.may_be_quoted

    @property
    def is_question(self) -> bool:
        return not self.place.reply_number and self.place.contribution.kind == "question"

    def passage(self, typed: str = "") -> Passage:
        """All of it, or what was typed or pasted of it."""
        words = typed.strip() or self.words
        return Passage(self.place.contribution.pk, words, self.place.reply_number)


@dataclass(frozen=True)
class Talk:
    """One source: its own words, what stands beside them, and its answers."""

    source: Contribution
    said: tuple[Said, ...]
    # Questions of an hour: for the host to read; whoever asked them cannot be found to be asked.
    beside: tuple[kinds.Told, ...] = ()

    @property
    def kind_label(self) -> str:
        return str(kinds.get(self.source.kind).label)


def talks_of(pks: Iterable[int]) -> list[Talk]:
    """The sources of these numbers that anybody may read, in this order."""
    wanted = list(dict.fromkeys(pks))[:MOST_SOURCES]
    rows = Contribution.objects.public().filter(sealed_at=None).select_related("author")
    found = rows.in_bulk(wanted)
    return [_talk(found[pk]) for pk in wanted if pk in found]


def proposed(talks: Iterable[Talk]) -> list[str]:
    """What a host would most likely take: the question, and what answered or helped."""
    keys = []
    for talk in talks:
        own = [one for one in talk.said if one.is_question and one.may_be_quoted]
        answers = [one for one in talk.said if one.place.reply_number and one.may_be_quoted]
        best = [one for one in answers if one.answered or one.helped] or answers[:PROPOSED]
        summed = [one for one in talk.said if one.key.count(":") > 1]
        keys += [one.key for one in (*own, *summed, *best[:PROPOSED])]
    return keys


def former_words(key: str) -> list[str]:
    """The words of something that may not be read any more, so that they leave what was typed."""
    parts = key.split(":")
    if len(parts) < 2 or not all(part.isdecimal() and len(part) < 18 for part in parts):
        return []
    if int(parts[1]):
        replies = Reply.objects.filter(pk=int(parts[1]), contribution_id=int(parts[0]))
        return list(replies.values_list("body", flat=True))
    row = Contribution.objects.filter(pk=int(parts[0])).first()
    return list(sources.own_words(row)) if row is not None else []


def _talk(row: Contribution) -> Talk:
    full = kinds.get(row.kind).full(row)
    own = sources.of_contribution(row)
    beside = kinds.get(row.kind).beside
    told = list(beside(full)) if beside is not None else []
    said = [Said(f"{row.pk}:0", own, words)] if (words := _own_words(full)) else []
    said += [
        Said(f"{row.pk}:0:{place}", own, one.text, one.label)
        for place, one in enumerate(told)
        if one.is_by_hosts and one.text
    ]
    said += [
        Said(
            f"{row.pk}:{reply.pk}",
            sources.of_reply(row, reply),
            reply.body,
            helped=reply.helped_count,
            answered=reply.answered_at is not None,
        )
        for reply in _answers(row)
    ]
    return Talk(row, tuple(said), tuple(one for one in told if not one.is_by_hosts))


def _answers(row: Contribution) -> list[Reply]:
    replies = Reply.objects.public().filter(contribution=row, sealed_at=None)
    in_order = replies.select_related("author").order_by(
        F("answered_at").asc(nulls_last=True), "-helped_count", "created_at", "pk"
    )
    return list(in_order[:MOST_ANSWERS])


def _own_words(full: Contribution) -> str:
    """What of its own words is quoted when all is taken: a question's one line; of an experience what
    its writer would tell others. A record is a source, not somebody speaking."""
    if full.kind == "resource":
        return ""
    if full.kind == "question":
        return full.title
    words = getattr(full, "tell_others", "") or getattr(full, "did", "") or full.body or full.title
    return words if len(words) <= _LONGEST_WHOLE else words[:_LONGEST_WHOLE].rsplit("\n", 1)[0]
