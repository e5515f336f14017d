"""The list of each kind, narrowed by topic, country, setting, leadership and language.
Called by urls.py alone."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from exchange.contributions import kinds, noticeboard, queries, renderings
from exchange.contributions.cards import cards
from exchange.contributions.models import Notice
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


# What everybody may know of how soon people hear.
PROMISE = 3


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
    if kind == "notice" and narrowing.pop("soonest", ""):
        return _soonest(request, narrowing)
    spoken = _spoken(request, narrowing)
    found = queries.page_of(
        kind,
        narrowing,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
        spoken=spoken,
    )
    context = _around(request, kind, narrowing) | {"cards": cards(found.rows), "page": found}
    context["others"] = queries.unreadable(kind, narrowing, spoken) if spoken else 0
    context["others_url"] = _address(request.path, {**narrowing, "all": "1"})
    return render(request, "contributions/list.html", context)


def _spoken(request: HttpRequest, narrowing: dict[str, str]) -> tuple[str, ...]:
    """The languages of a member who named some, unless the list is narrowed by one, or they asked
    for all."""
    if not request.user.is_authenticated or narrowing.keys() & {"language", "all"}:
        return ()
    return renderings.read_by(request.user) if request.user.language_codes else ()


def _soonest(request: HttpRequest, narrowing: dict[str, str]) -> HttpResponse:
    """Notices with a day to come, what comes soonest first; there are never many."""
    context = _around(request, "notice", narrowing, soonest="1")
    context["cards"] = cards(noticeboard.soonest(narrowing))
    return render(request, "contributions/list.html", context)


def _around(
    request: HttpRequest, kind: str, narrowing: dict[str, str], **more: str
) -> dict[str, Any]:
    """What stands over and beside the cards."""
    share_url, share_label = SHARES[kind]
    kept = {**narrowing, **more}
    return {
        "kind": kinds.get(kind),
        "title": TITLES[kind],
        "lead": LEADS[kind],
        "query": urlencode(narrowing),
        "facets": _facets(kind, narrowing),
        "active": _active(request.path, kept),
        "promise": queries.answered_within(days=PROMISE) if kind == "question" else None,
        "share_url": share_url,
        "share_label": share_label,
        "waiting_url": _address(request.path, {**narrowing, "waiting": "1"}),
        "only_waiting": "waiting" in narrowing,
        "soonest_url": _address(request.path, {**narrowing, "soonest": "1"}),
        "is_soonest": bool(more),
    }


def _narrowing(request: HttpRequest) -> dict[str, str]:
    names = (*queries.NARROWED_BY, "language", "waiting", "sort", "soonest", "all")
    return {name: request.GET[name][:60] for name in names if request.GET.get(name)}


def _facets(kind: str, narrowing: dict[str, str]) -> list[Group]:
    """Two facets are counted; a page may not ask the database for more than its budget."""
    groups = [
        group
        for name in ("topic", "country", "leadership")
        if (group := _group(kind, name, narrowing)) is not None
    ]
    return [_sorts(narrowing), *groups] if kind == "notice" else groups


def _sorts(narrowing: dict[str, str]) -> Group:
    """What a notice is; without counts, because they would be asked for on every page."""
    options = [
        Option(
            label=capfirst(str(label)),
            count=None,
            url=_address("", _toggled(narrowing, "sort", value)),
            active=narrowing.get("sort") == value,
        )
        for value, label in Notice.Sort.choices
    ]
    return Group("sort", _("What it is"), options)


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
    if name == "all":
        return str(_("in all languages"))
    if name == "waiting":
        return str(_("waiting for an answer"))
    if name == "soonest":
        return str(_("what comes soonest"))
    if name == "sort":
        return capfirst(str(dict(Notice.Sort.choices).get(slug, slug)))
    return vocabulary.label(f"{name}:{slug}")


def _toggled(narrowing: dict[str, str], name: str, slug: str) -> dict[str, str]:
    if narrowing.get(name) == slug:
        return _without(narrowing, name)
    return {**narrowing, name: slug}


def _without(narrowing: dict[str, str], name: str) -> dict[str, str]:
    return {key: value for key, value in narrowing.items() if key != name}


def _address(path: str, narrowing: dict[str, str]) -> str:
    return f"{path}?{urlencode(narrowing)}" if narrowing else path or "?"
