"""The list of each kind, narrowed by topic, country, setting, leadership and language.
Called by urls.py alone."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from exchange.contributions import kinds, queries
from exchange.contributions.cards import cards
from exchange.core import languages
from exchange.taxonomy import vocabulary

TITLES = {
    "question": _("Questions"),
    "experience": _("What people did and learned"),
    "idea": _("Ideas, looking for your thoughts"),
    "discussion": _("Discussions"),
    "notice": _("Notices"),
}
LEADS = {
    "question": _("Asked by people who work with communities. Answer what you know."),
    "experience": _("Written by the people who were there: what they faced, did and learned."),
    "idea": _("Not tried yet. Say what you think, what you would change, what to beware of."),
    "discussion": _("Talk about the work, in any of our languages."),
    "notice": _("Events, calls, vacancies and news of organisations. Each leaves by itself."),
}
SHARES = {
    "question": ("contributions:ask", _("Ask a question")),
    "experience": ("contributions:share-experience", _("Write down an experience")),
    "idea": ("contributions:share-idea", _("Share an idea")),
    "discussion": ("contributions:share-discussion", _("Open a discussion")),
    "notice": ("contributions:share-notice", _("Put up a notice")),
}
GROUPS = {
    "topic": _("Topic"),
    "country": _("Country"),
    "setting": _("Setting"),
    "leadership": _("Who led it"),
}


@dataclass(frozen=True)
class Option:
    """One word a list can be narrowed by."""

    label: str
    count: int | None
    url: str
    active: bool


@dataclass(frozen=True)
class Group:
    """The words of one facet."""

    name: str
    title: Any
    options: list[Option]
    capped: bool = False


def listing(request: HttpRequest, kind: str) -> HttpResponse:
    narrowing = _narrowing(request)
    found = queries.page_of(
        kind,
        narrowing,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    share_url, share_label = SHARES[kind]
    context = {
        "kind": kinds.get(kind),
        "title": TITLES[kind],
        "lead": LEADS[kind],
        "cards": cards(found.rows),
        "page": found,
        "query": urlencode(narrowing),
        "facets": _facets(kind, narrowing),
        "active": _active(request.path, narrowing),
        "share_url": share_url,
        "share_label": share_label,
        "waiting_url": _address(request.path, {**narrowing, "waiting": "1"}),
        "only_waiting": "waiting" in narrowing,
    }
    return render(request, "contributions/list.html", context)


def _narrowing(request: HttpRequest) -> dict[str, str]:
    names = (*queries.NARROWED_BY, "language", "waiting")
    return {name: request.GET[name][:60] for name in names if request.GET.get(name)}


def _facets(kind: str, narrowing: dict[str, str]) -> list[Group]:
    """Two facets are counted; a page may not ask the database for more than its budget."""
    return [
        group
        for name in ("topic", "country", "leadership")
        if (group := _group(kind, name, narrowing)) is not None
    ]


def _group(kind: str, name: str, narrowing: dict[str, str]) -> Group | None:
    counts = queries.term_counts(kind, name, narrowing)
    chosen = narrowing.get(name)
    options = [
        Option(
            label=vocabulary.label(f"{name}:{slug}"),
            count=count,
            url=_address("", _toggled(narrowing, name, slug)),
            active=slug == chosen,
        )
        for slug, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:12]
    ]
    total = sum(counts.values())
    return Group(name, GROUPS[name], options, total >= queries.COUNTED_AT_MOST) if options else None


def _active(path: str, narrowing: dict[str, str]) -> list[Option]:
    """What narrows the list now; following it takes that narrowing away."""
    return [
        Option(_word(name, slug), None, _address(path, _without(narrowing, name)), active=True)
        for name, slug in narrowing.items()
    ]


def _word(name: str, slug: str) -> str:
    if name == "language":
        return languages.named(slug)
    if name == "waiting":
        return str(_("waiting for an answer"))
    return vocabulary.label(f"{name}:{slug}")


def _toggled(narrowing: dict[str, str], name: str, slug: str) -> dict[str, str]:
    if narrowing.get(name) == slug:
        return _without(narrowing, name)
    return {**narrowing, name: slug}


def _without(narrowing: dict[str, str], name: str) -> dict[str, str]:
    return {key: value for key, value in narrowing.items() if key != name}


def _address(path: str, narrowing: dict[str, str]) -> str:
    return f"{path}?{urlencode(narrowing)}" if narrowing else path or "?"
