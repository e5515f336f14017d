"""What the pages of briefs read: the desk's list, sources that are searched for, what sums something up.
Called by the views and tags of briefs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from exchange.briefings import queries
from exchange.briefings.models import Brief, Quoted
from exchange.contributions.models import Contribution, State
from exchange.conversation.models import Reply
from exchange.core.remembering import remembered

MOST_FOUND = 8
MOST_AT_DESK = 60
_NUMBER = re.compile(r"(?:^|/|#)(\d{1,12})(?:[-/?#]|$)")
_WAITED = (Quoted.Answer.CHOSEN, Quoted.Answer.ASKED)
_AGREED = (Quoted.Answer.NAMED, Quoted.Answer.UNNAMED)


@dataclass(frozen=True)
class AtTheDesk:
    """The hosts' briefs, by what they need."""

    due: list[Brief]
    drafts: list[Brief]
    waiting: list[Brief]
    published: list[Brief]

    @property
    def is_empty(self) -> bool:
        return not (self.due or self.drafts or self.waiting or self.published)


def at_the_desk(today: date) -> AtTheDesk:
    """Every brief that is not withdrawn, the latest change first."""
    waited = Count("quotes", filter=Q(quotes__answer__in=_WAITED))
    rows = queries.every_brief().filter(sealed_at=None).exclude(state=State.WITHDRAWN)
    rows = rows.defer("body").annotate(waited=waited).order_by("-changed_at", "-pk")
    found = list(rows[:MOST_AT_DESK])
    out = [row for row in found if row.state == State.PUBLISHED]
    return AtTheDesk(
        due=[row for row in out if row.review_on is not None and row.review_on <= today],
        drafts=[row for row in found if row.state == State.DRAFT and not row.waited],
        waiting=[
            row
            for row in found
            if row.state != State.PUBLISHED and (row.waited or row.state != State.DRAFT)
        ],
        published=[row for row in out if row.review_on is None or row.review_on > today],
    )


def in_other_languages(brief: Brief) -> list[Contribution]:
    """The same brief in other languages, as far as everybody may read it."""
    if brief.family is None:
        return []
    family = queries.every_brief().filter(family=brief.family).exclude(pk=brief.pk)
    rows = Contribution.objects.listed().for_lists().filter(pk__in=family.values("pk"))
    return list(rows.order_by("language", "pk")[:MOST_FOUND])


def found_by(typed: str) -> list[Contribution]:
    """What a host looks for to sum up: by its number, its address, or words of its title."""
    typed = typed.strip()[:200]
    if not typed:
        return []
    rows = Contribution.objects.listed().filter(sealed_at=None).exclude(kind="newsletter")
    number = _NUMBER.search(typed)
    if number is not None and (typed.isdecimal() or "/" in typed or typed.startswith("#")):
        return list(rows.filter(pk=int(number[1])).for_lists())
    for word in typed.split()[:6]:
        rows = rows.filter(title__icontains=word)
    return list(rows.newest().for_lists()[:MOST_FOUND])


def sources_of(brief: Brief) -> list[Contribution]:
    """What it sums up, as anybody may see it, in its order."""
    rows = Contribution.objects.public().filter(sealed_at=None)
    numbers = list(brief.sources.values_list("contribution_id", flat=True))
    found = rows.for_lists().in_bulk(numbers)
    return [found[pk] for pk in numbers if pk in found]


def shown_sources(brief: Brief) -> list[Contribution]:
    """The same in one question, for the page of readers."""
    rows = Contribution.objects.public().filter(
        sealed_at=None, pk__in=brief.sources.values("contribution_id")
    )
    return list(rows.for_lists().order_by("published_at", "pk"))


def summing_up(contribution: Contribution) -> list[Contribution]:
    """The published briefs that sum something up, for its own page; kept in memory until something
    public changes."""
    key = ("summing_up", contribution.pk)
    return list(remembered(key, lambda: _summing_up(contribution.pk)))


def of_number(pk: int) -> Any:
    """One brief that everybody may read, as rows."""
    return queries.briefs(None).filter(sealed_at=None, pk=pk)


def readable(rows: Any) -> Any:
    """Those in which no words stand whose source is out of view; the clean-up that follows from a
    withdrawal may be a moment away."""
    agreed = Quoted.objects.filter(brief_id=OuterRef("pk"), answer__in=_AGREED)
    public = Contribution.objects.public().filter(sealed_at=None, pk=OuterRef("contribution_id"))
    answer = Reply.objects.public().filter(sealed_at=None, pk=OuterRef("reply_number"))
    hidden = agreed.filter(~Exists(public) | (Q(reply_number__gt=0) & ~Exists(answer)))
    return rows.exclude(Exists(hidden))


def readable_of(rows: Sequence[Contribution]) -> list[Contribution]:
    """Of a page of them."""
    numbers = readable(queries.every_brief().filter(pk__in=[row.pk for row in rows]))
    known = set(numbers.values_list("pk", flat=True))
    return [row for row in rows if row.pk in known]


def _summing_up(pk: int) -> list[Contribution]:
    rows = queries.every_brief().listed().filter(sealed_at=None, sources__contribution_id=pk)
    return list(rows.newest().for_lists()[:3])
