"""Looking for words by mail: "find home visits". The best few, each with the word that brings its
text. Registered with `mail.inbound` by hooks."""

from __future__ import annotations

import html

from django.conf import settings
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import override

from exchange.contributions.cards import Card
from exchange.contributions.models import Contribution
from exchange.core import time
from exchange.discovery import queries
from exchange.mail import headers
from exchange.mail.actions import About, drop_queued, forget_words, queue_mail
from exchange.mail.commands import word_for
from exchange.mail.inbound import Arrived, Outcome
from exchange.mail.models import OutgoingMail
from exchange.mail.paper import Paper, Piece
from exchange.mail.receiving.answering import had_enough
from exchange.members.bymail.people import member_of
from exchange.members.models import Member

MOST = 6
PURPOSE = "found"
_ITEM = "found:"


def send(arrived: Arrived) -> Outcome:
    """What was found, in one short mail."""
    member = member_of(arrived.sender)
    if member is None:
        return Outcome("ignored", "find-for-nobody")
    if had_enough(person=member.pk, purpose=PURPOSE):
        return Outcome("ignored", "find-too-often")
    with override(member.first_language):
        found = queries.search(typed=arrived.argument, filters={}, member=member, moment=time.now())
        cards = found.cards[:MOST]
        _queue(arrived, member, cards, _paper(member, arrived.argument, cards, found.total))
    return Outcome("done", "found-sent" if cards else "found-nothing")


def why_not(mail: OutgoingMail) -> str:
    """The last look: whether all of it may still be read."""
    member = Member.objects.active().filter(pk=mail.person or 0).first()
    numbers = _numbers(mail)
    there = Contribution.objects.visible_to(member).public().filter(pk__in=numbers).count()
    return "" if member is not None and there == len(numbers) else "not-visible"


def forget(*, contribution_id: int) -> None:
    """Something was taken back: mails with its title do not go, and keep no word of it here."""
    for mail in OutgoingMail.objects.filter(purpose=PURPOSE).exclude(subject=""):
        if contribution_id in _numbers(mail):
            drop_queued(key_prefix=mail.key)
            forget_words(key_prefix=mail.key)


def _queue(arrived: Arrived, member: Member, cards: list[Card], paper: Paper) -> None:
    queue_mail(
        to=member.email,
        subject=_("A message for you") if member.neutral_subjects else paper.subject,
        text=paper.text,
        html=paper.html,
        language=member.first_language,
        purpose=PURPOSE,
        key=f"{PURPOSE}:{arrived.mail_id}",
        headers=headers.answering(arrived.opened.message_id),
        about=About(person=member.pk, item=_ITEM + ",".join(str(card.id) for card in cards)),
    )


def _numbers(mail: OutgoingMail) -> list[int]:
    said = mail.item.removeprefix(_ITEM)
    return [int(number) for number in said.split(",") if number]


def _paper(member: Member, typed: str, cards: list[Card], total: int) -> Paper:
    pieces = [Piece("heading", _("For: %(words)s") % {"words": typed})]
    if not cards:
        pieces.append(Piece("plain", _("We found nothing for these words. Try fewer, or others.")))
    for card in cards:
        pieces.append(
            Piece("title", _plain(card.title), settings.BASE_URL + card.url, card.language)
        )
        context = [str(part.text) for part in card.context]
        pieces.append(Piece("context", " · ".join(context)))
        get = f"{word_for('text', member.first_language)} {card.id}"
        pieces.append(Piece("plain", _("To get it by mail, write: %(command)s") % {"command": get}))
    if total > len(cards):
        address = f"{settings.BASE_URL}{reverse('discovery:search')}?{urlencode({'q': typed})}"
        pieces.append(Piece("link", _("All that was found:"), address))
    return Paper(_("What we found"), tuple(pieces), member.first_language)


def _plain(title: str) -> str:
    """Pages show which words were found; a mail has the title as it is."""
    return html.unescape(strip_tags(title))
