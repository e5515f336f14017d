"""What stands inside long documents: a sentence typed word for word, and the passage to be shown.
Called by queries of this room; asks the kinds, and shows only what anybody may read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.utils.html import format_html

from exchange.contributions import kinds
from exchange.contributions.cards import Card
from exchange.contributions.kinds import Passage
from exchange.contributions.models import Contribution
from exchange.core import languages
from exchange.discovery import snippets
from exchange.discovery.plan import Group, Plan
from exchange.discovery.ranking import Ranked

# So many words in a row are no chance; among so many candidates that hold all of them.
FEWEST_WORDS = 5
_HOLDS = 0.9
_LOOKED_AT = 120
# So much of a query in a row's own words is all of it: other names of things count for less.
_ENOUGH = 0.9


def lifted(plan: Plan, found: list[Ranked]) -> list[Ranked]:
    """Those in whose documents the typed words follow one another stand first."""
    if len(plan.typed) < FEWEST_WORDS:
        return found
    likely = sorted((one for one in found if one.holds >= _HOLDS), key=lambda one: -one.holds)
    pks = [one.id for one in likely[:_LOOKED_AT]]
    whole: set[int] = set()
    for kind in kinds.every():
        if kind.inside and pks:
            whole.update(kind.inside.holding(pks, plan.text))
    return sorted(found, key=lambda one: one.id not in whole) if whole else found


def with_passage(
    card: Card, row: Contribution, own: str, passage: Passage | None, worth: snippets.Worth
) -> Card:
    """The card with a passage of its document, where that says more than its own words do."""
    if passage is None:
        return card
    stretch, at, value = snippets.passage(passage.text, passage.language, worth)
    says_more = passage.is_whole or value > snippets.value_of(own, row.language, worth)
    if not stretch or not says_more:
        return card
    if passage.language and passage.language != row.language:
        way = languages.direction(passage.language)
        stretch = format_html('<bdi lang="{}" dir="{}">{}</bdi>', passage.language, way, stretch)
    place, url = passage.place(at)
    return replace(card, excerpt=stretch, place=place, place_url=url)


def passages(
    rows: Sequence[Contribution], plan: Plan, own: Mapping[int, str], worth: snippets.Worth
) -> dict[int, Passage]:
    """Where the query's words stand in the documents beside these rows, one question a kind. A row
    whose own words say it all is not asked about, unless a whole sentence was typed."""
    if len(plan.typed) < FEWEST_WORDS:
        all_of_it = _ENOUGH * sum(
            max((0.0, *_worths(group))) for group in plan.asked if group.is_word
        )
        rows = [
            row for row in rows if snippets.value_of(own[row.pk], row.language, worth) < all_of_it
        ]
    found: dict[int, Passage] = {}
    for slug in dict.fromkeys(row.kind for row in rows):
        if inside := kinds.get(slug).inside:
            pks = [row.pk for row in rows if row.kind == slug]
            found.update(inside.passages(pks, plan.text))
    return found


def _worths(group: Group) -> list[float]:
    return [one.worth for one in group.readings]
