"""How a choice looks: before it is shown, and in the list of what stands and stood.
Called by the desk's pages of the home."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from exchange.core.text import excerpt
from exchange.core.time import now
from exchange.pages.models import Choice
from exchange.pages.steering import queries, rules
from exchange.pages.steering.actions import Chosen
from exchange.pages.steering.rules import PARTS, SECTIONS
from exchange.taxonomy import vocabulary

Sort = Choice.Sort
FORMER = 20
TITLES = {
    "featured": _("Featured on the home page"),
    "theme": _("Theme of the month"),
    "announcement": _("Announcement"),
    "order": _("Order of the home page"),
    "elsewhere": _("Our places elsewhere"),
}
_NAMES = {
    Sort.FEATURED: "featured",
    Sort.THEME: "theme",
    Sort.BAR: "announcement",
    Sort.ORDER: "order",
    Sort.ELSEWHERE: "elsewhere",
}


@dataclass(frozen=True)
class Line:
    """One row of the list. `state`: on, coming, or over."""

    choice: Choice
    title: Any
    text: str
    language: str
    state: str
    change_url: str


def line(one: Choice, moment: datetime) -> Line:
    state = "on" if one.is_on(moment) else "over" if is_over(one, moment) else "coming"
    title = SECTIONS.get(one.place) if one.sort == Sort.SECTION else TITLES[_NAMES[_sort(one)]]
    text, language = _said(one)
    return Line(one, title, text, language, state, f"{_address(one)}?change={one.pk}")


def is_over(one: Choice, moment: datetime) -> bool:
    return one.gone_at is not None or (one.ends_at is not None and one.ends_at <= moment)


def former(moment: datetime) -> list[Choice]:
    """What was taken down, changed, or has had its days; the newest first."""
    over = Q(gone_at__isnull=False) | Q(ends_at__lte=moment)
    rows = Choice.objects.filter(over).select_related("contribution").newest()
    return list(rows[:FORMER])


def of(chosen: Chosen) -> dict[str, Any]:
    """The very pieces that pages show, made of words nobody else sees yet."""
    given = {name: value for name, value in vars(chosen).items() if value is not None}
    one = Choice(**{**given, "starts_at": chosen.starts_at or now()})
    if one.sort == Sort.BAR:
        return {"bar": queries.bar_of(one)}
    if one.sort == Sort.THEME:
        return {"theme": queries.theme_of(one)}
    if one.sort == Sort.FEATURED:
        return {"featured": queries.featured_of(one)}
    if one.sort == Sort.SECTION:
        return {"begin": queries.featured_of(one)}
    if one.sort == Sort.ORDER:
        return {"parts": [PARTS[code] for code in rules.order(one.items)]}
    return {"places": [rules.elsewhere(address) for address in one.items]}


def _sort(one: Choice) -> Choice.Sort:
    return Choice.Sort(one.sort)


def _said(one: Choice) -> tuple[str, str]:
    """Its words, or what it is about, in a few words for the list."""
    said = rules.said(one.words, "en")
    if said is not None:
        return excerpt(" – ".join(filter(None, [said.title, said.words])), 120), said.language
    if one.contribution is not None and one.contribution.is_public:
        return excerpt(one.contribution.title, 120), one.contribution.language
    if one.sort == Sort.ORDER:
        return ", ".join(str(PARTS[code]) for code in rules.order(one.items)), ""
    if one.topic:
        return vocabulary.label(f"topic:{one.topic}"), ""
    places = (rules.elsewhere(address) for address in one.items)
    return ", ".join(place.label for place in places if place is not None), ""


def _address(one: Choice) -> str:
    if one.sort == Sort.SECTION:
        return reverse("home-desk:section", args=[one.place])
    return reverse(f"home-desk:{_NAMES[_sort(one)]}")
