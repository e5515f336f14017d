"""Which questions are alone, and who could know. Called by the actions of this matter, by alerts
and by the desk."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Value

from exchange.contributions.models import Contribution, State
from exchange.conversation.models import Offer, Reply
from exchange.conversation.offering import rules
from exchange.conversation.offering.rules import Asked
from exchange.members import apart
from exchange.members.models import Member

# So many people are weighed for one question; who was asked longest ago comes first.
WEIGHED = 400


def alone(moment: datetime) -> list[Contribution]:
    """Public questions of members that nobody has answered for a day or longer."""
    rows: QuerySet[Contribution] = Contribution.objects.unanswered().filter(
        published_at__lte=moment - rules.FIRST_AFTER, published_at__gt=moment - rules.UNTIL
    )
    return list(rows.exclude(origin="starter").exclude(is_demo=True)[:200])


def rounds_of(question: Contribution) -> int:
    """How often it was offered: 0, 1 (in its first days), or 2."""
    moments = list(question.offers.order_by("at").values_list("at", flat=True))
    if not moments:
        return 0
    return 2 if moments[-1] - moments[0] >= rules.FIRST_AFTER else 1


def who_could_know(question: Contribution, moment: datetime) -> list[Member]:
    """At most five, the nearest first: they read its language, said that they work on it or live
    where it is, agreed to be asked, and were not asked too much."""
    kept_apart = apart.from_(question.author) if question.author else frozenset()
    people = [
        one
        for one in _candidates(question)
        if question.language in one.language_codes and one.pk not in kept_apart
    ]
    before = asked_before(people, moment)
    near = [
        (rules.closeness(one, question), one)
        for one in people
        if rules.may_be_asked(before.get(one.pk, ()))
    ]
    ranked = sorted(near, key=lambda pair: (-pair[0], len(before.get(pair[1].pk, ())), pair[1].pk))
    return [one for points, one in ranked if points][: rules.MOST]


def asked_before(people: Iterable[Member], moment: datetime) -> dict[int, list[Asked]]:
    """By person, what they were offered in the time that counts, the newest first."""
    since = moment - max(rules.REST, rules.MONTH)
    rows = Offer.objects.filter(member__in=[one.pk for one in people], at__gt=since)
    found: dict[int, list[Asked]] = {}
    for pk, at, answered in rows.order_by("-at").values_list("member_id", "at", "answered_at"):
        found.setdefault(pk, []).append(Asked(moment - at, answered is not None))
    return found


def untold() -> list[Offer]:
    """Offers whose letter was not written yet, the oldest first."""
    rows = Offer.objects.filter(told_at=None, ended_at=None)
    return list(rows.select_related("question", "member").order_by("at", "pk")[:500])


def is_still_alone(question: Contribution) -> bool:
    return (
        question.state == State.PUBLISHED
        and question.closed_at is None
        and question.reply_count == 0
    )


def asked_and_held(question_ids: Sequence[int]) -> tuple[dict[int, int], set[int]]:
    """How many members were asked about each, and which have a host's holding answer; in one
    question to the database."""
    asked = Offer.objects.filter(question_id__in=question_ids).exclude(told_at=None)
    holding = Reply.objects.filter(contribution_id__in=question_ids, is_holding=True)
    offers = asked.values_list("question_id", Value(0)).order_by()
    held = holding.exclude(state=State.WITHDRAWN).values_list("contribution_id", Value(1))
    counts: dict[int, int] = {}
    told: set[int] = set()
    for pk, is_held in offers.union(held.order_by(), all=True):
        if is_held:
            told.add(pk)
        else:
            counts[pk] = counts.get(pk, 0) + 1
    return counts, told


def has_holding_answer(question: Contribution) -> bool:
    rows = Reply.objects.filter(contribution_id=question.pk, is_holding=True)
    return rows.exclude(state=State.WITHDRAWN).exists()


def _candidates(question: Contribution) -> QuerySet[Member]:
    """Members whose words count, who agreed to be asked and may write."""
    people = Member.objects.active().filter(
        may_be_offered=True, is_demo=question.is_demo, accepted_at__isnull=False, paused_until=None
    )
    near = Q(country__in=question.country_codes) | Q(helps_with__gt="") | Q(practice__gt="")
    for slug in question.topic_slugs:
        near |= Q(practice_topics__contains=slug)
    people = people.filter(near, languages__contains=question.language)
    people = people.exclude(pk=question.author_id or 0).exclude(offers__question=question)
    # Who was asked longest ago, or never, is weighed first: with many members, not always the same.
    last = Offer.objects.filter(member=OuterRef("pk")).order_by("-at").values("at")[:1]
    weighed: QuerySet[Member] = people.annotate(last=Subquery(last)).order_by(
        F("last").asc(nulls_first=True), "-pk"
    )
    return weighed[:WEIGHED]
