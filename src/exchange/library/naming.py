"""Telling persons from organisations by their names, and family names from given ones.
Pure but for the list of organisations the Exchange ships with; called by records, forms and citations."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from exchange.core.text import folded
from exchange.organisations.known import known_names

MOST_MAKERS = 100

# A name that holds one of these words is an organisation's, and stays as it is.
_WORDS_OF_ORGANISATIONS = frozenset(
    """academy action africa agency aid alliance association authority bank bureau campaign care
    centre center centro church childline children club coalition collaborative college comisión
    comité commission committee communauté communities community company confederation consortium
    consult consultants consulting cooperative council court department development directorate
    embassy exchange federation fondation fonds force forum foundation frontiers fund fundación
    ganzen global government group gouvernement health hospital hommes icbf inc initiative
    institut institute instituto institution international jumuiya kikundi kituo laboratory
    learning league limited ltd maestral mfuko ministerio ministry ministère mission mtandao
    national network ngo observatory office ofisi organisation organization organización parliament
    partners partnership plan praxis press programme program programa project projet proyecto
    publishers red rescue réseau save school secretariat sector serikali service services shirika
    síndicato society system systems taasisi task team technical therapy trust uganda unicef union
    universidad universidade university université chuo vikas vision volunteers war watch watchlist
    wizara women working world youth zone chetna campaigns colombia columbia kenya
    منظمة وزارة مؤسسة جمعية صندوق لجنة جامعة مركز شبكة تحالف اتحاد معهد مجلس هيئة برنامج""".split()  # noqa: SIM905
)
_PARTICLES = frozenset(
    "van von de der den del della da dos das di du la le el al bin ben bint ibn abu ould ter".split()  # noqa: SIM905
)
_INITIALS = re.compile(r"(\w\.-?)+|\w")
_LONGEST_NAME = 5


@dataclass(frozen=True)
class Maker:
    """Somebody who made a record. `name` as people read it; a person whose names could be told
    apart has `family` and `given` too."""

    name: str
    is_organisation: bool = False
    family: str = ""
    given: str = ""
    role: str = "author"


def makers(names: Iterable[str], *, role: str = "author") -> tuple[Maker, ...]:
    """Each name as a person or an organisation, by what it looks like."""
    return tuple(maker(name, role=role) for name in names if name.strip())[:MOST_MAKERS]


def maker(name: str, *, role: str = "author") -> Maker:
    """One name, looked at: "Wessells, Mike", "Mike Wessells", "Plan International", "UNICEF"."""
    plain = " ".join(name.split())
    if is_organisation(plain):
        return Maker(plain, is_organisation=True, role=role)
    return person(plain, role=role)


def person(name: str, *, role: str = "author") -> Maker:
    """A person, for whoever knows it is one: "Family, Given" or "Given Family"."""
    plain = " ".join(name.split())
    family, comma, given = (part.strip() for part in plain.partition(","))
    if comma and family and given and "," not in given:
        return Maker(f"{given} {family}", family=family, given=given, role=role)
    words = plain.split()
    unclear = words[-2:] == ["et", "al."] or bool(words and _INITIALS.fullmatch(words[-1]))
    if comma or unclear or len(words) < 2 or not _reads_as_person(words):
        # One name, or no telling where the family's begins: it is cited as it stands.
        return Maker(plain, role=role)
    start = len(words) - 1
    while start > 1 and words[start - 1].casefold() in _PARTICLES:
        start -= 1
    return Maker(plain, family=" ".join(words[start:]), given=" ".join(words[:start]), role=role)


def organisation(name: str, *, role: str = "author") -> Maker:
    """An organisation, for whoever knows it is one."""
    return Maker(" ".join(name.split()), is_organisation=True, role=role)


def is_organisation(name: str) -> bool:
    """Whether a name reads as an organisation's: a known one, one of the words they are called
    by, letters in capitals, or no form of a person's name."""
    if folded(name) in known_organisations():
        return True
    if re.fullmatch(r"[^,;]+,\s*[^,;]+", name) and not _has_word_of_organisations(name):
        return False
    return _has_word_of_organisations(name) or not _reads_as_person(name.split())


def as_line(made_by: Iterable[Maker]) -> str:
    """ "A; B" for lists and cards: the authors, or whoever there is."""
    everybody = list(made_by)
    authors = [one for one in everybody if one.role == "author"] or everybody
    return "; ".join(one.name.replace(";", ",") for one in authors)


@lru_cache(maxsize=1)
def known_organisations() -> frozenset[str]:
    """Names and acronyms of the field's organisations, folded."""
    return frozenset(folded(name) for name in known_names())


def _has_word_of_organisations(name: str) -> bool:
    return any(word.strip("().,").casefold() in _WORDS_OF_ORGANISATIONS for word in name.split())


def _reads_as_person(words: list[str]) -> bool:
    if words[-2:] == ["et", "al."]:
        words = words[:-2]
    return 2 <= len(words) <= _LONGEST_NAME and all(_is_name(word) for word in words)


def _is_name(word: str) -> bool:
    if word.casefold() in _PARTICLES or _INITIALS.fullmatch(word):
        return True
    if any(c.isdecimal() for c in word) or not word[:1].isalpha():
        return False
    if word.upper() == word.lower():
        # A script without capitals: nothing more can be read from it.
        return True
    # Acronyms in capitals belong to organisations.
    return word[:1].isupper() and not (len(word) > 1 and word.isupper())
