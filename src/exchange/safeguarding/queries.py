"""Reads of safeguarding: who looks after it, the cases by their clock, how a reporter fared so far.
Called by actions, views, hooks and the tags of this room."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from exchange.members.models import Member
from exchange.members.rules import SECOND_FACTORS
from exchange.safeguarding import helplines
from exchange.safeguarding.models import (
    Case,
    CaseQuerySet,
    Concern,
    Evidence,
    Look,
    PolicyReview,
    PosterNote,
    SafeguardingRole,
)

AT_ONCE = 50
CLOSED_SHOWN = 20


def roles() -> list[SafeguardingRole]:
    """Lead first, then deputies."""
    rows = SafeguardingRole.objects.current().select_related("member")
    return sorted(rows, key=lambda row: (row.role != SafeguardingRole.Role.LEAD, row.since))


def handlers() -> list[Member]:
    return [row.member for row in roles()]


def is_handler(member: Member | None) -> bool:
    """Whether this member looks after safeguarding today."""
    if member is None or not member.is_authenticated or not member.is_active:
        return False
    return bool(member.safeguarding_roles.filter(until=None).exists())


def handlers_of(case: Case) -> list[Member]:
    """Lead and deputies who may see this case."""
    away = set(case.recusals.values_list("member_id", flat=True))
    return [member for member in handlers() if member.pk not in away]


def cases_of(member: Member | None) -> CaseQuerySet:
    """The cases this member may open, with what a list shows of them."""
    rows: CaseQuerySet = Case.objects.handled_by(member).annotate(reports=Count("concerns"))
    return rows.select_related("contribution", "reply", "handler")


def open_cases(member: Member) -> list[Case]:
    """By clock: what has not been decided first, the earliest due first."""
    rows = cases_of(member).open().order_by("due_at")[:AT_ONCE]
    return sorted(rows, key=lambda case: (case.decided_at is not None, case.due_at))


def closed_cases(member: Member) -> list[Case]:
    rows = cases_of(member).exclude(closed_at=None).order_by("-closed_at")
    return list(rows[:CLOSED_SHOWN])


def has_been_looked_at(case: Case) -> bool:
    return Look.objects.filter(case=case).exists()


def notes_to(member: Member) -> list[PosterNote]:
    """The private words a member was sent, the newest first."""
    return list(PosterNote.objects.filter(member=member).exclude(text="")[:10])


@dataclass(frozen=True)
class Accuracy:
    """How the earlier reports of one person, or of one line, turned out."""

    reports: int
    right: int
    mistaken: int
    misused: int


def accuracy(concerns: Iterable[Concern], *, but: Case) -> dict[str, Accuracy]:
    """By `told_by`: how the other reports of those who sent these turned out. One question."""
    given = list(concerns)
    outcome = Case.Outcome
    right = Q(case__outcome__in=[outcome.ACTED, outcome.PASSED_ON])
    rows = (
        Concern.objects.exclude(case=but)
        .filter(
            Q(reporter_id__in={one.reporter_id for one in given if one.reporter_id})
            | Q(reporter=None, line__in={one.line for one in given if one.line})
        )
        .order_by()
        .values("reporter_id", "line")
        .annotate(
            reports=Count("pk"),
            right=Count("pk", filter=right),
            mistaken=Count("pk", filter=Q(case__outcome=outcome.NO_REASON)),
            misused=Count("pk", filter=Q(case__outcome=outcome.MISUSED)),
        )
    )
    return {
        f"member:{row['reporter_id']}" if row["reporter_id"] else f"line:{row['line']}": Accuracy(
            row["reports"], row["right"], row["mistaken"], row["misused"]
        )
        for row in rows
    }


def reports_so_far(*, reporter: Member | None, line: str, since: datetime) -> int:
    """How many reports one person or line has sent since then."""
    rows = Concern.objects.filter(at__gte=since)
    if reporter is not None:
        return rows.filter(reporter=reporter).count()
    return rows.filter(reporter=None, line=line).count() if line else 0


def concerns_since_let_stand(case: Case) -> list[Concern]:
    """The reports that came since a host or a handler last let the thing stand."""
    item = case.contribution or case.reply
    let_out = item.decisions.filter(what="publish").first() if item else None
    stood = case.entries.filter(what__in=["restored", "left"]).last()
    moments = [one.at for one in (let_out, stood) if one]
    rows = case.concerns.filter(at__gt=max(moments)) if moments else case.concerns.all()
    return list(rows)


def different_people(concerns: Iterable[Concern]) -> int:
    return len({concern.told_by for concern in concerns if not concern.one_of_many})


def hosts_without_second_factor() -> list[Member]:
    """Hosts, leads and deputies who could not do their work."""
    has_one = Member.objects.filter(pk=OuterRef("pk"), authenticator__type__in=SECOND_FACTORS)
    people = Member.objects.active().filter(is_demo=False)
    acting = people.filter(
        Q(hosting_since__isnull=False)
        | Q(safeguarding_roles__until=None) & Q(safeguarding_roles__isnull=False)
    )
    return list(acting.exclude(Exists(has_one)).distinct().order_by("pk"))


def policy_review() -> PolicyReview | None:
    """The last time a host read the policy."""
    return PolicyReview.objects.first()


def policy_is_due(moment: datetime) -> bool:
    last = policy_review()
    return last is None or moment - last.at > timedelta(days=365)


def helplines_due() -> int:
    """Numbers nobody has confirmed within a year."""
    return sum(line.needs_a_look for line in helplines.every())


def missing() -> list[str]:
    """What must be done before the public may come in; in plain English, for the machine's
    owner and for the desk."""
    faults = []
    named = {row.role for row in roles()}
    if SafeguardingRole.Role.LEAD not in named:
        faults.append(
            "Nobody is the safeguarding lead. Name one: ./exchange safeguarding lead EMAIL"
        )
    if SafeguardingRole.Role.DEPUTY not in named:
        faults.append("The lead has no deputy. Name one: ./exchange safeguarding deputy EMAIL")
    if policy_review() is None:
        faults.append(
            "No host has read and adapted the safeguarding policy. Say so at /desk/safeguarding/"
        )
    without = hosts_without_second_factor()
    if without:
        faults.append(
            f"{len(without)} of the people who run the Exchange have no second factor yet. "
            "Each sets one up at /me/security/"
        )
    return faults


def frozen_ids() -> set[str]:
    """Of every picture that is kept as evidence."""
    rows = Evidence.objects.exclude(pictures=[]).values_list("pictures", flat=True)
    return {one["id"] for pictures in rows for one in pictures if "id" in one}


def has_frozen(case: Case, key: str) -> bool:
    return any(one.get("id") == key for row in case.evidence.all() for one in row.pictures)


def pictures_needed() -> Q:
    """Those beside words that are sealed while their case is open."""
    case = Case.objects.open()
    words = case.filter(contribution__sealed_at__isnull=False).values("contribution")
    replies = case.filter(reply__sealed_at__isnull=False).values("reply")
    return Q(contribution__in=words) | Q(reply_number__in=replies)


def records_needed() -> QuerySet[Case, int | None]:
    """Numbers of what a case that is not closed is about."""
    rows = Case.objects.open().filter(contribution__isnull=False)
    needed: QuerySet[Case, int | None] = rows.values_list("contribution_id", flat=True)
    return needed


def half_gone(moment: datetime) -> QuerySet[Case]:
    """Open cases nobody has decided, some of whose reminders may be due."""
    rows: QuerySet[Case] = Case.objects.open().filter(decided_at=None)
    return rows.filter(
        Q(reminded_at=None)
        | Q(due_at__lte=moment, overdue_told_at=None)
        | Q(due_at__lte=moment, hosts_told_at=None)
    ).order_by("due_at")[:AT_ONCE]
