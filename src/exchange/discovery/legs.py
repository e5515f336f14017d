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
_MOST_TOGETHER = 2
# Each name of a thing is one more list to walk beside the others.
_ALL_NAMES, _NAMES, _COUNTED_NAMES, _FEW_NAMES = 60, 16, 8, 4
_SCALE = 1_000

Filters = Mapping[str, Sequence[str]]


def filtering(filters: Filters, *, without: str = "") -> Expression:
    """The expression of chosen filters: any value of a filter, all of the filters."""
    return tuple(
        tuple(coding.word(coding.key(f"{name}:{value}"), "f") for value in values)
        for name, values in filters.items()
        if values and name != without
    )


def filter_keys(filters: Filters) -> set[int]:
    """The keys whose counts tell how narrow filters are."""
    return {coding.key(f"{name}:{value}") for name, values in filters.items() for value in values}


def any_word(plan: Plan, filters: Filters, limit: int, *, without: str = "") -> Leg:
    """Everything that holds any of the words: what is counted."""
    words = tuple(
        dict.fromkeys(word for group in plan.asked for word in _words(group, "w", _COUNTED_NAMES))
    )
    surely = max((group.surely for group in plan.asked), default=0) if words else plan.total
    expression = ((words,) if words else ()) + filtering(filters, without=without)
    return _leg(plan, filters, expression, 1, limit, surely, without=without)


def all_words(plan: Plan, filters: Filters, limit: int, *, most: int) -> Leg:
    """The newest entries that hold all of the words, of a long text the rarest few."""
    groups = sorted(plan.asked, key=lambda group: (-group.rarity, group.place))[:most]
    expression = tuple(_words(group, "w", _NAMES) for group in groups)
    share = 1.0
    for group in groups:
        share *= group.surely / max(1, plan.total)
    chosen = (*expression, *filtering(filters))
    return _leg(plan, filters, chosen, 1, limit, int(share * plan.total))


def at_most(plan: Plan) -> int:
    """No more entries than this hold any of the words."""
    if not plan.asked:
        return plan.total
    return min(plan.total, sum(group.found for group in plan.asked))


def of(plan: Plan, filters: Filters) -> list[Leg]:
    """The legs of a query: rare words whole, words in titles, words together."""
    chosen = filtering(filters)
    groups = sorted(plan.asked, key=lambda group: (-group.rarity, group.place))
    if not groups:
        return [_leg(plan, filters, chosen, 1, CANDIDATES, plan.total)]
    legs = []
    left = BUDGET
    common = []
    for group in groups[:_MOST_LEGS]:
        weight = int(group.rarity * _SCALE)
        if group.found <= left:
            expression = (_words(group, "w"), *chosen)
            legs.append(_leg(plan, filters, expression, weight, max(group.found, 1), group.surely))
            left -= group.found
        else:
            common.append(group)
        expression = (_words(group, "t", _NAMES), *chosen)
        legs.append(_leg(plan, filters, expression, weight, _TITLES, group.surely_titles))
    if left == BUDGET:
        rarest = groups[0]
        expression = (_words(rarest, "w", _NAMES), *chosen)
        weight = int(rarest.rarity * _SCALE)
        legs.append(_leg(plan, filters, expression, weight, BUDGET // 4, rarest.surely))
    return legs + _together(plan, groups[0], common, filters)


def _together(plan: Plan, rarest: Group, common: list[Group], filters: Filters) -> list[Leg]:
    """Common words that are too many to be read whole, where they stand with the rarest word or
    with each other."""
    words = [group for group in common if group.is_word and group is not rarest]
    legs = []
    for size in range(1, min(len(words), _MOST_TOGETHER) + 1):
        some = [rarest, *words[:size]]
        found = float(plan.total)
        for group in some:
            found *= group.surely / max(1, plan.total)
        weight = int(sum(group.rarity for group in words[:size]) * _SCALE)
        expression = tuple(_words(group, "w", _FEW_NAMES) for group in some)
        legs.append(
            _leg(
                plan,
                filters,
                (*expression, *filtering(filters)),
                weight,
                _TOGETHER,
                int(found),
            )
        )
    return legs


def _leg(
    plan: Plan,
    filters: Filters,
    expression: Expression,
    weight: int,
    limit: int,
    surely: int,
    *,
    without: str = "",
) -> Leg:
    total = max(plan.total, 1)
    share = surely / total
    for name, values in filters.items():
        if values and name != without:
            known = [plan.filtered.get(coding.key(f"{name}:{value}"), 0) for value in values]
            share *= max(known) / total
    share = max(share, 1e-6)
    return Leg(expression, weight, limit, share, int(share * total))


def _words(group: Group, mark: str, most: int = _ALL_NAMES) -> tuple[str, ...]:
    """The engine words of a group, what was typed first, then its worthiest other names; of a
    name of several words, the last one stands in for it."""
    others = sorted(group.expansions, key=lambda one: -one.worth)
    found: dict[str, None] = {}
    for alternative in (*group.readings, *others):
        found[coding.word(alternative.keys[-1], mark)] = None
        if len(found) == most:
            break
    return tuple(found)
