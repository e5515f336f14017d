"""Which questions are alone, and who could know. Called by the actions of this matter, by alerts
and by the desk."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

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


def with_offers(rows: QuerySet[Contribution]) -> QuerySet[Contribution]:
    """Each question with how many members were asked about it (`asked`) and whether a holding
    answer stands under it (`is_held`), in the same question to the database."""
    told = Offer.objects.filter(question=OuterRef("pk")).exclude(told_at=None)
    each = told.order_by().values("question").annotate(n=Count("pk")).values("n")
    holding = Reply.objects.filter(contribution=OuterRef("pk"), is_holding=True)
    return rows.annotate(
        asked=Coalesce(Subquery(each, output_field=IntegerField()), 0),
        is_held=Exists(holding.exclude(state=State.WITHDRAWN)),
    )


def asked_about(question: Contribution) -> int:
    """How many members were asked about it."""
    return Offer.objects.filter(question=question).exclude(told_at=None).count()


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
