"""How records are laid out on a page: their cards, the facets beside them, the numbered pages.
Called by views; asks the database nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from urllib.parse import urlencode, urlsplit

from django.utils.translation import gettext as _

from exchange.contributions.cards import Card, Part, card
from exchange.core import languages
from exchange.core.facets import Group, Numbered, Option
from exchange.core.text import size_in_words
from exchange.library.citation import short_authors
from exchange.library.models import Evidence, Resource
from exchange.library.queries import FACETS, Found
from exchange.taxonomy import vocabulary

SHOWN_AT_FIRST = {"country": 12, "year": 12}
TOPICS_ON_A_CARD = 2


def shelf_cards(resources: Iterable[Resource]) -> list[Card]:
    """Cards that say who made a record, when, what it is and in which language."""
    return [replace(card(row), context=record_line(row)) for row in resources]


def record_line(row: Resource) -> tuple[Part, ...]:
    """Authors, year · publisher · type · language · topics."""
    people = short_authors(row)
    words = [", ".join(filter(None, (people, year_of(row))))]
    publisher = publisher_of(row)
    if languages.isolated(publisher) != people:
        words.append(publisher)
    words += [vocabulary.label(f"type:{slug}") for slug in row.type_slugs[:1]]
    if row.language != languages.current():
        words.append(languages.named(row.language))
    words += [vocabulary.label(f"topic:{slug}") for slug in row.topic_slugs[:TOPICS_ON_A_CARD]]
    parts = [Part(word) for word in words if word]
    if row.readable_size:
        size = {"size": size_in_words(row.readable_size)}
        parts.append(Part(_("read here, %(size)s") % size, "led"))
    return tuple(parts)


def publisher_of(row: Resource) -> str:
    """Whoever published it, as a line: tables keep several with semicolons."""
    return ", ".join(name.strip() for name in row.publisher.split(";") if name.strip())


def year_of(row: Resource) -> str:
    """The year, or that it bears none; "" when nobody has looked."""
    return str(row.year) if row.year else _("undated") if row.is_undated else ""


def label_of(facet: str, word: str) -> str:
    """What a choice of a facet is called in the reader's language."""
    if facet == "language":
        return languages.named(word)
    if facet == "year":
        return word if word != "0" else _("no year known")
    if facet == "evidence":
        return str(dict(Evidence.choices).get(word, word))
    if facet == "here":
        return _("can be read here")
    return vocabulary.label(f"{facet}:{word}")


def groups(found: Found, narrowing: Mapping[str, str], asked: Mapping[str, str]) -> list[Group]:
    """The facets with their counts; topics in the groups the field knows them by."""
    made: list[Group] = []
    titles = {
        "here": _("Reading"),
        "type": _("Type"),
        "country": _("Country it is about"),
        "region": _("Region it is useful for"),
        "leadership": _("Who led it"),
        "setting": _("Where people live"),
        "evidence": _("What it rests on"),
        "language": _("Language"),
        "year": _("Year"),
    }
    for facet in FACETS:
        options = _options(facet, found.counts[facet], narrowing, asked)
        if facet == "topic":
            made += _topic_groups(options)
        elif options:
            made.append(Group(titles[facet], tuple(option for _word, option in options)))
    return made


def active(narrowing: Mapping[str, str], asked: Mapping[str, str]) -> list[Option]:
    """What narrows the list now; each link takes one away."""
    return [
        Option(label_of(facet, word), address(asked, {facet: "", "page": ""}), active=True)
        for facet, word in narrowing.items()
    ]


def numbered(found: Found, asked: Mapping[str, str]) -> list[Numbered]:
    """The first and last pages and those around this one; none when there is only one."""
    if found.pages == 1:
        return []
    near = {1, 2, found.page - 1, found.page, found.page + 1, found.pages}
    return [
        Numbered(n, address(asked, {"page": str(n) if n > 1 else ""}), n == found.page)
        for n in sorted(near)
        if 1 <= n <= found.pages
    ]


def address(asked: Mapping[str, str], changed: Mapping[str, str]) -> str:
    """The list's address with some of what was asked changed; "" takes it away."""
    wanted = {**asked, **changed}
    query = urlencode({name: value for name, value in wanted.items() if value})
    return f"?{query}" if query else "?"


def host_of(url: str) -> str:
    """The site an address leads to, as people read it."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def _options(
    facet: str,
    counts: Mapping[str, int],
    narrowing: Mapping[str, str],
    asked: Mapping[str, str],
) -> list[tuple[str, Option]]:
    chosen = narrowing.get(facet, "")
    words = sorted(counts, key=lambda word: _rank(facet, word, counts))
    if chosen and chosen not in counts:
        words.insert(0, chosen)
    most = SHOWN_AT_FIRST.get(facet, len(words))
    shorten = len(words) > most and asked.get("all") != facet
    shown = [
        word for place, word in enumerate(words) if not shorten or place < most or word == chosen
    ]
    options = [
        (
            word,
            Option(
                label_of(facet, word),
                address(asked, {facet: "" if word == chosen else word, "page": ""}),
                counts.get(word, 0),
                word == chosen,
            ),
        )
        for word in shown
    ]
    if shorten:
        options.append(("", Option(_("all of them"), address(asked, {"all": facet}), len(words))))
    return options


def _rank(facet: str, word: str, counts: Mapping[str, int]) -> tuple[int, str]:
    if facet == "year":
        return (-int(word), word)
    return (-counts[word], label_of(facet, word))


def _topic_groups(options: list[tuple[str, Option]]) -> list[Group]:
    of_group: dict[str, list[Option]] = {}
    for slug, option in options:
        word = vocabulary.term(f"topic:{slug}")
        of_group.setdefault(word.group if word else "", []).append(option)
    known = [group.slug for group in vocabulary.terms("topic-group")]
    order = [*known, *(slug for slug in of_group if slug not in known)]
    return [
        Group(vocabulary.label(f"topic-group:{slug}"), tuple(of_group[slug]))
        for slug in order
        if slug in of_group
    ]
