"""What makes somebody findable in the directory, and how words are compared. Pure.
Called by the actions and queries beside it."""

from __future__ import annotations

from exchange.core.text import folded
from exchange.members import showing
from exchange.members.models import Member, Trait

# A word counts by its beginning: "fostering" finds "foster care", in any language with endings.
STEM = 6
SHORTEST = 2
WORDS_AT_MOST = 80
# So many words of one wish are looked for; more would ask the table too often.
ASKED_AT_MOST = 5
_ARTICLE = "ال"
_SAID_IN = ("helps_with", "practice", "role")


def stems(text: str) -> list[str]:
    """The beginnings of the words of a text, folded, each once."""
    bare = (word.removeprefix(_ARTICLE) for word in folded(text).split())
    return list(dict.fromkeys(word[:STEM] for word in bare if len(word) >= SHORTEST))


def traits(member: Member) -> list[Trait]:
    """What they are found by: nothing that they do not show, and nothing for visitors unless they
    stand in the directory for everybody."""
    directory = showing.chosen(member, showing.DIRECTORY)
    if not member.is_listed or directory == showing.NOBODY:
        return []
    in_public = directory == showing.EVERYBODY
    found: dict[tuple[str, str], bool] = {(Trait.What.HERE.value, ""): in_public}
    for field, what, value in _told(member):
        circle = showing.chosen(member, field)
        if circle != showing.NOBODY:
            is_public = in_public and circle == showing.EVERYBODY
            found[what, value] = found.get((what, value), False) or is_public
    return [
        Trait(member=member, what=what, value=value, is_for_all=is_public)
        for (what, value), is_public in found.items()
    ]


def _told(member: Member) -> list[tuple[str, str, str]]:
    """(field, what, value) of everything they told."""
    told = [("country", Trait.What.COUNTRY.value, member.country)] if member.country else []
    told += [("practice", Trait.What.TOPIC.value, slug) for slug in member.topic_slugs]
    told += [("settings", Trait.What.SETTING.value, slug) for slug in member.setting_slugs]
    told += [("languages", Trait.What.LANGUAGE.value, code) for code in member.language_codes]
    for field in _SAID_IN:
        words = stems(getattr(member, field))[:WORDS_AT_MOST]
        told += [(field, Trait.What.WORD.value, word) for word in words]
    return told
