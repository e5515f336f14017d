"""The letter of the thirtieth day, and what people answer to it by mail.
Called by the clock and the mail hooks of this matter."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from exchange.contributions.bymail import letters as trouble
from exchange.contributions.content import Content
from exchange.contributions.errors import Noticed, SpineError
from exchange.contributions.noticing import passages_at
from exchange.core.languages import SPOKEN, current
from exchange.mail.actions import Queued, queue_many
from exchange.mail.guessing import guess
from exchange.mail.headers import reply_to
from exchange.mail.inbound import Arrived, Outcome
from exchange.mail.models import IncomingMail, OutgoingMail
from exchange.mail.paper import Paper, Piece
from exchange.mail.receiving.answering import answer
from exchange.mail.small_words import said
from exchange.mail.tokens import What
from exchange.members.models import Member
from exchange.webinars import queries, writing
from exchange.webinars.after import tried
from exchange.webinars.errors import NotNow
from exchange.webinars.models import Phase, Seat, Webinar

PURPOSE = "webinar-tried"
NOTICED = "tried-noticed"
AT_ONCE = 100
# A worker that was away for some days makes up for it; nobody is asked after half a year.
STILL = timedelta(days=10)


def ask_due(*, at: datetime) -> int:
    """Everybody who had a place in an hour thirty days ago; asked once each. No transaction is
    open. Gives how many letters."""
    before = at - tried.ASKED_AFTER
    rows = queries.visible(None).filter(
        phase__in=(Phase.OVER, Phase.SUMMED), starts_at__range=(before - STILL, before)
    )
    return sum(_ask(webinar) for webinar in rows.order_by("pk"))


def why_not(mail: OutgoingMail) -> str:
    """The last look: the webinar may still be seen, and the place was not given up."""
    number = mail.item.partition(":")[2]
    if not number.isdecimal() or queries.public(int(number)) is None:
        return "not-visible"
    seats = Seat.objects.taken().filter(webinar_id=int(number))
    pk = mail.key.partition(":seat:")[2].partition(":")[0]
    return "" if pk.isdecimal() and seats.filter(pk=int(pk)).exists() else "not-wanted"


def take_answer(arrived: Arrived) -> Outcome:
    """Somebody answers the letter: what they tried, in a few lines; or no."""
    seat = _own_seat(arrived)
    if seat is None:
        return Outcome("kept", "tried-of-another")
    words = arrived.opened.words.strip()
    with override(seat.language):
        what = tried.What.NOT_YET if said(words) == "no" else tried.What.TRIED
        if what == tried.What.NOT_YET:
            return _taken(arrived, seat, what, "")
        insist = said(words) == "send"
        words = _words_before(seat) if insist else words
        if not words:
            return Outcome("kept", "tried-without-words")
        return _taken(arrived, seat, what, words, insist=insist)


def _taken(arrived: Arrived, seat: Seat, what: str, words: str, *, insist: bool = False) -> Outcome:
    spoken = guess(words, otherwise=seat.language) if words else seat.language
    language = spoken if spoken in SPOKEN else seat.language
    try:
        row = tried.say(
            seat=seat, what=what, words=words, language=language, via="mail", insist=insist
        )
    except Noticed as seen:
        found = passages_at(seen, Content(title="", body=words), lambda _name: ("", ""))
        writer = seat.member or Member(languages=seat.language)
        _answer(arrived, seat, trouble.noticed(writer, found, words=words, draft=""), "noticed")
        return Outcome("refused", NOTICED, detail={"seat": seat.pk})
    except (NotNow, SpineError):
        _answer(arrived, seat, _thanks(seat, taken=False, is_out=False), "not-taken")
        return Outcome("refused", "tried-not-taken")
    _answer(arrived, seat, _thanks(seat, taken=True, is_out=row.is_out), "taken")
    return Outcome("done", "tried-said", made_type="tried", made_id=row.pk)


def _words_before(seat: Seat) -> str:
    """Of the newest mail of this seat that a gate asked about."""
    rows = IncomingMail.objects.filter(outcome=NOTICED, detail__seat=seat.pk, blanked_at=None)
    return (rows.order_by("-pk").values_list("words", flat=True).first() or "").strip()


def page_of(seat: Seat) -> str:
    return reverse("webinars:tried", args=[seat.key])


def _ask(webinar: Webinar) -> int:
    count = 0
    for seats in _parts(webinar):
        letters = [_letter(webinar, seat) for seat in seats if seat.address]
        with transaction.atomic():
            count += len(queue_many(letters))
    return count


def _parts(webinar: Webinar) -> Iterator[list[Seat]]:
    """Who has not said it already, and did not stop letters about it."""
    last = 0
    while True:
        rows = Seat.objects.taken().filter(webinar=webinar, no_reminders_at=None, tried=None)
        part = list(rows.filter(pk__gt=last).select_related("member").order_by("pk")[:AT_ONCE])
        if not part:
            return
        yield part
        last = part[-1].pk


def _letter(webinar: Webinar, seat: Seat) -> Queued:
    person = seat.member_id or 0
    with override(seat.language):
        return writing.to_seat(
            seat,
            _question(webinar, seat),
            purpose=PURPOSE,
            tail="tried",
            headers=reply_to(what=What.SEAT_TRIED, person=person, item=seat.pk),
        )


def _question(webinar: Webinar, seat: Seat) -> Paper:
    address = f"{settings.BASE_URL}{webinar.get_absolute_url()}"
    is_hidden = seat.member is not None and seat.member.neutral_subjects
    pieces = (
        Piece("marker"),
        Piece("plain", _("A month ago you had a place in this webinar:")),
        Piece("title", webinar.title, address, webinar.language),
        Piece("plain", _("What did you try since then? What came of it, also if it did not work? Answer this mail with a few lines, or with the one word no.")),
        Piece("plain", _("Please name no child and no family, and nothing by which they could be found.")),
        Piece("button", _("Say it on a page"), f"{settings.BASE_URL}{page_of(seat)}"),
        Piece("small", _("What you write helps others decide what to try. No name stands beside it on the page of the webinar.")),
    )  # fmt: skip
    subject = _("A message for you") if is_hidden else _("What did you try?")
    return Paper(subject, pieces, current())


def _thanks(seat: Seat, *, taken: bool, is_out: bool) -> Paper:
    if not taken:
        told = _("We could not take this. You can say it on this page, or write to us:")
    elif is_out:
        told = _("Thank you. Others can learn from it now. You can change it here:")
    else:
        told = _("Thank you. A host reads it before others can. You can change it here:")
    link = Piece("link", told, f"{settings.BASE_URL}{page_of(seat)}")
    return Paper(_("Thank you"), (link,), current())


def _answer(arrived: Arrived, seat: Seat, paper: Paper, code: str) -> None:
    answer(arrived, paper, code=f"tried-{code}", token=What.SEAT_TRIED, days=180, item=seat.pk)


def _own_seat(arrived: Arrived) -> Seat | None:
    """The seat of the token, if whoever wrote has it: a member by their token, a guest by the token
    and the address it was sent to."""
    token = arrived.token
    if token is None or arrived.trust == "fail":
        return None
    seat = Seat.objects.select_related("member", "webinar").filter(pk=token.item).first()
    if seat is None or queries.public(seat.webinar_id) is None:
        return None
    if seat.member_id is not None:
        return seat if token.person == seat.member_id and arrived.is_senders_own else None
    same = arrived.opened.from_address.strip().lower() == seat.email.lower()
    return seat if token.person == 0 and seat.email and same else None
