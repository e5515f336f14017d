"""Joining by mail: a word, the code of conduct, a yes. The answered token shows that the address
is theirs. Registered with `mail.inbound` by hooks.py."""

from __future__ import annotations

import re
from dataclasses import replace

from django.utils.translation import override

from exchange.core import languages
from exchange.core.text import clean_name
from exchange.mail import commands, small_words
from exchange.mail.inbound import Arrived, Outcome, Sender
from exchange.mail.models import IncomingMail
from exchange.mail.receiving.answering import answer
from exchange.mail.tokens import What
from exchange.members import actions
from exchange.members.actions import About, AddressTaken
from exchange.members.bymail import letters
from exchange.members.bymail.people import member_of
from exchange.members.models import Member
from exchange.members.naming import NameRefused

DAYS_TO_ANSWER = 30
_NAME_LINE = re.compile(r"^\s*[*\-]?\s*([^\W\d_]+)\s*[:：]\s*(\S.{0,80})$", re.M)
_NAME_WORDS = frozenset(form for forms in commands.WORDS["name"].values() for form in forms)


def begin(arrived: Arrived) -> Outcome:
    """Somebody wrote "join": the code of conduct goes to them, and asks for a yes."""
    if arrived.sender is not None:
        return _already(arrived)
    spoken = _language(arrived)
    with override(spoken):
        answer(
            arrived, letters.invitation(spoken), code="join", token=What.JOIN, days=DAYS_TO_ANSWER
        )
    return Outcome("done", "join-asked", detail={"language": spoken})


def accept(arrived: Arrived) -> Outcome:
    """The answer to the code of conduct. Only from the address it was sent to."""
    if arrived.sender is not None:
        return _already(arrived)
    asked = IncomingMail.objects.filter(pk=arrived.token.item).first() if arrived.token else None
    theirs = asked is not None and _same(asked.from_address, arrived.opened.from_address)
    if asked is None or not theirs or arrived.trust == "fail":
        return Outcome("kept", "join-from-elsewhere")
    spoken = str(asked.detail.get("language") or arrived.language)
    if asked.outcome != "join-asked":
        # They answered a letter that did not bring the code of conduct: it comes first.
        return begin(replace(arrived, language=spoken))
    with override(spoken):
        if small_words.said(_first_line(arrived.opened.words)) != "yes":
            if commands.command_in(arrived.opened.words, arrived.opened.subject) == ("join", ""):
                return begin(arrived)
            answer(arrived, letters.yes_is_missing(spoken), code="join-no-yes", token=What.JOIN)
            # The next answer is to this mail: its row has to know the language as well.
            return Outcome("done", "join-asked", detail={"language": spoken})
        return _joined(arrived, spoken)


def _joined(arrived: Arrived, spoken: str) -> Outcome:
    address, name = arrived.opened.from_address, _name_in(arrived.opened.words)
    try:
        member, refused = _join(address, name, spoken)
    except AddressTaken:
        return Outcome("done", "joined-before")
    sender = Sender(person=member.pk, address=member.email, language=spoken)
    answer(
        _from(arrived, sender),
        letters.welcome(member, spoken, name_refused=refused),
        code="joined",
        token=None,
    )
    return Outcome("done", "joined", made_type="member", made_id=member.pk)


def _join(address: str, name: str, spoken: str) -> tuple[Member, bool]:
    """The new member, and whether the name they gave cannot stand."""
    try:
        return actions.join(
            email=address, about=About(display_name=name, languages=(spoken,))
        ), False
    except NameRefused:
        return actions.join(email=address, about=About(languages=(spoken,))), True


def _already(arrived: Arrived) -> Outcome:
    member = member_of(arrived.sender)
    if member is None:
        return Outcome("kept", "join-of-closed-account")
    with override(member.first_language):
        answer(arrived, letters.member_already(member), code="join-already", token=None)
    return Outcome("done", "joined-before")


def _from(arrived: Arrived, sender: Sender) -> Arrived:
    return Arrived(**{**arrived.__dict__, "sender": sender})


def _language(arrived: Arrived) -> str:
    """The language of the word they used, else what the pipeline took it for."""
    said = commands.language_of(arrived.opened.words or arrived.opened.subject)
    spoken = said or arrived.language
    return spoken if spoken in languages.INTERFACE else "en"


def _name_in(words: str) -> str:
    """From a line such as "Name: Mama Zuri" or "Jina: …"; a name is never taken from the header,
    where many have their full one."""
    for match in _NAME_LINE.finditer(words):
        if match[1].casefold() in _NAME_WORDS:
            return clean_name(match[2])
    return ""


def _first_line(words: str) -> str:
    return next((line for line in words.splitlines() if line.strip()), "")


def _same(one: str, other: str) -> bool:
    return bool(one) and one.strip().lower() == other.strip().lower()
