"""Searching: from what somebody typed to contributions they may read, with counts and snippets.
Called by views of this room and by rooms above; every result goes through `visible_to`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db.models import Exists, OuterRef

from exchange.contributions import kinds, renderings
from exchange.contributions.cards import Card, cards
from exchange.contributions.models import Contribution, Experience
from exchange.contributions.renderings import Rendering
from exchange.core import languages, time
from exchange.discovery import analyser, facets, legs, phrases, ranking, snippets, spelling
from exchange.discovery import plan as planning
from exchange.discovery.engine import engine
from exchange.discovery.models import Vocabulary
from exchange.discovery.plan import Plan
from exchange.members.models import Member

PAGE_SIZE = 20
DEEPEST = 200
SIMILAR = 5
_MOST_SIMILAR_WORDS = 600  # characters of a long question that are looked at
_ALIKE = 0.35  # the part of the best score that still counts as similar
WORDS_SUGGESTED = 6


@dataclass(frozen=True)
class Offer:
    """A filter that words of the query name: "kenya" may mean the country."""

    facet: str
    value: str


@dataclass(frozen=True)
class Found:
    """One page of what was found."""

    cards: list[Card] = field(default_factory=list)
    total: int = 0
    is_capped: bool = False
    page: int = 1
    pages: int = 1
    counts: facets.Counts = field(default_factory=dict)
    # How many there would be without each chosen filter.
    without: dict[str, int] = field(default_factory=dict)
    offers: list[Offer] = field(default_factory=list)
    # Words taken for typing errors, with what they were taken for, and the text as meant.
    mended: list[tuple[str, str]] = field(default_factory=list)
    meant: str = ""


def search(
    *, typed: str, filters: legs.Filters, page: int = 1, member: Member | None, moment: datetime
) -> Found:
    """A page of results for typed words and chosen filters, in at most eight queries."""
    filters = {facet: values for facet, values in filters.items() if values}
    plan, mended = understood(typed, languages.current(), filters)
    pairs, meant = _mending(plan, mended)
    if plan.groups and not plan.asked:
        return Found(offers=offers(plan, filters), mended=pairs, meant=meant)
    order = ordered(plan, filters, moment=moment)
    total, counts, without = facets.counted(plan, filters)
    pages = max(1, -(-min(len(order), DEEPEST) // PAGE_SIZE))
    page = min(max(1, page), pages)
    ids = order[:DEEPEST][(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    return Found(
        cards=shown(ids, plan, member, with_passages=True),
        total=max(total, len(order)) if total < facets.COUNTED_AT_MOST else total,
        is_capped=total >= facets.COUNTED_AT_MOST,
        page=page,
        pages=pages,
        counts=counts,
        without=without,
        offers=offers(plan, filters),
        mended=pairs,
        meant=meant,
    )


def understood(
    typed: str, language: str, filters: legs.Filters | None = None
) -> tuple[Plan, dict[str, str]]:
    """The plan of a query with the rarity of its words, and what was mended in it."""
    plan = planning.read(typed, language)
    chosen = legs.filter_keys(filters or {})
    counts = counts_of(planning.keys(plan) | chosen)
    planning.weigh(plan, counts)
    plan.filtered = {key: counts.get(key, (0, 0))[0] for key in chosen}
    unknown = {group.form: group for group in plan.unknown if group.form}
    mended = spelling.nearest(list(unknown)) if unknown else {}
    if mended:
        keys = {
            key
            for word in mended.values()
            for key in planning.keys(planning.read(word, plan.language))
        }
        counts = counts_of(keys)
        for form, word in mended.items():
            planning.understand(unknown[form], word, plan, counts)
    return plan, mended


def ordered(plan: Plan, filters: legs.Filters, *, moment: datetime) -> list[int]:
    """The ids of the best entries, in their final order; the newest first without words."""
    candidates = engine().candidates(legs.of(plan, filters), legs.CANDIDATES)
    if not plan.asked:
        return [one.id for one in sorted(candidates, key=lambda one: -one.id)]
    found = ranking.ranked(plan, candidates, reader=languages.current(), moment=moment)
    return [one.id for one in phrases.lifted(plan, found)]


def shown(
    ids: Sequence[int], plan: Plan, member: Member | None, *, with_passages: bool = False
) -> list[Card]:
    """Cards in the order given, of what the member may read now, whatever the index says; with
    passages of documents where these say more than the cards' own words."""
    rows = _readable(ids, member)
    present = [rows[pk] for pk in ids if pk in rows]
    worth = snippets.Worth(plan)
    bodies = _bodies(present)
    own = {row.pk: f"{row.title} {bodies[row.pk]}" for row in present}
    inside = {}
    if with_passages and plan.asked:
        inside = phrases.passages(present, plan, own, worth)
    found_in = _found_in(present, own, worth)
    made = []
    for row, one in zip(present, cards(present, with_kind=True, carried=found_in), strict=True):
        words = found_in.get(row.pk)
        language = words.language if words else row.language
        body = words.whole if words else bodies[row.pk]
        excerpt = snippets.snippet(body, language, worth) or (one.excerpt if words else row.excerpt)
        title = snippets.marked(words.title if words else row.title, language, worth)
        card = replace(one, title=title, excerpt=excerpt)
        made.append(phrases.with_passage(card, row, own[row.pk], inside.get(row.pk), worth))
    return made


def _found_in(
    rows: Sequence[Contribution], own: dict[int, str], worth: snippets.Worth
) -> dict[int, Rendering]:
    """The translations to show in place of originals: where they hold more of the query, or as
    much in the language of the page."""
    found = {}
    by_number = {row.pk: row for row in rows}
    for pk, some in renderings.public_texts(rows).items():
        least = snippets.value_of(own[pk], by_number[pk].language, worth)
        for one in some:
            value = snippets.value_of(f"{one.title} {one.whole}", one.language, worth)
            is_at_home = one.language == languages.current() != by_number[pk].language
            if value > least or (value == least and is_at_home):
                least, found[pk] = value, one
    return found


def _readable(ids: Sequence[int], member: Member | None) -> dict[int, Contribution]:
    """Those of these contributions that the member may read and that are listed."""
    # Asked by id outside and by state inside: SQLite would else walk its index of states.
    allowed = Contribution.objects.visible_to(member).listed().filter(pk=OuterRef("pk"))
    rows: dict[int, Contribution] = Contribution.objects.filter(Exists(allowed)).in_bulk(list(ids))
    return rows


def offers(plan: Plan, filters: legs.Filters) -> list[Offer]:
    """Filters that words of the query name and that are not chosen yet."""
    found: dict[Offer, None] = {}
    for match in sorted(plan.matches, key=lambda one: one.start - one.end):
        facet = match.concept.facet
        if facet and not filters.get(facet[0]):
            found[Offer(*facet)] = None
    return list(found)[:4]


def similar(
    typed: str, *, language: str, member: Member | None, limit: int = SIMILAR
) -> list[Card]:
    """Contributions on the same matter as a text, the nearest first; [] when nothing is near."""
    plan, _mended = understood(typed[:_MOST_SIMILAR_WORDS], language)
    if not plan.asked:
        return []
    candidates = engine().candidates(legs.of(plan, {}), legs.CANDIDATES)
    found = ranking.ranked(plan, candidates, reader=language, moment=time.now())
    near = [one.id for one in found[:limit] if one.score >= _ALIKE * found[0].score]
    return shown(near, plan, member)


def completed(typed: str) -> list[str]:
    """What a text may go on to be: its last word completed from the vocabulary."""
    words = list(analyser.words(typed, most=planning.MOST_TYPED))
    if not words or typed[-1:].isspace():
        return []
    last = words[-1]
    if len(last.form) < 2:
        return []
    found = engine().words_beginning(last.form, WORDS_SUGGESTED + 1)
    beginning = typed[: last.start]
    return [beginning + word for word, _count in found if word != last.form][:WORDS_SUGGESTED]


def counts_of(keys: set[int]) -> planning.Counts:
    """In how many entries each key stands, and in how many titles."""
    rows = Vocabulary.objects.filter(pk__in=keys).values_list("key", "found_in", "titles")
    return {key: (found_in, titles) for key, found_in, titles in rows}


def _mending(plan: Plan, mended: dict[str, str]) -> tuple[list[tuple[str, str]], str]:
    """What was taken for what, and the whole text as it may have been meant."""
    if not mended:
        return [], ""
    pairs = []
    pieces = []
    at = 0
    for word in plan.typed:
        if word.form in mended:
            pieces += [plan.text[at : word.start], mended[word.form]]
            pairs.append((plan.text[word.start : word.end], mended[word.form]))
            at = word.end
    return pairs, "".join([*pieces, plan.text[at:]])


def _bodies(rows: Sequence[Contribution]) -> dict[int, str]:
    """The long text of each row; an experience keeps it in parts of its own."""
    found = {row.pk: row.body or row.summary for row in rows}
    apart = [row.pk for row in rows if row.kind == "experience"]
    for pk, row in Experience.objects.in_bulk(apart).items() if apart else ():
        found[pk] = kinds.get(row.kind).search_text(row).body or found[pk]
    return found
