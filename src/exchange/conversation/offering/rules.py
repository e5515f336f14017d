"""To whom a question is offered, when, and how often somebody is asked. Pure: values in, an answer
out. Called by the queries and actions of this matter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from exchange.contributions.models import Contribution
from exchange.members.models import Member
from exchange.taxonomy import meanings
from exchange.taxonomy.regions import regions_of

# A question that nobody answered for so long is offered; so much later to some more.
FIRST_AFTER, AGAIN_AFTER = timedelta(hours=24), timedelta(hours=72)
# Older ones were offered twice, or are from before there were offers.
UNTIL = timedelta(days=14)
FEWEST, MOST = 3, 5
# Gently: one in so many days, so many in a month; after so many without an answer, a long rest.
ONE_IN = timedelta(days=3)
MOST_A_MONTH = 4
UNANSWERED_IN_A_ROW = 3
REST = timedelta(days=60)
MONTH = timedelta(days=30)


@dataclass(frozen=True)
class Asked:
    """How somebody was asked before: days ago, and whether they answered; the newest first."""

    ago: timedelta
    answered: bool


def may_be_asked(before: Sequence[Asked]) -> bool:
    """Whether another question is not too much for them."""
    if before and before[0].ago < ONE_IN:
        return False
    if sum(1 for one in before if one.ago < MONTH) >= MOST_A_MONTH:
        return False
    last = before[:UNANSWERED_IN_A_ROW]
    is_silent = len(last) == UNANSWERED_IN_A_ROW and not any(one.answered for one in last)
    return not (is_silent and last[0].ago < REST)


def closeness(member: Member, question: Contribution) -> int:
    """How near the question is to what they said of themselves. 0: nothing they named.
    Practice weighs most, then the same country, then the same part of the world and setting."""
    wanted = set(question.topic_slugs) or set(meanings.topics_in(question.title))
    theirs = set(member.practice_topics.split())
    said = f"{member.helps_with} {member.practice}".strip()
    theirs |= set(meanings.topics_in(said)) if said else set()
    points = 4 * len(wanted & theirs)
    countries = set(question.country_codes)
    if member.country and member.country in countries:
        points += 3
    elif member.country and regions_of(countries) & regions_of([member.country]):
        points += 1
    if question.setting and question.setting in member.settings.split():
        points += 1
    # Somebody who says that they help is nearer than somebody who works on the same.
    return points + (1 if points and member.helps_with else 0)


def is_time(alone: timedelta, rounds: int) -> bool:
    """Whether a question that has been alone so long, and was offered so often, is offered now."""
    if alone > UNTIL:
        return False
    return (rounds == 0 and alone >= FIRST_AFTER) or (rounds == 1 and alone >= AGAIN_AFTER)
