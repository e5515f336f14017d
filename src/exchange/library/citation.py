"""Citations as the field's own style sheets want them: APA (Publication Manual, seventh edition,
§9-10) and Vancouver (ICMJE's sample references; Patrias, Citing Medicine, 2nd ed., ch. 5, 22, 24).
Called by the record page and its cards; pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from exchange.contributions.describing import AUTHOR, EDITOR, TRANSLATOR, Description, Maker
from exchange.contributions.formats.sorts import sort_of
from exchange.core.languages import isolated, name_of
from exchange.library.models import Resource
from exchange.library.naming import maker as maker_of

MOST_NAMES = 20
# ICMJE: six, then "et al."
MOST_NAMES_IN_VANCOUVER = 6
# What APA names in square brackets behind the title, because it is not read on paper.
_MEDIA = ("video", "podcast", "webinar", "presentation")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_INITIALS = re.compile(r"(\w\.-?)+|\w")


@dataclass(frozen=True)
class Citation:
    """In three pieces, so that a page can set the title in italics."""

    before: str
    title: str
    after: str

    def __str__(self) -> str:
        return "".join((self.before, self.title, self.after))


def apa(described: Description) -> Citation:
    """Author. (Year). Title [Kind]. Publisher. Address. Without a date: n.d."""
    makers, publisher = _responsible(described)
    year = _apa_date(described)
    title = described.title.rstrip(".")
    medium = f"{_brackets(described)}{_medium(described)}"
    stop = "" if title[-1:] in "?!؟" and not medium else "."
    tail = f" {_sentence(publisher)}" if publisher else ""
    if address := _address(described):
        tail += f" {address}"
    if not makers:
        return Citation("", title, f"{medium}{stop} ({year}).{tail}")
    who = _sentence(_listed([_turned(maker) for maker in makers]) + _editing(makers))
    return Citation(f"{who} ({year}). ", title, f"{medium}{stop}{tail}")


def vancouver(described: Description, *, cited: date | None = None) -> Citation:
    """Author AB. Title [Internet]. Publisher; year [cited day]. Available from: address. Without
    a date: [date unknown]. What stands on the Internet wants the day on which it was read there.
    The place of publication is not known here, and Citing Medicine lets it go where it is not."""
    makers, publisher = _responsible(described)
    # An organisation that is both stands at both places: Citing Medicine, ch. 5.
    publisher = publisher or (described.publisher if makers else "")
    before = f"{_sentence(_with_commas(makers))} " if makers else ""
    address = _address(described)
    title = described.title.rstrip(".")
    medium = (
        f" [{'video on the Internet' if _medium(described) else 'Internet'}]" if address else ""
    )
    stop = "" if title[-1:] in "?!؟" and not medium else "."
    dated = str(described.year) if described.year else "[date unknown]"
    if cited is not None and address:
        dated += f" [cited {cited.year} {_MONTHS[cited.month - 1]} {cited.day}]"
    tail = f" {_sentence(described.edition)}" if described.edition else ""
    if translators := described.by(TRANSLATOR):
        tail += f" {_with_commas(translators)}."
    tail += f" {publisher.rstrip('.')}; {dated}." if publisher else f" {dated}."
    if address:
        tail += f" Available from: {address}"
    if described.language != "en":
        tail += f" {name_of(described.language, 'en')}."
    return Citation(before, title, f"{medium}{stop}{tail}")


def short_authors(resource: Resource) -> str:
    """Who made it, for a card: one or two family names, or the first and "et al."."""
    makers = map(maker_of, resource.author_names)
    names = [isolated(maker.family or maker.name) for maker in makers]
    if not names:
        return isolated(resource.publisher)
    if len(names) > 2:
        return _("%(name)s et al.") % {"name": names[0]}
    return _(" and ").join(names)


def inverted(name: str) -> str:
    """ "Michael G. Wessells" as "Wessells, M. G."; organisations stay."""
    one = maker_of(name)
    return _turned(Maker(one.name, one.family, one.given, one.is_organisation))


def initials(given: str) -> str:
    """ "Michael G." as "M. G."; "J.-P." stays."""
    return " ".join(_initial(word) for word in given.split())


def _responsible(described: Description) -> tuple[list[Maker], str]:
    """Whom to name first, and the publisher if that is somebody else. What an organisation
    publishes in nobody's name, it wrote; a journal did not."""
    makers = described.by(AUTHOR) or described.by(EDITOR)
    publishers = [name.strip() for name in described.publisher.split(";") if name.strip()]
    has_volume = any(sign.isdecimal() for sign in described.publisher)
    if not makers and not has_volume and not sort_of(described).within:
        return [Maker(name, is_organisation=True) for name in publishers], ""
    named = {maker.name for maker in makers}
    return makers, "" if described.publisher in named else "; ".join(publishers)


def _turned(maker: Maker) -> str:
    if maker.is_organisation or not maker.family:
        return maker.name
    return f"{maker.family}, {initials(maker.given)}" if maker.given else maker.family


def _listed(names: list[str]) -> str:
    if len(names) == 1:
        return names[0]
    if len(names) > MOST_NAMES:
        return f"{', '.join(names[: MOST_NAMES - 1])}, … {names[-1]}"
    return f"{', '.join(names[:-1])}, & {names[-1]}"


def _with_commas(makers: list[Maker]) -> str:
    """People part by commas, organisations from them by semicolons (Citing Medicine, ch. 1)."""
    shown = makers[:MOST_NAMES_IN_VANCOUVER]
    words = ""
    for place, maker in enumerate(shown):
        if place:
            alone = maker.is_organisation or shown[place - 1].is_organisation
            words += "; " if alone else ", "
        words += _in_vancouver(maker)
    if len(makers) > len(shown):
        words += ", et al"
    role = makers[0].role if makers else AUTHOR
    if role in (EDITOR, TRANSLATOR):
        words += f", {role}s" if len(makers) > 1 else f", {role}"
    return words


def _in_vancouver(maker: Maker) -> str:
    """ "Wessells MG": at most two initials, without stops; "J.-P." becomes JP."""
    if maker.is_organisation or not maker.family:
        return maker.name
    letters = "".join(sign for sign in initials(maker.given) if sign.isalpha())
    return f"{maker.family} {letters[:2]}".strip()


def _editing(makers: list[Maker]) -> str:
    if makers[0].role != EDITOR:
        return ""
    return " (Eds.)" if len(makers) > 1 else " (Ed.)"


def _brackets(described: Description) -> str:
    """ "(2nd ed., A. Bee, Trans.)": what belongs to this edition of the title."""
    edition = described.edition.rstrip(".")
    # "2nd ed." is an abbreviation, "2nd edition" is not.
    inside = [f"{edition}." if edition.endswith(" ed") else edition] if edition else []
    translators = described.by(TRANSLATOR)
    if translators:
        names = [_forward(maker) for maker in translators]
        inside.append(f"{' & '.join(names)}, Trans.")
    return f" ({'; '.join(inside)})" if inside else ""


def _forward(maker: Maker) -> str:
    """ "M. G. Wessells": inside brackets names are not turned round."""
    if maker.is_organisation or not maker.family:
        return maker.name
    return f"{initials(maker.given)} {maker.family}".strip()


def _apa_date(described: Description) -> str:
    return str(described.year) if described.year else _("n.d.")


def _address(described: Description) -> str:
    return f"https://doi.org/{described.doi}" if described.doi else described.link


def _medium(described: Description) -> str:
    for word in described.types:
        if word.slug in _MEDIA:
            return f" [{word.label}]"
    return ""


def _sentence(words: str) -> str:
    return words if words.endswith((".", "?", "!")) else f"{words}."


def _initial(word: str) -> str:
    if _INITIALS.fullmatch(word) and "-" not in word:
        return " ".join(f"{letter}." for letter in re.findall(r"\w", word))
    return "-".join(f"{part[0]}." for part in word.split("-") if part)
