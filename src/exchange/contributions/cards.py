"""Cards: a contribution as lists, search and mail show it, prepared once and without queries.
Called by views and queries of every room above; shown by components/card.html."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exchange.contributions import kinds
from exchange.contributions.models import Contribution
from exchange.core import languages
from exchange.taxonomy import vocabulary


@dataclass(frozen=True)
class Part:
    """One piece of the quiet context line; `look` is "", "led" or "live"."""

    text: str
    look: str = ""


@dataclass(frozen=True)
class Card:
    """What one card shows."""

    id: int
    url: str
    title: str
    excerpt: str | SafeString
    language: str
    direction: str
    kind: str
    kind_label: str
    icon: str
    context: tuple[Part, ...]
    published_at: datetime | None
    state: str
    # Where in a long text beside it the excerpt stands, in words and as an address.
    place: str = ""
    place_url: str = ""


def cards(
    contributions: Iterable[Contribution], *, with_kind: bool = False, with_excerpt: bool = True
) -> list[Card]:
    """Cards for contributions already loaded (and already checked by visible_to). A kind that
    tells more of its rows is asked once for all of them."""
    rows = list(contributions)
    told = _told(rows)
    return [_card(one, told, with_kind, with_excerpt) for one in rows]


def card(contribution: Contribution, *, with_kind: bool = False, with_excerpt: bool = True) -> Card:
    """One card. With `with_kind` the context line begins with what it is."""
    return _card(contribution, _told([contribution]), with_kind, with_excerpt)


def _told(rows: list[Contribution]) -> dict[int, str]:
    found: dict[int, str] = {}
    for slug in dict.fromkeys(row.kind for row in rows):
        tells = kinds.get(slug).tells
        if tells is not None:
            found |= tells([row for row in rows if row.kind == slug])
    return found


def _card(
    contribution: Contribution, told: dict[int, str], with_kind: bool, with_excerpt: bool
) -> Card:
    kind = kinds.get(contribution.kind)
    lead = (Part(str(kind.label)),) if with_kind else ()
    if contribution.pk in told:
        lead = (*lead, Part(told[contribution.pk], "led"))
    return Card(
        id=contribution.pk,
        url=contribution.get_absolute_url(),
        title=contribution.title,
        excerpt=contribution.summary if with_excerpt else "",
        language=contribution.language,
        direction=contribution.direction,
        kind=contribution.kind,
        kind_label=str(kind.label),
        icon=kind.icon,
        context=(*lead, *context_line(contribution), *_liveliness(contribution)),
        published_at=contribution.published_at,
        state=contribution.state,
    )


def context_line(contribution: Contribution) -> tuple[Part, ...]:
    """Country · setting · mechanism · who led it · language (when not the reader's)."""
    parts = [Part(vocabulary.country_name(code)) for code in contribution.country_codes[:3]]
    more = len(contribution.country_codes) - 3
    if more > 0:
        parts.append(Part(ngettext("and %(n)d more", "and %(n)d more", more) % {"n": more}))
    for name in ("setting", "mechanism"):
        slug = getattr(contribution, name)
        if slug:
            parts.append(Part(vocabulary.label(f"{name}:{slug}")))
    if contribution.leadership and contribution.leadership != "not-stated":
        parts.append(Part(vocabulary.label(f"leadership:{contribution.leadership}"), "led"))
    if contribution.language != languages.current():
        parts.append(Part(languages.named(contribution.language)))
    return tuple(parts)


def _liveliness(contribution: Contribution) -> tuple[Part, ...]:
    if contribution.kind == "resource" or not (contribution.is_public or contribution.is_out):
        return ()
    count = contribution.reply_count
    if count:
        return (Part(ngettext("%(n)d answer", "%(n)d answers", count) % {"n": count}),)
    if contribution.kind == "question" and contribution.is_open:
        return (Part(_("waiting for an answer"), "live"),)
    return ()
