"""Which entries are worth ranking: legs over the engine's lists, rare words first, within a
budget that does not grow with the number of entries. Called by queries of this room; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from exchange.discovery import coding
from exchange.discovery.engine import Expression, Leg
from exchange.discovery.plan import Group, Plan

# How many list entries a search may touch to gather candidates, whatever the size of the index.
BUDGET = 4_000
CANDIDATES = 220
_TITLES = 300
_TOGETHER = 250
_MOST_LEGS = 8
_SCALE = 1_000

Filters = Mapping[str, Sequence[str]]


def filtering(filters: Filters, *, without: str = "") -> Expression:
    """The expression of chosen filters: any value of a filter, all of the filters."""
    return tuple(
        tuple(coding.word(coding.key(f"{name}:{value}"), "f") for value in values)
        for name, values in filters.items()
        if values and name != without
    )


def any_word(plan: Plan, filters: Filters, limit: int, *, without: str = "") -> Leg:
    """Everything that holds any of the words: what is counted."""
    words = tuple(dict.fromkeys(word for group in plan.asked for word in _words(group, "w")))
    found = min(plan.total, sum(group.found for group in plan.asked)) if words else plan.total
    expression = ((words,) if words else ()) + filtering(filters, without=without)
    return _leg(plan, expression, 1, limit, found)


def of(plan: Plan, filters: Filters) -> list[Leg]:
    """The legs of a query: rare words whole, words in titles, words together."""
    chosen = filtering(filters)
    groups = sorted(plan.asked, key=lambda group: (-group.rarity, group.place))
    if not groups:
        return [_leg(plan, chosen, 1, CANDIDATES, plan.total)]
    legs = _together(plan, groups, chosen)
    left = BUDGET
    for group in groups[:_MOST_LEGS]:
        weight = int(group.rarity * _SCALE)
        if group.found <= left:
            expression = (_words(group, "w"), *chosen)
            legs.append(_leg(plan, expression, weight, max(group.found, 1), group.found))
            left -= group.found
        expression = (_words(group, "t"), *chosen)
        legs.append(_leg(plan, expression, weight, _TITLES, group.titles))
    if left == BUDGET:
        rarest = groups[0]
        weight = int(rarest.rarity * _SCALE)
        expression = (_words(rarest, "w"), *chosen)
        legs.append(_leg(plan, expression, weight, BUDGET // 6, rarest.found))
    return legs


def _together(plan: Plan, groups: list[Group], chosen: Expression) -> list[Leg]:
    """The rarest two and three words at once, and all of them."""
    words = [group for group in groups if group.is_word]
    sizes = sorted({size for size in (2, 3, len(words)) if 1 < size <= len(words)})
    legs = []
    for size in sizes:
        some = words[:size]
        found = float(plan.total)
        for group in some:
            found *= group.found / max(1, plan.total)
        weight = int(sum(group.rarity for group in some) * _SCALE / 2)
        expression = tuple(_words(group, "w") for group in some)
        legs.append(_leg(plan, (*expression, *chosen), weight, _TOGETHER, int(found)))
    return legs


def _leg(plan: Plan, expression: Expression, weight: int, limit: int, found: int) -> Leg:
    return Leg(expression, weight, limit, max(found, 1) / max(plan.total, 1), found)


def _words(group: Group, mark: str) -> tuple[str, ...]:
    """The engine words of a group; of a name of several words, the last one stands in for it."""
    found: dict[str, None] = {}
    for alternative in (*group.readings, *group.expansions):
        found[coding.word(alternative.keys[-1], mark)] = None
    return tuple(found)
