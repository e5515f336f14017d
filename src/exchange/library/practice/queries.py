"""Reads of what people did with a record: what it recommends, who used it, what was given back.
Called by views, by letters and by the search text of a record."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exchange.contributions import kinds
from exchange.contributions.models import Contribution, State
from exchange.conversation.models import Reply
from exchange.core import words as spoken
from exchange.core.languages import current, direction
from exchange.core.text import excerpt
from exchange.library.lacking import lacks
from exchange.library.models import Citing, GiveBack, GiveBackWord, Recommendation, Resource, Use
from exchange.library.practice.rules import MOST_ADVICE, is_research
from exchange.members.models import Member
from exchange.taxonomy import vocabulary

How = Use.How
# From the most that one can do with it.
ORDER = (How.ADAPTED, How.TRIED, How.READ)
MOST_SAID = 3
# Recommendations that stand open; the others are folded, so that a phone reaches what follows.
MOST_OPEN = 3
MOST_CITING = 6
COUNTRIES_NAMED = 5


@dataclass(frozen=True)
class Advice:
    """One recommendation, and by how many it was tried or adapted."""

    row: Recommendation
    tried: str


@dataclass(frozen=True)
class Said:
    """What somebody told of using it: the beginning of their answer to the record."""

    reply: Reply
    how: str
    place: tuple[str, ...]
    words: str
    at: datetime


@dataclass(frozen=True)
class CitedIn:
    """A text that points to the record."""

    title: str
    url: str
    label: str
    language: str
    direction: str


@dataclass(frozen=True)
class _Uses:
    by_how: Counter[str]
    countries: int
    by_advice: Counter[int]


NO_USES = _Uses(Counter(), 0, Counter())


def context(resource: Resource) -> dict[str, Any]:
    """What the page of the record shows to everybody."""
    uses = NO_USES if lacks(resource, "uses") else _uses(resource)
    research = is_research(resource)
    recommended = [] if lacks(resource, "recommendations") else advice(resource, uses)
    told = research and not lacks(resource, "give_backs")
    heard = research and not lacks(resource, "give_back_words")
    return {
        "practice_advice": recommended[:MOST_OPEN],
        "practice_advice_by": _of_one(recommended),
        "practice_advice_more": recommended[MOST_OPEN:],
        "practice_advice_next": MOST_OPEN + 1,
        "practice_used": _used(uses),
        "practice_said": said(resource) if uses.by_how else [],
        "practice_is_research": research,
        "practice_given_back": list(given_back(resource)[:2]) if told else [],
        "practice_received": received_in_words(resource) if heard else "",
        "practice_cited_in": [] if lacks(resource, "cited_in") else cited_in(resource),
        "practice_address": f"{settings.BASE_URL}{resource.get_absolute_url()}",
    }


def used_in_words(resource: Resource) -> str:
    """ "Used by 14 groups in 6 countries: 3 adapted it, 5 tried it, 6 read it"."""
    return _used(_uses(resource))


def own_use(resource: Resource, reader: Member | None) -> Use | None:
    if reader is None:
        return None
    rows = Use.objects.filter(resource_id=resource.pk, by=reader)
    return rows.select_related("reply", "recommendation").first()


def own_word(resource: Resource, reader: Member) -> GiveBackWord | None:
    rows = GiveBackWord.objects.filter(resource_id=resource.pk, by=reader)
    return rows.select_related("reply").first()


def own_words_of(row: Use | GiveBackWord | None, reader: Member) -> str:
    """What the member said with it and can still change."""
    if row is None or row.reply_id is None:
        return ""
    seen = Reply.objects.visible_to(reader).exclude(state=State.WITHDRAWN)
    return seen.filter(pk=row.reply_id).values_list("body", flat=True).first() or ""


def advice(resource: Resource, uses: _Uses | None = None) -> list[Advice]:
    counted = uses or _uses(resource)
    rows = Recommendation.objects.published().filter(resource_id=resource.pk)
    return [
        Advice(row, _tried(counted.by_advice[row.pk]))
        for row in rows.order_by("place", "pk")[:MOST_ADVICE]
    ]


def _of_one(recommended: list[Advice]) -> Recommendation | None:
    """Any of them, where one person wrote and one checked them all: that is said once then."""
    rows = [one.row for one in recommended]
    marks = {(row.by_id, row.shown_as, row.checked_as, bool(row.checked_at)) for row in rows}
    alike = len(rows) > 1 and len(marks) == 1
    return rows[0] if alike else None


def waiting_advice(resource: Resource, reader: Member | None) -> list[Recommendation]:
    """What the reader offered and no host has read yet; hosts see what anybody did."""
    if reader is None:
        return []
    rows = Recommendation.objects.visible_to(reader).filter(resource_id=resource.pk)
    return list(rows.waiting())


def waiting_give_backs(resource: Resource, reader: Member | None) -> list[GiveBack]:
    """The same for statements."""
    if reader is None:
        return []
    rows = GiveBack.objects.visible_to(reader).filter(resource_id=resource.pk)
    return list(rows.waiting())


def standing_advice(resource: Resource, given: str) -> Recommendation | None:
    """The recommendation of this record that an address names."""
    if not (given.isascii() and given.isdecimal() and len(given) < 16):
        return None
    rows = Recommendation.objects.published().filter(resource_id=resource.pk, pk=int(given))
    found: Recommendation | None = rows.first()
    return found


def said(resource: Resource) -> list[Said]:
    """The latest who told more than a tap; never the best or the most liked."""
    rows = (
        Use.objects.filter(resource_id=resource.pk, reply__state=State.PUBLISHED)
        .select_related("reply")
        .order_by("-at", "-pk")[:MOST_SAID]
    )
    return [
        Said(
            row.reply, str(row.get_how_display()), _place(row), excerpt(row.reply.body, 220), row.at
        )
        for row in rows
        if row.reply is not None
    ]


def given_back(resource: Resource) -> Any:
    """Statements that stand, the newest first."""
    rows = GiveBack.objects.published().filter(resource_id=resource.pk)
    return rows.order_by("-at", "-pk")


def received_in_words(resource: Resource) -> str:
    """ "2 groups say they received this (Kenya, Uganda). 1 group says it did not (Kenya)."."""
    rows = (
        GiveBackWord.objects.filter(resource_id=resource.pk)
        .values_list("received", "country")
        .annotate(n=Count("pk"))
        .order_by("country")
    )
    yes, no = Counter[str](), Counter[str]()
    for received, country, n in rows:
        (yes if received else no)[country] += n
    pieces = []
    if n := yes.total():
        told = ngettext(
            "%(n)s group says it received this%(where)s.",
            "%(n)s groups say they received this%(where)s.",
            n,
        )
        pieces.append(told % {"n": spoken.number(n), "where": _where(yes)})
    if n := no.total():
        told = ngettext(
            "%(n)s group says it did not%(where)s.", "%(n)s groups say they did not%(where)s.", n
        )
        pieces.append(told % {"n": spoken.number(n), "where": _where(no)})
    return " ".join(pieces)


def cited_in(resource: Resource) -> list[CitedIn]:
    """The newest texts that point here and that everybody may read."""
    seen = Q(reply=None) | Q(reply__in=Reply.objects.visible_to(None))
    rows = (
        Citing.objects.filter(
            seen, resource_id=resource.pk, contribution__in=Contribution.objects.visible_to(None)
        )
        .select_related("contribution")
        .defer("contribution__body")
        .order_by("-at", "-pk")[: MOST_CITING * 2]
    )
    shown = {}
    for row in rows:
        about = row.contribution
        url = about.get_absolute_url() + (f"#reply-{row.reply_id}" if row.reply_id else "")
        label = str(_("an answer")) if row.reply_id else str(kinds.get(about.kind).label)
        shown[url] = CitedIn(about.title, url, label, about.language, about.direction)
    return list(shown.values())[:MOST_CITING]


def words(resource: Resource) -> str:
    """Every recommendation that stands, for search."""
    rows = Recommendation.objects.published().filter(resource_id=resource.pk)
    return "\n\n".join(rows.order_by("place", "pk").values_list("text", flat=True))


def _uses(resource: Resource) -> _Uses:
    rows = (
        Use.objects.filter(resource_id=resource.pk)
        .values_list("how", "country", "recommendation_id")
        .annotate(n=Count("pk"))
        .order_by()
    )
    by_how, by_advice, countries = Counter[str](), Counter[int](), set()
    for how, country, advice_id, n in rows:
        by_how[how] += n
        countries.add(country)
        if advice_id and how != How.READ:
            by_advice[advice_id] += n
    return _Uses(by_how, len(countries - {""}), by_advice)


def _used(uses: _Uses) -> str:
    n = uses.by_how.total()
    if not n:
        return ""
    if uses.countries:
        places = ngettext("%(n)s country", "%(n)s countries", uses.countries)
        told = ngettext(
            "Used by %(n)s group in %(places)s", "Used by %(n)s groups in %(places)s", n
        ) % {"n": spoken.number(n), "places": places % {"n": spoken.number(uses.countries)}}
    else:
        told = ngettext("Used by %(n)s group", "Used by %(n)s groups", n)
        told %= {"n": spoken.number(n)}
    return f"{told}: {listed(_parts(uses))}"


def _parts(uses: _Uses) -> list[str]:
    said_how = {
        How.ADAPTED: lambda n: ngettext("%(n)s adapted it", "%(n)s adapted it", n),
        How.TRIED: lambda n: ngettext("%(n)s tried it", "%(n)s tried it", n),
        How.READ: lambda n: ngettext("%(n)s read it", "%(n)s read it", n),
    }
    return [
        said_how[how](uses.by_how[how]) % {"n": spoken.number(uses.by_how[how])}
        for how in ORDER
        if uses.by_how[how]
    ]


def _tried(n: int) -> str:
    if not n:
        return ""
    return ngettext("tried by %(n)s group", "tried by %(n)s groups", n) % {"n": spoken.number(n)}


def _place(use: Use) -> tuple[str, ...]:
    setting = vocabulary.label(f"setting:{use.setting}") if use.setting else ""
    return tuple(filter(None, (use.country_named, setting)))


def listed(pieces: list[str]) -> str:
    """One after another, with the commas of the language."""
    return ("، " if direction(current()) == "rtl" else ", ").join(pieces)


def _where(counted: Counter[str]) -> str:
    names = [vocabulary.country_name(code) for code in counted if code]
    return f" ({listed(names[:COUNTRIES_NAMED])})" if names else ""
