"""What was typed into the search box and chosen beside it, cleaned. Nothing is ever refused:
what nobody knows is passed over. Called by views of this room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from django import forms
from django.utils.translation import gettext_lazy as _

from exchange.contributions import kinds
from exchange.contributions.forms import CleanLine
from exchange.conversation.models import SavedSearch
from exchange.core import text
from exchange.discovery.facets import FACETS
from exchange.taxonomy import vocabulary

LONGEST = 1_000
_MOST_VALUES = 6


class Given(Protocol):
    """The part of a request's parameters that is read here."""

    def get(self, name: str, default: str = ...) -> object: ...
    def getlist(self, name: str) -> Sequence[object]: ...


@dataclass(frozen=True)
class Asked:
    """A search as it will be done."""

    typed: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    page: int = 1

    @property
    def is_empty(self) -> bool:
        return not self.typed and not self.filters


def read(given: Given) -> Asked:
    """A search from an address; the same however odd the address is."""
    chosen = {}
    for facet in FACETS:
        values = [str(value)[:80] for value in given.getlist(facet)[:_MOST_VALUES]]
        known = tuple(dict.fromkeys(value for value in values if is_known(facet, value)))
        if known:
            chosen[facet] = known
    page = str(given.get("page", ""))
    number = int(page) if page.isascii() and page.isdecimal() and len(page) < 5 else 1
    return Asked(typed(given), chosen, max(1, number))


def typed(given: Given, name: str = "q") -> str:
    """The words of a search: one clean line of a bearable length."""
    return text.clean_line(str(given.get(name, ""))[: 4 * LONGEST])[:LONGEST]


def is_known(facet: str, value: str) -> bool:
    """Whether a value can be filtered by at all."""
    if facet == "kind":
        return value in kinds.slugs()
    if facet == "year":
        return value.isascii() and value.isdecimal() and len(value) == 4
    if facet == "language":
        return value.isascii() and value.replace("-", "").isalnum() and 2 <= len(value) <= 8
    return vocabulary.term(f"{facet}:{value}") is not None


class SavingForm(forms.Form):
    """How a kept search is called, how often it is looked at, and how much one mail may hold."""

    name = CleanLine(label=_("Call it"), max_length=120, required=False)
    level = forms.ChoiceField(
        label=_("How shall we tell you?"),
        choices=SavedSearch.Level.choices,
        initial=SavedSearch.Level.DIGEST,
        widget=forms.RadioSelect,
        required=False,
    )
    cadence = forms.ChoiceField(
        label=_("If in a mail of its own, how often?"),
        choices=SavedSearch.Cadence.choices,
        initial=SavedSearch.Cadence.WEEKLY,
        widget=forms.RadioSelect,
    )
    most = forms.TypedChoiceField(
        label=_("How many at most in one mail?"),
        choices=[(n, str(n)) for n in (3, 5, 10, 20)],
        coerce=int,
        initial=5,
    )

    def clean_level(self) -> str:
        return self.cleaned_data["level"] or str(SavedSearch.Level.DIGEST)
