"""Sets: by type, topic, country, region and language, and "openaire" for who asks by that name.
Pure but for the vocabulary's labels; read by the keeping and by the answers."""

from __future__ import annotations

import re
from collections.abc import Iterable

from exchange.core.languages import name_of
from exchange.taxonomy import vocabulary

VOCABULARIES = ("type", "topic", "country", "region")
# Everything of the library: aggregators for OpenAIRE ask for exactly this name.
OPENAIRE = "openaire"
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]+)*")
_SPEC = re.compile(r"[A-Za-z0-9_.!~*'()-]+(:[A-Za-z0-9_.!~*'()-]+)*")


def is_spec(words: str) -> bool:
    """Whether this can be the name of a set at all (OAI-PMH 2.0, §2.6)."""
    return bool(_SPEC.fullmatch(words))


def of(terms: Iterable[str], language: str) -> str:
    """The sets of a record with these terms, each between spaces; what is in a:b is in a."""
    found = {OPENAIRE, "language", f"language:{language}"}
    for key in terms:
        name = key.partition(":")[0]
        if name in VOCABULARIES and is_spec(key):
            found |= {name, key}
    return f" {' '.join(sorted(found))} "


def may_exist(spec: str) -> bool:
    """Whether a record could be in it. SQLite finds "country:ke" in "country:KE"; we do not."""
    kind, colon, slug = spec.partition(":")
    if not colon:
        return spec in (OPENAIRE, "language", *VOCABULARIES)
    if kind == "language":
        return bool(_LANGUAGE.fullmatch(slug))
    return kind in VOCABULARIES and vocabulary.term(spec) is not None


def shown(sets: str) -> list[str]:
    """The names for a header: the narrowest, because a:b says a as well."""
    return [spec for spec in sets.split() if ":" in spec or spec == OPENAIRE]


def name_of_set(spec: str) -> str:
    """How a set is called, in English."""
    kind, colon, slug = spec.partition(":")
    if not colon:
        return "All records, for OpenAIRE" if spec == OPENAIRE else f"By {kind}"
    if kind == "language":
        return f"Language: {name_of(slug, 'en')}"
    return f"{kind.capitalize()}: {vocabulary.label(spec, 'en')}"
