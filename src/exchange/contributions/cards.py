"""Cards: a contribution as lists, search and mail show it, prepared once and without queries.
Called by views and queries of every room above; shown by components/card.html."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exchange.contributions import kinds, renderings
from exchange.contributions.models import Contribution
from exchange.contributions.renderings import Rendering
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
    contributions: Iterable[Contribution],
    *,
    with_kind: bool = False,
    with_excerpt: bool = True,
    carried: Mapping[int, Rendering] | None = None,
) -> list[Card]:
    """Cards for contributions already loaded (and already checked by visible_to). A kind that
    tells more of its rows is asked once for all of them; what can be read in the language of this
    moment shows those words (`carried`: where they are known already)."""
    rows = list(contributions)
    told = _told(rows)
    words = renderings.of_rows(rows) if carried is None else carried
    return [_card(one, told, with_kind, with_excerpt, words.get(one.pk)) for one in rows]


def card(contribution: Contribution, *, with_kind: bool = False, with_excerpt: bool = True) -> Card:
    """One card. With `with_kind` the context line begins with what it is."""
    return cards([contribution], with_kind=with_kind, with_excerpt=with_excerpt)[0]


def _told(rows: list[Contribution]) -> dict[int, str]:
    found: dict[int, str] = {}
    for slug in dict.fromkeys(row.kind for row in rows):
        tells = kinds.get(slug).tells
        if tells is not None:
            found |= tells([row for row in rows if row.kind == slug])
    return found


def _card(
    contribution: Contribution,
    told: dict[int, str],
    with_kind: bool,
    with_excerpt: bool,
    carried: Rendering | None,
) -> Card:
    kind = kinds.get(contribution.kind)
    lead = (Part(str(kind.label)),) if with_kind else ()
    if contribution.pk in told:
        lead = (*lead, Part(told[contribution.pk], "led"))
    return Card(
        id=contribution.pk,
        url=contribution.get_absolute_url(),
        title=carried.title if carried else contribution.title,
        excerpt=(carried.excerpt if carried else contribution.summary) if with_excerpt else "",
        language=carried.language if carried else contribution.language,
        direction=carried.direction if carried else contribution.direction,
        kind=contribution.kind,
        kind_label=str(kind.label),
        icon=kind.icon,
        context=(*lead, *context_line(contribution, carried), *_liveliness(contribution)),
        published_at=contribution.published_at,
        state=contribution.state,
    )


def context_line(contribution: Contribution, carried: Rendering | None = None) -> tuple[Part, ...]:
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
    if carried is not None:
        said = _("translated from %(language)s") % {"language": carried.from_language}
        parts.append(Part(said))
    elif contribution.language != languages.current():
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
