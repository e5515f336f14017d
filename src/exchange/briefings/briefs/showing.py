"""How the list of briefs is laid out: its facets, and what narrows it.
Called by the readers' pages of briefs."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from exchange.contributions.queries import term_counts
from exchange.core import languages
from exchange.core.facets import Group, Option
from exchange.taxonomy import vocabulary

FACETS = ("topic", "country")
MOST = 12


def narrowing(asked: Mapping[str, str]) -> dict[str, str]:
    """What an address narrows the list by; words nobody knows are passed over."""
    known = {
        name: word for name in FACETS if (word := asked.get(name, "")) and _is_term(name, word)
    }
    language = asked.get("language", "")
    return {**known, "language": language} if language in languages.SPOKEN else known


def groups(chosen: Mapping[str, str]) -> list[Group]:
    """The facets with their counts, and the languages."""
    titles = {"topic": _("Topic"), "country": _("Country")}
    made = []
    for name in FACETS:
        counts = term_counts("brief", name, dict(chosen))
        words = sorted(counts, key=lambda word: (-counts[word], word))[:MOST]
        options = [_option(name, word, chosen, counts[word]) for word in words]
        if options:
            made.append(Group(titles[name], tuple(options)))
    if made:
        spoken = tuple(_option("language", code, chosen, None) for code in languages.INTERFACE)
        made.append(Group(_("Language"), spoken))
    return made


def active(chosen: Mapping[str, str]) -> list[Option]:
    """What narrows the list now; each link takes one away."""
    return [
        Option(_label(name, word), _address({**chosen, name: ""}), active=True)
        for name, word in chosen.items()
    ]


def _option(name: str, word: str, chosen: Mapping[str, str], count: int | None) -> Option:
    is_on = chosen.get(name) == word
    return Option(
        _label(name, word), _address({**chosen, name: "" if is_on else word}), count, is_on
    )


def _label(name: str, word: str) -> str:
    return languages.named(word) if name == "language" else vocabulary.label(f"{name}:{word}")


def _address(narrowed: Mapping[str, str]) -> str:
    query = urlencode({name: word for name, word in narrowed.items() if word})
    return f"?{query}" if query else "?"


def _is_term(name: str, word: str) -> bool:
    return len(word) <= 70 and vocabulary.term(f"{name}:{word}") is not None
