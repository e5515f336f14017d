"""Who sees which part of a profile. Pure: the fields, their defaults, and what one circle may see.
Asked through `members.queries.shown`, the one home of what a reader sees of a person."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from exchange.members.models import Member
from exchange.taxonomy import vocabulary

EVERYBODY, MEMBERS, NOBODY = "everybody", "members", "nobody"
CIRCLES: tuple[tuple[str, Promise], ...] = (
    (EVERYBODY, _("Everybody, also outside")),
    (MEMBERS, _("Members")),
    (NOBODY, _("Nobody but me")),
)
# What is asked, and who sees it until somebody chooses: what could lead to a person's door is for
# members, so that it is in no copy of the page made from outside.
FIELDS: dict[str, tuple[Promise, str]] = {
    "role": (_("What you do"), EVERYBODY),
    "practice": (_("What you work on"), EVERYBODY),
    "settings": (_("Where you work"), MEMBERS),
    "country": (_("Your country"), MEMBERS),
    "place": (_("A place in your country"), MEMBERS),
    "languages": (_("Your languages"), MEMBERS),
    "organisations": (_("The organisations you work with"), MEMBERS),
    "helps_with": (_("What you can help with"), MEMBERS),
    "seeks": (_("What you are looking for"), MEMBERS),
}
# Whether one stands in the directory is `is_listed`; who finds one there is chosen as well.
DIRECTORY = "directory"
DEFAULTS = {**{name: default for name, (_label, default) in FIELDS.items()}, DIRECTORY: MEMBERS}
_CIRCLES = frozenset((EVERYBODY, MEMBERS, NOBODY))
# What each circle of readers may see, by what was chosen.
_SEEN_BY = {EVERYBODY: {EVERYBODY}, MEMBERS: {EVERYBODY, MEMBERS}, NOBODY: _CIRCLES}


def chosen(member: Member, field: str) -> str:
    """Who sees this field of theirs."""
    said = member.shown_to.get(field)
    return said if said in _CIRCLES else DEFAULTS[field]


def is_for_all(member: Member, field: str) -> bool:
    """Whether a visitor sees it too: what may stand beside words that leave the Exchange."""
    return chosen(member, field) == EVERYBODY


def role_for_all(member: Member) -> str:
    """Their role, if it may stand beside words that everybody reads."""
    return member.role if is_for_all(member, "role") else ""


def differing(said: dict[str, str]) -> dict[str, str]:
    """What of these wishes is worth keeping: a default that changes later holds for the others."""
    return {
        field: circle
        for field, circle in said.items()
        if circle in _CIRCLES and DEFAULTS.get(field, circle) != circle
    }


def seen_by(member: Member, circle: str) -> frozenset[str]:
    """The fields that a visitor (EVERYBODY), a member (MEMBERS) or they themself (NOBODY) see."""
    if member.erased_at is not None:
        return frozenset()
    return frozenset(field for field in FIELDS if chosen(member, field) in _SEEN_BY[circle])


@dataclass(frozen=True)
class Shown:
    """One person as one reader sees them; "" stands for what they do not see or was never told."""

    member: Member
    fields: frozenset[str]

    def sees(self, field: str) -> bool:
        return field in self.fields

    @property
    def name(self) -> str:
        return self.member.shown_name

    @property
    def role(self) -> str:
        return self._told("role")

    @property
    def practice(self) -> str:
        return self._told("practice")

    @property
    def place(self) -> str:
        return self._told("place") if self.country else ""

    @property
    def helps_with(self) -> str:
        return self._told("helps_with")

    @property
    def seeks(self) -> str:
        return self._told("seeks")

    @property
    def country(self) -> str:
        return self._told("country")

    @property
    def country_label(self) -> str:
        return self.member.country_label if self.sees("country") else ""

    @property
    def languages(self) -> list[str]:
        return self.member.language_codes if self.sees("languages") else []

    @property
    def languages_label(self) -> str:
        return self.member.languages_label if self.sees("languages") else ""

    @property
    def topics(self) -> list[vocabulary.Word]:
        return _words("topic", self.member.topic_slugs if self.sees("practice") else [])

    @property
    def settings(self) -> list[vocabulary.Word]:
        return _words("setting", self.member.setting_slugs if self.sees("settings") else [])

    @property
    def shows_organisations(self) -> bool:
        return self.sees("organisations")

    def _told(self, field: str) -> str:
        return str(getattr(self.member, field)) if self.sees(field) else ""


def _words(kind: str, slugs: list[str]) -> list[vocabulary.Word]:
    found = (vocabulary.term(f"{kind}:{slug}") for slug in slugs)
    return [word for word in found if word is not None]
