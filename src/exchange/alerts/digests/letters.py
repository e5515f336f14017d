"""One digest as a letter: words first, one light page, no picture, nothing that tells who looked.
Used by `building` and `looking`; the pieces are made once and put together for each reader."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from exchange.alerts.digests.entries import Entry, Section
from exchange.alerts.digests.slips import ANSWER_HERE, Press, Slip, inside
from exchange.alerts.models import Wishes
from exchange.mail import headers, tokens
from exchange.mail.actions import About, Queued
from exchange.mail.paper import LARGEST_PAGE, Paper, Piece
from exchange.mail.tokens import What
from exchange.members.models import Member

LENGTHS = {Wishes.Content.FULL: (700, 400, 240, 140), Wishes.Content.TEASER: (240, 140)}
# What the page needs beside its entries.
_FRAME = 3_600
_STOP_HERE = f"stop-{secrets.token_hex(12)}"
_KEPT_HERE = f"kept-{secrets.token_hex(12)}"
_BODY_HERE = f"body-{secrets.token_hex(12)}"
_BODY = re.compile(rf"<p[^>]*>{_BODY_HERE}</p>")


@dataclass(frozen=True)
class Order:
    """What one digest is to hold: `shown` of `entries`, for whom, for which period. `again` tells
    apart the letters of one digest that was written anew."""

    member: Member
    wishes: Wishes
    period: str
    entries: Sequence[Entry]
    shown: Sequence[Entry]
    send_before: datetime
    again: str = "0"


def letter(order: Order, press: Press) -> Queued:
    """The whole letter, ready for the queue."""
    language = order.member.first_language
    content = Wishes.Content(order.wishes.content)
    if content == Wishes.Content.NOTICE:
        text, page = _counted(order, language)
    else:
        text, page = _told(order, press, language, LENGTHS[content])
    stop = headers.stop_page(what=What.STOP_DIGEST, person=order.member.pk, item=0)
    kept = _kept_at(language, order.period)
    return Queued(
        to=order.member.email,
        subject=_subject(order, language),
        text=text.replace(_STOP_HERE, stop).replace(_KEPT_HERE, kept),
        html=page.replace(_STOP_HERE, stop).replace(_KEPT_HERE, kept),
        language=language,
        purpose="digest",
        key=key_of(order.member.pk, order.period, order.again),
        headers={
            **headers.list_headers(
                name=settings.SITE_NAME,
                slug="digest",
                what=What.STOP_DIGEST,
                person=order.member.pk,
                item=0,
                page=kept,
            ),
            **_answer_to(order, press),
        },
        about=About(
            person=order.member.pk, item=f"digest:{order.period}", send_before=order.send_before
        ),
    )


def key_of(member_id: int, period: str, again: str) -> str:
    """By which the ledger of deliveries knows the letter."""
    return f"digest:{member_id}:{period}:{again}"


def heading_of(section: Section) -> str:
    """What a section is called."""
    return {
        Section.HELP: _("Questions you can help with"),
        Section.ANSWERS: _("New answers to what you follow"),
        Section.PLACES: _("New on your topics and places"),
        Section.SEARCHES: _("New for your searches"),
    }[section]


def _answer_to(order: Order, press: Press) -> dict[str, str]:
    """Where an answer to the digest itself goes: only when there is one thing it can mean."""
    if len(order.entries) > 1 or not press.rows[order.entries[0].contribution].is_open:
        return {}
    only = order.entries[0].contribution
    return headers.reply_to(what=What.ANSWER, person=order.member.pk, item=only)


def _told(order: Order, press: Press, language: str, lengths: tuple[int, ...]) -> tuple[str, str]:
    """Words and page, with as much of each entry as there is room for."""
    entries = list(order.shown)
    slips = _fitting(entries, press, language, lengths)
    section = None
    words, pieces = [], []
    if any(press.rows[entry.contribution].is_open for entry in entries):
        how_text, how_page = _how_to_answer(language, is_one=len(order.entries) == 1)
        words, pieces = [how_text], [how_page]
    for entry, slip in zip(entries, slips, strict=False):
        if entry.section != section:
            section = entry.section
            head_text, head_page = _section(section, language)
            words.append(head_text)
            pieces.append(head_page)
        person = order.member.pk
        answer = tokens.address(
            What.ANSWER, person=person, item=entry.contribution, days=headers.ANSWER_DAYS
        )
        words.append(slip.text.replace(ANSWER_HERE, answer))
        pieces.append(slip.html.replace(ANSWER_HERE, answer))
    more = len(order.entries) - len(slips)
    if more > 0:
        more_text, more_page = _more(more, language)
        words.append(more_text)
        pieces.append(more_page)
    return _framed("\n\n".join(words), "\n".join(pieces), order.wishes.rhythm, language)


def _fitting(
    entries: list[Entry], press: Press, language: str, lengths: tuple[int, ...]
) -> list[Slip]:
    """At the greatest length at which all fit on the page; else as many as fit at the least."""
    room = LARGEST_PAGE - _FRAME
    slips: list[Slip] = []
    for length in lengths:
        slips = [press.slip(entry, language=language, length=length) for entry in entries]
        if sum(slip.size for slip in slips) <= room:
            return slips
    fitting: list[Slip] = []
    for slip in slips:
        room -= slip.size
        if room < 0 and fitting:
            break
        fitting.append(slip)
    return fitting


def _counted(order: Order, language: str) -> tuple[str, str]:
    """Only how much there is of what: whoever looks over a shoulder learns nothing."""
    with override(language):
        lines = []
        for section in Section:
            count = sum(1 for entry in order.entries if entry.section == section)
            if count:
                lines.append(f"{heading_of(section)}: {count}")
        pieces = (Piece("plain", "\n".join(lines)), Piece("link", _("Read them:"), _KEPT_HERE))
        text = Paper("-", pieces, language).text.strip()
    return _framed(text, inside(pieces, language), order.wishes.rhythm, language)


def _subject(order: Order, language: str) -> str:
    with override(language):
        if order.member.neutral_subjects or order.wishes.content == Wishes.Content.NOTICE:
            return _("A message for you")
        n = len(order.entries)
        told = ngettext("Your digest: one thing is new", "Your digest: %(n)d things are new", n)
        return told % {"n": n}


def _framed(text: str, page: str, rhythm: str, language: str) -> tuple[str, str]:
    after, head, foot = _frame(rhythm, language)
    return f"{text}\n\n{after}", f"{head}{page}{foot}"


@lru_cache(maxsize=64)
def _frame(rhythm: str, language: str) -> tuple[str, str, str]:
    """What stands after the entries in words, and before and after them on the page."""
    with override(language):
        change = f"{settings.BASE_URL}{reverse('alerts:mail')}"
        how_often = str(Wishes.Rhythm(rhythm).label)
        paper = Paper(
            _("Your digest"),
            (
                Piece("plain", _BODY_HERE),
                Piece("rule"),
                Piece(
                    "small",
                    _("You get this %(how_often)s because of what you follow.")
                    % {"how_often": how_often},
                ),
                Piece("small", _("To see or change what comes:"), change),
                Piece("small", _("To stop this digest:"), _STOP_HERE),
            ),
            language,
        )
        after = paper.text.partition(_BODY_HERE)[2]
        head, foot = _BODY.split(paper.html, maxsplit=1)
    return after.strip() + "\n", head, foot


@lru_cache(maxsize=16)
def _how_to_answer(language: str, *, is_one: bool) -> tuple[str, str]:
    with override(language):
        said = (
            _("Answer this mail, and others read your words.")
            if is_one
            else _("To answer one of these, write to the address under it.")
        )
    return said, inside((Piece("context", said),), language)


@lru_cache(maxsize=64)
def _section(section: Section, language: str) -> tuple[str, str]:
    with override(language):
        heading = heading_of(section)
    pieces = (Piece("heading", heading),)
    return f"{heading}\n{'=' * min(len(heading), 40)}", inside(pieces, language)


@lru_cache(maxsize=256)
def _more(count: int, language: str) -> tuple[str, str]:
    with override(language):
        said = ngettext("And %(n)d more:", "And %(n)d more:", count) % {"n": count}
    pieces = (Piece("link", said, _KEPT_HERE),)
    return f"{said}\n{_KEPT_HERE}", inside(pieces, language)


@lru_cache(maxsize=1024)
def _kept_at(language: str, period: str) -> str:
    with override(language):
        return f"{settings.BASE_URL}{reverse('alerts:digest-kept', args=[period])}"
