"""How a search is laid out: facets as links, numbered pages, ways out of an empty result.
Called by views of this room; asks the database nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from exchange.contributions import kinds
from exchange.core import languages
from exchange.core.facets import Group, Numbered, Option
from exchange.discovery.facets import FACETS
from exchange.discovery.forms import Asked
from exchange.discovery.queries import Found, Offer
from exchange.taxonomy import vocabulary

SHOWN = 12


def titles() -> dict[str, str]:
    """What the facets are called."""
    return {
        "kind": _("What it is"),
        "topic": _("Topic"),
        "country": _("Country"),
        "leadership": _("Who led it"),
        "language": _("Language"),
        "type": _("Type of resource"),
        "year": _("Year"),
    }


def label_of(facet: str, value: str) -> str:
    """What a value is called in the reader's language."""
    if facet == "kind":
        return str(kinds.get(value).plural)
    if facet == "language":
        return languages.named(value)
    if facet == "year":
        return value
    return vocabulary.label(f"{facet}:{value}")


def groups(found: Found, asked: Asked) -> list[Group]:
    """The facets with their counts; one that offers no choice is left out."""
    made = []
    for facet, title in titles().items():
        options = _options(facet, found.counts.get(facet, {}), asked)
        if len(options) > 1 or any(option.active for option in options):
            made.append(Group(title, tuple(options)))
    return made


def active(asked: Asked) -> list[Option]:
    """What narrows the search now; each link takes one away."""
    return [
        Option(label_of(facet, value), _toggled(asked, facet, value), active=True)
        for facet in FACETS
        for value in asked.filters.get(facet, ())
    ]


def offered(offers: Sequence[Offer], found: Found, asked: Asked) -> list[Option]:
    """Filters that words of the query name, where they would leave something."""
    return [
        Option(label_of(one.facet, one.value), _toggled(asked, one.facet, one.value), count)
        for one in offers
        if (count := found.counts.get(one.facet, {}).get(one.value, 0)) and count < found.total
    ]


def wider(found: Found, asked: Asked) -> list[Option]:
    """The same search without one of its filters, and how much that would find; where that is
    nothing, without any."""
    names = titles()
    single = [
        Option(names[facet], address(asked.typed, {**asked.filters, facet: ()}), count)
        for facet, count in found.without.items()
        if count and facet
    ]
    whole = found.without.get("", 0)
    return single or ([Option("", address(asked.typed, {}), whole)] if whole else [])


def numbered(found: Found, asked: Asked) -> list[Numbered]:
    """The pages there are; none when there is only one."""
    if found.pages == 1:
        return []
    return [
        Numbered(n, address(asked.typed, asked.filters, n), n == found.page)
        for n in range(1, found.pages + 1)
    ]


def address(typed: str, filters: Mapping[str, Sequence[str]], page: int = 1) -> str:
    """The address of a search, beside the present one."""
    pairs = [("q", typed)] if typed else []
    pairs += [(facet, value) for facet, values in filters.items() for value in values]
    if page > 1:
        pairs.append(("page", str(page)))
    return "?" + urlencode(pairs)


def _options(facet: str, counts: Mapping[str, int], asked: Asked) -> list[Option]:
    chosen = asked.filters.get(facet, ())
    values = sorted(counts, key=lambda value: _rank(facet, value, counts[value]))
    values = [*chosen, *(value for value in values if value not in chosen)]
    return [
        Option(
            label_of(facet, value),
            _toggled(asked, facet, value),
            counts.get(value, 0),
            value in chosen,
        )
        for value in values[:SHOWN]
        if value in chosen or _has_label(facet, value)
    ]


def _has_label(facet: str, value: str) -> bool:
    if facet == "leadership":
        return value != "not-stated"
    return facet != "kind" or value in kinds.slugs()


def _rank(facet: str, value: str, count: int) -> tuple[int, str]:
    return (-int(value), value) if facet == "year" else (-count, value)


def _toggled(asked: Asked, facet: str, value: str) -> str:
    chosen = asked.filters.get(facet, ())
    kept = tuple(one for one in chosen if one != value)
    changed = kept if value in chosen else (*chosen, value)
    return address(asked.typed, {**asked.filters, facet: changed})
