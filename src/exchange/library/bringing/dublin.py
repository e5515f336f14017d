"""One record in simple Dublin Core (oai_dc), turned into cells of our own table.
Called by harvests."""

from __future__ import annotations

import re
from collections import defaultdict

from django.utils.translation import gettext as _

from exchange.library.bringing.dates import date_of
from exchange.library.bringing.gathering import Gathered
from exchange.library.bringing.words import Words
from exchange.library.naming import Maker, maker, person

_TYPES = {
    "report": "report",
    "technicalreport": "report",
    "article": "journal-article",
    "bookpart": "book-chapter",
    "doctoralthesis": "research",
    "masterthesis": "research",
    "workingpaper": "working-paper",
    "c_93fc": "report",
    "c_18gh": "report",
    "c_6501": "journal-article",
    "c_3248": "book-chapter",
    "c_8042": "working-paper",
    "c_12ce": "video",
}
_LICENCE = re.compile(r"creativecommons\.org/(?:licenses/([a-z-]+)|publicdomain/(zero))")
Elements = dict[str, list[str]]


def gathered(elements: Elements, words: Words, *, source_site: str) -> Gathered:
    """What the fifteen elements say, as far as it is sure."""
    said: Elements = defaultdict(list)
    for name, values in elements.items():
        said[name] = [" ".join(one.split()) for one in values if one.strip()]
    made = Gathered(
        title=next(iter(said["title"]), ""),
        makers=[_maker(one) for one in said["creator"]],
        publisher=next(iter(said["publisher"]), ""),
        language=next(iter(said["language"]), ""),
        summary=next(iter(said["description"]), ""),
        source_site=source_site,
        types=_types(said["type"], words),
        phrases=[
            part
            for name in ("subject", "coverage")
            for one in said[name]
            for part in re.split(r";\s|\s--\s|\|", one)
        ],
        names=[*said["identifier"], *(one for one in said["source"] if "ISBN" in one.upper())],
        licence=next(filter(None, map(_licence, said["rights"])), ""),
    )
    made.date = _date(said["date"], made.notes)
    _note(said, made)
    return made


def _maker(name: str) -> Maker:
    parts = [part.strip() for part in name.strip(" ,").split(",")]
    if len(parts) > 2:
        # "Family, Given, 1970-": what stands behind the second comma is not the name.
        name = ", ".join(parts[:2])
    return person(name) if len(parts) > 1 and parts[1] else maker(name.strip(" ,"))


def _types(given: list[str], words: Words) -> list[str]:
    """By our own labels; failing those, by the names and numbers repositories agreed on."""
    tails = [re.split(r"[/#]", one.casefold())[-1].replace(" ", "") for one in given]
    ours = [slug for one in given if (slug := words.slug("type", one))]
    return ours or [_TYPES[tail] for tail in tails if tail in _TYPES]


def _licence(given: str) -> str:
    found = _LICENCE.search(given.casefold())
    if not found:
        return ""
    return "cc0" if found[2] else f"cc-{found[1]}"


def _date(given: list[str], notes: list[str]) -> str:
    """The day something was put into a repository is not the day it appeared: of several dates
    the earliest counts, and one with an hour never does."""
    plain = [one for one in given if "T" not in one]
    dated = sorted((found.year, one) for one in plain if (found := date_of(one)) and found.year)
    if dated:
        return dated[0][1]
    if given and not plain:
        notes.append(_("its dates are those of keeping it there; say the year if you know it"))
        return ""
    return plain[0] if plain else ""


def _note(said: Elements, made: Gathered) -> None:
    if len(said["title"]) > 1:
        made.notes.append(_("also called: %(titles)s") % {"titles": "; ".join(said["title"][1:4])})
    if said["contributor"]:
        names = "; ".join(said["contributor"][:5])
        made.notes.append(_("also named: %(names)s") % {"names": names})
    if len(set(said["language"])) > 1:
        made.notes.append(
            _("in several languages: %(languages)s")
            % {"languages": ", ".join(said["language"][:9])}
        )
