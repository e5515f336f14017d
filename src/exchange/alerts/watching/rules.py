"""What can be followed, and whether a member could help with a question. Pure: values in, an answer
out. Called by the actions and queries of this matter, and by digests."""

from __future__ import annotations

from collections.abc import Iterable

from exchange.alerts.models import Level, Watch
from exchange.contributions.models import Contribution
from exchange.core import ids
from exchange.members.models import Member
from exchange.taxonomy import meanings, vocabulary

Kind = Watch.Kind
MOST_WATCHED = 200
# Kinds that stand in the vocabulary, under which name.
_VOCABULARY = {Kind.TOPIC: "topic", Kind.COUNTRY: "country", Kind.HUB: "region"}


def known(kind: str, value: str) -> str:
    """The value as it is kept; "" when there is no such topic, country or hub."""
    plain = value.upper() if kind == Kind.COUNTRY else value.lower()
    return plain if vocabulary.term(f"{_VOCABULARY[Kind(kind)]}:{plain}") else ""


def is_in_vocabulary(kind: str) -> bool:
    return kind in _VOCABULARY


def word_of(kind: str, value: str) -> str:
    """What a topic, country or hub is called in the language that is active."""
    return vocabulary.label(f"{_VOCABULARY[Kind(kind)]}:{value}")


def organisation_slug(name: str) -> str:
    """By what an organisation is known, however its name is written this time."""
    return ids.slug(name) if name.strip() else ""


def suits(member: Member, row: Contribution, watches: Iterable[Watch] = ()) -> bool:
    """Whether it is a question in a language of theirs, on what they work on: what they wrote of
    their practice, and the topics they follow. Who told nothing of it could help with all."""
    if row.kind != "question" or row.language not in member.language_codes:
        return False
    theirs = set(meanings.topics_in(member.practice)) if member.practice else set()
    theirs |= {
        watch.value for watch in watches if watch.kind == Kind.TOPIC and watch.level != Level.OFF
    }
    about = set(row.topic_slugs) or meanings.topics_in(row.title)
    return not theirs or not about or bool(theirs & about)
