"""The letter that says what can be done by mail, with the words of the reader's language.
Registered with `mail.inbound` by hooks."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from exchange.mail.commands import word_for
from exchange.mail.inbound import Arrived, Outcome
from exchange.mail.models import Mailbox
from exchange.mail.paper import Paper, Piece
from exchange.mail.receiving.answering import answer
from exchange.members.bymail.people import member_of
from exchange.taxonomy import vocabulary


def help_letter(arrived: Arrived) -> Outcome:
    """What there is, in one screen. To a stranger: how to join."""
    member = member_of(arrived.sender)
    language = member.first_language if member else arrived.language
    with override(language):
        answer(arrived, _letter(language, is_member=member is not None), code="help", token=None)
    return Outcome("done", "help-sent")


def _letter(language: str, *, is_member: bool) -> Paper:
    pieces = [
        Piece("heading", _("What you can do by mail")),
        Piece("plain", "\n".join(_addresses())),
        Piece("plain", _("To answer something, answer the mail that brought it.")),
    ]
    if is_member:
        desk = _desk()
        if desk:
            pieces.append(
                Piece(
                    "plain",
                    _("For these, write one of the words to %(address)s:") % {"address": desk},
                )
            )
        pieces.append(Piece("plain", "\n".join(_commands(language))))
    else:
        pieces.append(
            Piece(
                "plain", _("To join, write: %(command)s") % {"command": word_for("join", language)}
            )
        )
    return Paper(_("What you can do by mail"), tuple(pieces), language)


def _addresses() -> list[str]:
    said = {
        Mailbox.Opens.QUESTION: _("%(address)s: ask a question"),
        Mailbox.Opens.EXPERIENCE: _("%(address)s: tell what you did and learned"),
        Mailbox.Opens.NOTICE: _("%(address)s: put up a notice"),
        Mailbox.Opens.IDEA: _("%(address)s: an idea you want to hear about"),
        Mailbox.Opens.DISCUSSION: _("%(address)s: begin a discussion"),
        Mailbox.Opens.CONCERN: _("%(address)s: you worry about a child because of something here"),
    }
    lines = []
    for box in Mailbox.objects.filter(is_open=True).exclude(opens=Mailbox.Opens.DESK):
        words = said[Mailbox.Opens(box.opens)] % {"address": f"{box.local}@{settings.MAIL_DOMAIN}"}
        hub = f" ({vocabulary.label(f'region:{box.hub}')})" if box.hub else ""
        lines.append(words + hub)
    return lines


def _desk() -> str:
    box = Mailbox.objects.filter(is_open=True, opens=Mailbox.Opens.DESK).first()
    return f"{box.local}@{settings.MAIL_DOMAIN}" if box else ""


def _commands(language: str) -> list[str]:
    words = {
        "find": (" …", _("look for words")),
        "text": (" 12", _("get the text with that number")),
        "follow": (_(" Kenya"), _("hear of what is new in a country, a topic or a hub")),
        "list": ("", _("see what you follow")),
        "webinars": ("", _("see which webinars are coming")),
        "come": (" 12", _("take a place in the webinar with that number")),
        "newsletter": ("", _("get the newsletter, about once a month")),
        "newsletter-stop": ("", _("no more newsletters")),
        "daily": ("", _("get your digest every day")),
        "weekly": ("", _("once a week")),
        "monthly": ("", _("once a month")),
        "pause": (_(" 2 weeks"), _("no mails for that time")),
        "start": ("", _("mails again")),
        "stop": ("", _("as an answer to a mail: no more of these")),
        "stop-all": ("", _("no more mails but answers to what you write")),
        "name": (" Mama Zuri", _("change the name others see")),
        "country": (_(" Kenya"), _("change your country")),
        "language": (_(" English"), _("get mails in that language")),
        "helps": (" …", _("tell others what you can help with")),
        "seeks": (" …", _("tell others what you are looking for")),
        "leave": ("", _("close your account")),
    }
    return [f"{word_for(code, language)}{more}: {what}" for code, (more, what) in words.items()]
