"""The list of organisations, narrowed by country, kind and name.
Called by urls.py alone."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from exchange.core.facets import Group, Option
from exchange.organisations import queries
from exchange.organisations.models import Organisation
from exchange.taxonomy import vocabulary

_NAMES = ("country", "kind", "founding", "q")
_MOST_COUNTRIES = 40


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    narrowing = {name: request.GET[name][:80] for name in _NAMES if request.GET.get(name)}
    found = queries.page_of(request.user, narrowing, after=request.GET.get("after", "")[:200])
    context = {
        "page": found,
        "typed": narrowing.get("q", ""),
        "kept": {name: value for name, value in narrowing.items() if name != "q"},
        "facets": _facets(request, narrowing),
        "active": _active(narrowing),
    }
    return render(request, "organisations/list.html", context)


def _facets(request: HttpRequest, narrowing: dict[str, str]) -> list[Group]:
    found = []
    for name, title in (("country", _("Country")), ("kind", _("Kind"))):
        counted = queries.counts(request.user, narrowing, name)
        most_first = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
        options = tuple(
            _option(name, value, count, narrowing) for value, count in most_first[:_MOST_COUNTRIES]
        )
        if options:
            found.append(Group(title, options))
    founding = _option("founding", "1", None, narrowing)
    return [*found, Group(_("Where the Exchange comes from"), (founding,))]


def _option(name: str, value: str, count: int | None, narrowing: dict[str, str]) -> Option:
    chosen = narrowing.get(name) == value
    wanted = _without(narrowing, name) if chosen else {**narrowing, name: value}
    return Option(_word(name, value), _address(wanted), count, chosen)


def _active(narrowing: dict[str, str]) -> list[Option]:
    return [
        Option(_word(name, value), _address(_without(narrowing, name)), active=True)
        for name, value in narrowing.items()
    ]


def _word(name: str, value: str) -> str:
    if name == "country":
        return vocabulary.country_name(value)
    if name == "kind":
        labels = dict(Organisation.Kind.choices)
        return str(labels.get(value, value))
    if name == "founding":
        return _("founding working group")
    return f"“{value}”"


def _without(narrowing: dict[str, str], name: str) -> dict[str, str]:
    return {key: value for key, value in narrowing.items() if key != name}


def _address(narrowing: dict[str, str]) -> str:
    return f"?{urlencode(narrowing)}"
