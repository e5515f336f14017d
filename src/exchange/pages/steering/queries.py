"""What a page shows of what hosts chose, at this moment and as far as everybody may read it.
Called by the views of pages, the template tags and the shell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from exchange.contributions.cards import Card, card, cards
from exchange.contributions.models import Contribution
from exchange.core.languages import current
from exchange.core.remembering import remembered
from exchange.core.time import now
from exchange.pages.models import Choice
from exchange.pages.steering import kept, rules
from exchange.pages.steering.rules import Elsewhere, Said
from exchange.taxonomy import vocabulary

Sort = Choice.Sort
OF_THEME = 3


@dataclass(frozen=True)
class Bar:
    """The announcement."""

    said: Said
    link: str
    is_important: bool


@dataclass(frozen=True)
class Featured:
    """One thing, and why."""

    said: Said | None
    card: Card | None


@dataclass(frozen=True)
class Theme:
    """A topic for some weeks: words, its newest, and its brief."""

    said: Said
    topic: str
    topic_label: str
    cards: list[Card]
    brief: Card | None


def on(sort: str, place: str = "") -> Choice | None:
    """What is shown now: of several the one that began last."""
    moment = now()
    fitting = (one for one in kept.choices() if one.sort == sort and one.place == place)
    return next((one for one in fitting if one.is_on(moment)), None)


def bar(*, at_home: bool) -> Bar | None:
    """The announcement of this page."""
    one = on(Sort.BAR)
    return bar_of(one) if one is not None and (one.is_everywhere or at_home) else None


def elsewhere() -> list[Elsewhere]:
    """Our places at somebody else's."""
    one = on(Sort.ELSEWHERE)
    found = (rules.elsewhere(address) for address in one.items) if one is not None else ()
    return [place for place in found if place is not None]


def order() -> list[str]:
    """The parts of the home, in their order."""
    one = on(Sort.ORDER)
    return rules.order(one.items if one is not None else [])


def home() -> tuple[Featured | None, Theme | None]:
    """What is featured, and the theme: two questions to the database at most."""
    featured, theme = on(Sort.FEATURED), on(Sort.THEME)
    seen = _seen([featured, theme])
    return (
        featured_of(featured, seen) if featured is not None else None,
        theme_of(theme, seen) if theme is not None else None,
    )


def section(place: str) -> Featured | None:
    """How a section begins."""
    one = on(Sort.SECTION, place)
    return featured_of(one, _seen([one])) if one is not None else None


def bar_of(one: Choice) -> Bar | None:
    words = rules.said(one.words, current())
    return Bar(words, one.link, one.is_important) if words is not None else None


def featured_of(one: Choice, seen: dict[int, Contribution] | None = None) -> Featured | None:
    """Nothing of it where the thing is gone and only the line would be left; a section may have a
    line alone."""
    found = _card(one, _seen([one]) if seen is None else seen)
    words = rules.said(one.words, current())
    if found is None and (one.sort == Sort.FEATURED or words is None):
        return None
    return Featured(words, found)


def theme_of(one: Choice, seen: dict[int, Contribution] | None = None) -> Theme | None:
    words = rules.said(one.words, current())
    topic = vocabulary.term(f"topic:{one.topic}")
    if words is None or topic is None:
        return None
    newest = remembered(("theme", one.topic), lambda: _of_topic(one.topic))
    return Theme(
        said=words,
        topic=one.topic,
        topic_label=topic.label,
        cards=cards(newest, with_kind=True, with_excerpt=False),
        brief=_card(one, _seen([one]) if seen is None else seen),
    )


def _card(one: Choice, seen: dict[int, Contribution]) -> Card | None:
    row = seen.get(one.contribution_id or 0)
    return card(row, with_kind=True) if row is not None else None


def _seen(chosen: Iterable[Choice | None]) -> dict[int, Contribution]:
    """What everybody may read of it today: what was taken back is gone at once."""
    wanted = {one.contribution_id for one in chosen if one is not None} - {None}
    if not wanted:
        return {}
    return remembered(("chosen", *sorted(wanted, key=str)), lambda: _read(wanted))


def _read(wanted: Iterable[int | None]) -> dict[int, Contribution]:
    rows = Contribution.objects.visible_to(None).for_lists().filter(pk__in=list(wanted))
    return {row.pk: row for row in rows}


def _of_topic(slug: str) -> list[Contribution]:
    bridge = "context_terms__"
    rows = Contribution.objects.listed().for_lists()
    placed = rows.filter(context_terms__term_id=f"topic:{slug}", context_terms__state="published")
    return list(placed.order_by(f"-{bridge}published_at", f"-{bridge}contribution_id")[:OF_THEME])
