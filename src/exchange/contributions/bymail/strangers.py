"""Mail of people we do not know, and of members to the desk: kept for hosts, and one kind answer
that says how to come in. Registered by hooks."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import override

from exchange.contributions.bymail import letters
from exchange.contributions.bymail.trying import Detail
from exchange.core.languages import INTERFACE
from exchange.core.time import now
from exchange.mail import inbound
from exchange.mail.commands import command_in, language_of, word_for
from exchange.mail.guessing import guess
from exchange.mail.inbound import Arrived, Outcome
from exchange.mail.models import IncomingMail
from exchange.mail.paper import Paper, Piece
from exchange.mail.receiving.answering import answer
from exchange.mail.tokens import What
from exchange.members.bymail.people import member_of

TOLD = "unknown-answered"
QUIET = "unknown-kept"
# An hour's flood is kept without a word: one answer a day to an address, so many to one domain,
# and so many in all.
MOST_TO_A_DOMAIN = 30
MOST_IN_ALL = 200
DAY = timedelta(days=1)
# What was answered at their own wish, and so many of these.
ASKED = "asked"
MOST_ASKED = 1000
# What strangers may say that somebody does at once.
_AT_ONCE = ("join", "help", "webinars", "come", "newsletter", "newsletter-stop")


def welcome(arrived: Arrived) -> Outcome:
    """A mail of somebody we do not know, to any of our addresses."""
    arrived = in_their_language(arrived)
    said = command_in(arrived.opened.words, arrived.opened.subject)
    handler = inbound.commands.get(said[0]) if said and said[0] in _AT_ONCE else None
    if handler is not None and arrived.trust != "fail":
        if is_flooded(arrived):
            return Outcome("kept", QUIET)
        outcome = handler(replace(arrived, argument=said[1] if said else ""))
        return replace(outcome, detail={**outcome.detail, ASKED: True})
    if not may_be_told(arrived):
        return Outcome("kept", QUIET)
    with override(arrived.language):
        told = answer(arrived, _how_to_join(arrived.language), code="stranger", token=What.JOIN)
    noted: Detail = {"language": arrived.language, "told": told is not None}
    return Outcome("kept", TOLD if told else QUIET, detail=noted)


def to_the_desk(arrived: Arrived) -> Outcome:
    """A member writes to the hosts."""
    member = member_of(arrived.sender)
    if member is None or arrived.trust == "fail":
        return Outcome("kept", "to-the-desk")
    with override(member.first_language):
        paper = letters.plain(
            member,
            _("Your mail is with the hosts"),
            _("Thank you. The hosts will read it, and answer you themselves."),
            words=arrived.opened.words if arrived.is_proven else "",
        )
        answer(arrived, paper, code="desk", token=None)
    return Outcome("kept", "to-the-desk")


def in_their_language(arrived: Arrived) -> Arrived:
    """With the language they wrote in, as far as it can be told."""
    opened = arrived.opened
    said = language_of(opened.words or opened.subject)
    spoken = said or guess(f"{opened.subject}\n{opened.words}", otherwise=arrived.language)
    return replace(arrived, language=spoken if spoken in INTERFACE else arrived.language)


def may_be_told(arrived: Arrived) -> bool:
    """Whether this address was not answered today, and its domain and all others not too often.
    A sender that its own domain disowns is never answered: somebody else would get the letter."""
    address = arrived.opened.from_address
    if arrived.trust == "fail" or not address:
        return False
    lately = IncomingMail.objects.filter(detail__told=True, received_at__gt=now() - DAY)
    lately = lately.exclude(pk=arrived.mail_id)
    if lately.filter(from_address__iexact=address).exists():
        return False
    domain = address.rpartition("@")[2]
    of_domain = lately.filter(from_address__iendswith=f"@{domain}").count()
    return of_domain < MOST_TO_A_DOMAIN and lately.count() < MOST_IN_ALL


def is_flooded(arrived: Arrived) -> bool:
    """Whether so many letters went to strangers today, asked for by whoever wrote their address
    into a mail, that no more go to this domain, or to anybody."""
    lately = IncomingMail.objects.filter(detail__asked=True, received_at__gt=now() - DAY)
    lately = lately.exclude(pk=arrived.mail_id)
    domain = arrived.opened.from_address.rpartition("@")[2]
    of_domain = lately.filter(from_address__iendswith=f"@{domain}").exclude(trust="pass").count()
    if arrived.trust != "pass" and of_domain >= MOST_TO_A_DOMAIN:
        return True
    return lately.count() >= MOST_ASKED


def _how_to_join(language: str) -> Paper:
    heading = _("Your mail has reached the Exchange")
    return Paper(
        heading,
        (
            Piece("marker"),
            Piece("heading", heading),
            Piece(
                "plain",
                _(
                    "We do not know this address yet, so nothing of what you wrote is shown to"
                    " others. Your words are kept: a host reads them."
                ),
            ),
            Piece(
                "plain",
                _(
                    "The Exchange is a place where people who work with communities to keep"
                    " children safe ask and answer. To join, answer this mail with one word:"
                    " %(join)s. If you are a member, write from the address you joined with."
                )
                % {"join": word_for("join", language)},
            ),
            Piece(
                "plain",
                _("If a child is in danger now, do not wait for an answer here:"),
                letters.link(letters.help_now()),
            ),
        ),
        language,
    )
