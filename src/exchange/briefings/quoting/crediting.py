"""Whose words they are, as it stands under them and at the end of the page; in the language of the
brief. Called by the actions of quoting and by the page where hosts choose."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from exchange.briefings.models import Quoted
from exchange.briefings.quoting.sources import Place, place_of
from exchange.core.languages import INTERFACE
from exchange.taxonomy import vocabulary

LONGEST = 600


def named(place: Place, language: str) -> str:
    """As they are shown there: "Amina, Kenya"."""
    with override(_spoken(language)):
        if not place.shown_as:
            return _hosts() if place.is_by_hosts else _with_country(_somebody(), place)
        return _with_country(place.shown_as, place)


def unnamed(place: Place | None, language: str) -> str:
    """ "A practitioner, Kenya", with the country only where that page says it."""
    with override(_spoken(language)):
        return _with_country(_somebody(), place) if place is not None else _somebody()


def credit_of(quote: Quoted, language: str) -> str:
    """What stands under a quote, by what its person has answered."""
    place = place_of(quote.contribution_id, quote.reply_number)
    if place is None or quote.answer == Quoted.Answer.UNNAMED:
        return unnamed(place, language)
    return named(place, language)


def thanks(quotes: Iterable[Quoted], language: str) -> str:
    """The line at the end: everybody who agreed, each once."""
    agreed = [quote for quote in quotes if quote.is_agreed]
    who = list(dict.fromkeys(credit_of(quote, language) for quote in agreed))
    with override(_spoken(language)):
        said = _("With thanks to %(names)s") % {"names": "; ".join(who)} if who else ""
    return said[:LONGEST]


def _with_country(name: str, place: Place) -> str:
    country = place.shown_country
    return f"{name}, {vocabulary.country_name(country)}" if country else name


def _somebody() -> str:
    return str(_("A practitioner"))


def _hosts() -> str:
    return str(_("The hosts of the Exchange"))


def _spoken(language: str) -> str:
    return language if language in INTERFACE else settings.LANGUAGE_CODE
