"""Changing by mail how one is shown: name, country, language, what one offers and seeks.
Registered with `mail.inbound` by hooks.py."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import override

from exchange.core import languages
from exchange.core.text import skeleton
from exchange.mail.inbound import Arrived, Outcome
from exchange.mail.receiving.answering import answer
from exchange.members import actions
from exchange.members.actions import About
from exchange.members.bymail import letters
from exchange.members.bymail.people import member_of
from exchange.members.models import Member
from exchange.members.naming import NameRefused
from exchange.members.rules import LANGUAGES_AT_MOST
from exchange.taxonomy import vocabulary


def name(arrived: Arrived) -> Outcome:
    """The name others see."""
    return _changed(arrived, "name", lambda about, said: replace(about, display_name=said))


def country(arrived: Arrived) -> Outcome:
    """Their country, by its name in any of our languages or by its two letters."""

    def with_country(about: About, said: str) -> About | None:
        code = _country_code(said)
        return replace(about, country=code) if code else None

    return _changed(arrived, "country", with_country)


def language(arrived: Arrived) -> Outcome:
    """The language they like best, put before the others."""

    def with_language(about: About, said: str) -> About | None:
        code = _language_code(said)
        others = [known for known in about.languages if known != code]
        spoken = (code, *others)[:LANGUAGES_AT_MOST]
        return replace(about, languages=spoken) if code else None

    return _changed(arrived, "language", with_language)


def helps(arrived: Arrived) -> Outcome:
    """What they can help with."""
    return _changed(arrived, "helps", lambda about, said: replace(about, helps_with=said))


def seeks(arrived: Arrived) -> Outcome:
    """What they are looking for."""
    return _changed(arrived, "seeks", lambda about, said: replace(about, seeks=said))


def _changed(arrived: Arrived, what: str, change: Callable[[About, str], About | None]) -> Outcome:
    member = member_of(arrived.sender)
    if member is None or arrived.trust == "fail":
        return Outcome("kept", f"{what}-not-allowed")
    with override(member.first_language):
        about = change(actions.about(member), arrived.argument)
        why = "" if about else _("We do not know “%(words)s”.") % {"words": arrived.argument[:60]}
        if about:
            why = _edited(member, about)
    with override(member.first_language):
        paper = letters.not_understood(member, why) if why else letters.shown_now(member)
        answer(arrived, paper, code=what, token=None)
    return Outcome("refused" if why else "done", f"{what}-{'unknown' if why else 'changed'}")


def _edited(member: Member, about: About) -> str:
    """Why not, or ""."""
    try:
        actions.edit_profile(member=member, about=about)
    except NameRefused as refused:
        return str(refused.problem.words)
    return ""


def _country_code(said: str) -> str:
    wanted = skeleton(said)
    for code, _label in vocabulary.choices("country"):
        names = {skeleton(vocabulary.country_name(code, spoken)) for spoken in languages.INTERFACE}
        if wanted and (wanted in names or said.strip().upper() == code.upper()):
            return code.upper()
    return ""


def _language_code(said: str) -> str:
    wanted = skeleton(said)
    for code in languages.SPOKEN:
        names = {skeleton(languages.name_of(code, spoken)) for spoken in languages.INTERFACE}
        names.add(skeleton(languages.OWN_NAMES.get(code, code)))
        if wanted and (wanted in names or said.strip().lower() == code):
            return code
    return ""
