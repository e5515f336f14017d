"""Other people's words for types, topics, places and languages, where they equal ours.
Called by the readers; it never guesses further than an equal label in one of the six languages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from exchange.core.languages import INTERFACE, OWN_NAMES, SPOKEN, name_of
from exchange.core.text import folded
from exchange.taxonomy import vocabulary

# What keywords and subjects may be: looked for in this order.
# No label of ours has more commas.
MOST_PARTS = 5
_PLACES_AND_TOPICS = ("topic", "country", "region", "setting", "mechanism", "leadership")
_ISO_639_3 = """
    eng:en fra:fr fre:fr swa:sw swh:sw ara:ar spa:es por:pt amh:am ben:bn deu:de ger:de
    fas:fa per:fa hau:ha hin:hi ind:id ita:it lug:lg lin:ln mlg:mg mya:my bur:my nep:ne
    nld:nl dut:nl nya:ny orm:om pol:pl pus:ps ron:ro rum:ro rus:ru kin:rw sna:sn som:so
    tam:ta tha:th tir:ti tgl:tl tur:tr ukr:uk urd:ur vie:vi wol:wo xho:xh yor:yo zho:zh
    chi:zh zul:zu
"""
_OF_THREE = dict(pair.split(":") for pair in _ISO_639_3.split())


@dataclass
class Told:
    """What phrases said in our own words, and those that said nothing to us."""

    terms: dict[str, list[str]] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)

    def of(self, name: str) -> str:
        return ";".join(self.terms.get(name, []))


class Words:
    """Our vocabulary by its labels, made once for one import."""

    def __init__(self) -> None:
        self._known: dict[str, dict[str, str]] = {}

    def slug(self, name: str, phrase: str) -> str:
        """The term of a vocabulary that is called so; "" when none is."""
        if name not in self._known:
            self._known[name] = {
                folded(label): word.slug
                for word in vocabulary.terms(name)
                for label in (word.slug, *(word.labelled(one) for one in INTERFACE))
            }
        return self._known[name].get(folded(phrase), "")

    def told(self, phrases: Iterable[str]) -> Told:
        """Keywords and subjects as topics and places. Some labels of ours have a comma in them,
        and some people part their words by commas: the longest run that is a label counts."""
        told = Told()
        for phrase in dict.fromkeys(" ".join(one.split()) for one in phrases):
            parts = [part for one in phrase.split(",") if (part := one.strip())]
            while parts:
                del parts[: self._take(parts, told)]
        return told

    def _take(self, parts: list[str], told: Told) -> int:
        """How many parts the label at their beginning takes; one when there is none."""
        for end in range(min(len(parts), MOST_PARTS), 0, -1):
            phrase = ", ".join(parts[:end])
            for name in _PLACES_AND_TOPICS:
                if slug := self.slug(name, phrase):
                    told.terms.setdefault(name, []).append(slug)
                    return end
        told.unknown.append(parts[0])
        return 1


def language_code(given: str) -> str:
    """ "en" of "en", "eng", "en-GB", "English" or "Anglais"; what was given when nobody knows."""
    plain = given.strip()
    code = plain.replace("_", "-").partition("-")[0].casefold()
    if code in _OF_THREE:
        return _OF_THREE[code]
    if len(code) == 2 and code.isascii() and code.isalpha():
        return code
    return _names_of_languages().get(folded(plain), plain)


@lru_cache(maxsize=1)
def _names_of_languages() -> dict[str, str]:
    named = {folded(name_of(code, one)): code for code in SPOKEN for one in INTERFACE}
    named.update((folded(name), code) for code, name in OWN_NAMES.items())
    return named
