"""Citations as the field's own style sheets want them (APA, seventh edition).
Called by the record page; pure, knows one Resource."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from exchange.library.models import Resource
from exchange.taxonomy import vocabulary

MOST_NAMES = 20
# A name that holds one of these words is an organisation's, and stays as it is.
_ORGANISATIONS = frozenset(
    """action africa agency aid alliance association bank campaign care centre center chetna child childline children
    coalition columbia comisión comité commission committee communities community consortium
    consultants council data department development exchange federation fondation force forum
    foundation frontiers fund ganzen global government group health home hommes icbf initiative institute kenya
    instituto international learning maestral ministry mission network office organisation
    organization partners partnership plan praxis programme program project rescue save sector
    secretariat society system task team technical therapy trust uganda union university vision war women working
    world youth zone""".split()  # noqa: SIM905 - a list of words reads best as words
)
_PARTICLES = frozenset("van von de der den del della da dos das di la le el al bin ben".split())  # noqa: SIM905
_INITIALS = re.compile(r"(\w\.-?)+|\w")
_LIKE_ARTICLES = frozenset({"journal-article", "book-chapter"})
# What APA names in square brackets behind the title, because it is not read on paper.
_MEDIA = ("video", "podcast", "webinar", "presentation")


@dataclass(frozen=True)
class Citation:
    """In three pieces, so that a page can set the title in italics."""

    before: str
    title: str
    after: str

    def __str__(self) -> str:
        return "".join((self.before, self.title, self.after))


def apa(resource: Resource) -> Citation:
    """Author. (Year). Title [Kind]. Publisher. Address. Without a date: n.d."""
    names = resource.author_names
    publisher = "; ".join(_publishers(resource))
    if not names and _is_author_too(resource):
        names, publisher = _publishers(resource), ""
    year = str(resource.year) if resource.year else _("n.d.")
    title = resource.title.rstrip(".")
    medium = _medium(resource)
    stop = "" if title[-1:] in "?!" and not medium else "."
    tail = f" {_sentence(publisher)}" if publisher and publisher not in names else ""
    if resource.shown_link:
        tail += f" {resource.shown_link}"
    if not names:
        return Citation("", title, f"{medium}{stop} ({year}).{tail}")
    return Citation(f"{_sentence(_listed(names))} ({year}). ", title, f"{medium}{stop}{tail}")


def short_authors(resource: Resource) -> str:
    """Who made it, for a card: one or two family names, or the first and "et al."."""
    names = [_family(name) for name in resource.author_names]
    if not names:
        return resource.publisher
    if len(names) > 2:
        return _("%(name)s et al.") % {"name": names[0]}
    return _(" and ").join(names)


def inverted(name: str) -> str:
    """ "Michael G. Wessells" as "Wessells, M. G."; organisations and inverted names stay."""
    if "," in name:
        family, _comma, given = name.partition(",")
        return f"{family.strip()}, {_initials(given.split())}" if given.strip() else family.strip()
    words = name.split()
    if not _is_person(words) or _INITIALS.fullmatch(words[-1]):
        return name
    start = len(words) - 1
    while start > 1 and words[start - 1].casefold() in _PARTICLES:
        start -= 1
    return f"{' '.join(words[start:])}, {_initials(words[:start])}"


def _publishers(resource: Resource) -> list[str]:
    return [name.strip() for name in resource.publisher.split(";") if name.strip()]


def _is_author_too(resource: Resource) -> bool:
    """What an organisation publishes in nobody's name, it wrote; a journal did not."""
    has_volume = any(c.isdigit() for c in resource.publisher)
    return not has_volume and not _LIKE_ARTICLES & set(resource.type_slugs)


def _listed(names: list[str]) -> str:
    turned = [inverted(name) for name in names]
    if len(turned) == 1:
        return turned[0]
    if len(turned) > MOST_NAMES:
        return f"{', '.join(turned[: MOST_NAMES - 1])}, … {turned[-1]}"
    return f"{', '.join(turned[:-1])}, & {turned[-1]}"


def _family(name: str) -> str:
    return inverted(name).partition(",")[0]


def _is_person(words: list[str]) -> bool:
    if not 2 <= len(words) <= 5:
        return False
    if any(word.strip("().").casefold() in _ORGANISATIONS for word in words):
        return False
    return all(_is_name(word) for word in words)


def _is_name(word: str) -> bool:
    if word.casefold() in _PARTICLES or _INITIALS.fullmatch(word):
        return True
    # Acronyms in capitals belong to organisations.
    return word[:1].isupper() and not (len(word) > 1 and word.isupper())


def _initials(given: list[str]) -> str:
    return " ".join(_initial(word) for word in given if word)


def _initial(word: str) -> str:
    if _INITIALS.fullmatch(word) and "-" not in word:
        return " ".join(f"{letter}." for letter in re.findall(r"\w", word))
    return "-".join(f"{part[0]}." for part in word.split("-") if part)


def _medium(resource: Resource) -> str:
    for slug in resource.type_slugs:
        if slug in _MEDIA:
            return f" [{vocabulary.label(f'type:{slug}')}]"
    return ""


def _sentence(words: str) -> str:
    return words if words.endswith((".", "?", "!")) else f"{words}."
