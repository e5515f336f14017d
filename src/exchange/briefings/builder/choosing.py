"""What a newsletter proposes by itself: the period's most helpful, safe to tell, not told before.
Called by `drafting` alone; nothing is changed here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, Value, When

from exchange.briefings.builder import rules
from exchange.briefings.models import Issue, Item, Newsletter
from exchange.contributions import kinds
from exchange.contributions.models import ContextTerm, Contribution
from exchange.core import gates
from exchange.core.time import now
from exchange.taxonomy.regions import countries_of

_SECTION = Item.Section
# How many of each section are looked at, the best first; most pass.
_POOL = 40
_WAITS_SINCE = timedelta(days=60)
_COMES_WITHIN = timedelta(days=45)
_HELPFUL = ("-helped_count", "-reply_count", "-published_at", "-id")


@dataclass(frozen=True)
class Period:
    """From the beginning of one day to the end of another, by the world's clock."""

    since: datetime
    until: datetime

    @classmethod
    def of(cls, issue: Issue) -> Period:
        begins = datetime.combine(issue.since, time(), UTC)
        return cls(begins, datetime.combine(issue.until, time(), UTC) + timedelta(days=1))

    def holds(self, name: str) -> Q:
        """That a date of this name lies in it."""
        return Q(**{f"{name}__gte": self.since, f"{name}__lt": self.until})


def best(edition: Newsletter, *, without: set[int], most: int) -> list[tuple[str, Contribution]]:
    """(section, contribution), in order: the first of every section, then the second of every
    section, until there are enough."""
    told = without | _told_already(edition)
    sections = {name: _passing(rows) for name, rows in _pools(edition, told).items()}
    chosen: dict[str, list[Contribution]] = {name: [] for name in sections}
    left = most
    for _turn in range(rules.IN_A_SECTION):
        for name, rows in sections.items():
            row = next(rows, None) if left > 0 else None
            if row is not None:
                chosen[name].append(row)
                left -= 1
    return [(name, row) for name, rows in chosen.items() for row in rows]


def is_safe_to_tell(row: Contribution) -> bool:
    """Whether no gate would ask about its title and how it begins, had a host written them: what
    could point to a child is told nowhere by itself."""
    verdict = gates.judge(
        gates.Submission(
            text=row.excerpt,
            title=row.title,
            kind=row.kind,
            language=row.language,
            author_is_host=True,
            author_is_newcomer=False,
        )
    )
    return verdict.passed


def _told_already(edition: Newsletter) -> set[int]:
    """What this hub and language were told in a year, or will be told by what is released."""
    items = Item.objects.filter(
        newsletter__hub=edition.hub,
        newsletter__language=edition.language,
        newsletter__issue__until__gt=edition.issue.until - rules.NOT_AGAIN_FOR,
    ).exclude(newsletter__phase=Newsletter.Phase.DRAFT)
    others = items.exclude(newsletter=edition)
    return set(others.values_list("contribution_id", flat=True))


def _pools(edition: Newsletter, told: set[int]) -> dict[str, list[Contribution]]:
    """The best of each section, in the order of the letter."""
    period = Period.of(edition.issue)
    some = {
        _SECTION.ANSWERED: _ranked(
            edition,
            told,
            Q(kind="question", reply_count__gt=0)
            & (period.holds("answered_at") | period.holds("first_reply_at")),
            F("answered_at").desc(nulls_last=True),
        ),
        _SECTION.WAITING: _ranked(
            edition,
            told,
            Q(kind="question", reply_count=0, closed_at=None)
            & Q(published_at__gte=period.since - _WAITS_SINCE, published_at__lt=period.until),
        ),
        _SECTION.EXPERIENCE: _ranked(edition, told, _new("experience", period)),
        _SECTION.BRIEF: _ranked(edition, told, _new("brief", period)),
        _SECTION.RECORD: _ranked(edition, told, _new("resource", period)),
        _SECTION.WEBINAR: _webinars(edition, told, period),
        _SECTION.NOTICE: _ranked(
            edition,
            told,
            _new("notice", period) & (Q(expires_at=None) | Q(expires_at__gt=now())),
        ),
        _SECTION.TALK: _ranked(
            edition, told, Q(kind__in=("idea", "discussion")) & period.holds("published_at")
        ),
    }
    return {str(name): rows for name, rows in some.items()}


def _new(kind: str, period: Period) -> Q:
    return Q(kind=kind) & period.holds("published_at")


def _ranked(edition: Newsletter, told: set[int], wanted: Q, *first: Any) -> list[Contribution]:
    """The edition's language before others, its region before others, then what helped most."""
    rows = Contribution.objects.visible_to(None).listed().filter(wanted).for_lists()
    rows = rows.annotate(
        _foreign=Case(
            When(language=edition.language, then=Value(0)),
            default=Value(1),
            output_field=IntegerField(),
        )
    )
    order: list[Any] = ["_foreign"]
    if edition.hub:
        rows = rows.annotate(_near=Exists(_at_hub(edition.hub)))
        order.append("-_near")
    # What was told is left out here: a long list of numbers is slow in a query.
    found = rows.order_by(*order, *first, *_HELPFUL)[: _POOL + len(told)]
    return [row for row in found if row.pk not in told][:_POOL]


def _at_hub(hub: str) -> Any:
    keys = [f"country:{code}" for code in countries_of(hub)]
    return ContextTerm.objects.filter(
        contribution_id=OuterRef("pk"), term_id__in=[*keys, f"region:{hub}"]
    )


def _webinars(edition: Newsletter, told: set[int], period: Period) -> list[Contribution]:
    """Those to come, the next first; then those that were, the last first."""
    begins = kinds.get("webinar").begins if "webinar" in kinds.slugs() else None
    if begins is None:
        return []
    announced = Q(kind="webinar", published_at__gte=period.since - rules.NOT_AGAIN_FOR)
    rows = _ranked(edition, told, announced & Q(published_at__lt=period.until))
    hours = begins(rows)
    moment = now()
    coming = [r for r in rows if r.pk in hours and moment < hours[r.pk] < moment + _COMES_WITHIN]
    were = [r for r in rows if r.pk in hours and period.since <= hours[r.pk] <= moment]
    coming.sort(key=lambda row: (hours[row.pk], row.pk))
    were.sort(key=lambda row: (hours[row.pk], row.pk), reverse=True)
    return [*coming, *were]


def _passing(rows: list[Contribution]) -> Iterator[Contribution]:
    return (row for row in rows if is_safe_to_tell(row))
