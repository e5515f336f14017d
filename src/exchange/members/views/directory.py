"""The directory: people who chose to be found, by what the reader may see of them.
Called by `urls.py`."""

from urllib.parse import urlencode

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from exchange.core import languages
from exchange.core.facets import Group, Option
from exchange.core.text import clean_line
from exchange.members.directory import queries
from exchange.members.directory.queries import Wish
from exchange.members.models import Trait
from exchange.members.queries import shown
from exchange.taxonomy import vocabulary

_LONGEST = 100


@require_safe
def people(request):
    """Filters that combine, by links; words by a form."""
    mine = request.user.setting_slugs if request.user.is_authenticated else []
    wish = _wish(request.GET, mine)
    page = queries.page(
        queries.people(wish, request.user),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    context = {
        "page": page,
        "people": [shown(member, request.user) for member in page.rows],
        "wish": wish,
        "kept": [*wish.facets.items(), *([("like", "mine")] if wish.like else [])],
        "active": _chosen(wish),
        "facets": _facets(wish, queries.counted(wish, request.user)),
        "like_mine": _address(wish, like="mine") if mine and not wish.like else "",
        "asks_settings": request.user.is_authenticated and not mine,
        "listed": request.user.is_authenticated and request.user.is_listed,
    }
    return render(request, "members/people.html", context)


def _wish(asked, mine):
    facets = {what.value: asked.get(what.value, "")[:60] for what in queries.FACETS}
    return Wish(
        facets={what: value for what, value in facets.items() if value},
        words=clean_line(asked.get("words", "").replace("\x00", ""))[:_LONGEST],
        like=tuple(mine) if asked.get("like") == "mine" else (),
    )


def _facets(wish, counts):
    titles = {
        Trait.What.COUNTRY: _("Country"),
        Trait.What.TOPIC: _("Areas of practice"),
        Trait.What.SETTING: _("Where they work"),
        Trait.What.LANGUAGE: _("Language"),
    }
    groups = []
    for what, title in titles.items():
        if what.value in wish.facets:
            continue
        options = tuple(
            Option(_label(what, value), _address(wish, **{what.value: value}), many)
            for value, many in counts[what]
        )
        if options:
            groups.append(Group(title, options))
    return groups


def _chosen(wish):
    """What is chosen, each with the address of the page without it."""
    chosen = [
        Option(_label(what, value), _address(wish, **{what: ""}), active=True)
        for what, value in wish.facets.items()
    ]
    if wish.like:
        chosen.append(Option(_("A setting like mine"), _address(wish, like=""), active=True))
    if wish.words:
        chosen.append(Option(f"“{wish.words}”", _address(wish, words=""), active=True))
    return chosen


def _label(what, value):
    if what == Trait.What.LANGUAGE:
        return languages.named(value) if value in languages.SPOKEN else value
    if what == Trait.What.COUNTRY:
        return vocabulary.country_name(value)
    return vocabulary.label(f"{what}:{value}")


def _address(wish, **changed):
    now = {**wish.facets, "words": wish.words, "like": "mine" if wish.like else "", **changed}
    said = urlencode({name: value for name, value in now.items() if value})
    return reverse("members:people") + (f"?{said}" if said else "")
