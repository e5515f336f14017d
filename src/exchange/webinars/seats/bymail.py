"""Taking part by mail: see what is coming, come, ask the presenters, give up, no more reminders.
Registered with `mail.inbound` by hooks. A mail that proves nothing changes nothing."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import override

from exchange.mail import inbound
from exchange.mail.commands import command_in
from exchange.mail.inbound import Arrived, Outcome
from exchange.mail.paper import Paper
from exchange.mail.receiving.answering import answer
from exchange.mail.small_words import said
from exchange.mail.tokens import Token, What
from exchange.members.bymail.people import member_of
from exchange.members.models import Member
from exchange.members.naming import NameRefused
from exchange.webinars import queries
from exchange.webinars.errors import Full, NotNow
from exchange.webinars.models import Seat, Webinar
from exchange.webinars.seats import actions, asking, guests, replies
from exchange.webinars.seats.queries import coming, of_member
from exchange.webinars.seats.wishes import Wish

State = Seat.State
# What may be said in an answer to a letter about a place.
_OF_SEATS = ("come", "give-up", "leave", "stop", "webinars")


def webinars(arrived: Arrived) -> Outcome:
    """ "webinars": what is coming, with numbers. The same for members and strangers."""
    return _as_an_answer(arrived, None) or _show_coming(arrived)


def _show_coming(arrived: Arrived) -> Outcome:
    member = member_of(arrived.sender)
    webinars = coming(member)
    with override(_language(arrived, member)):
        paper = replies.listed(webinars, member)
        alone = webinars[0].pk if len(webinars) == 1 and member is not None else None
        token = What.WEBINAR_COME if alone else None
        answer(arrived, paper, code="webinars", token=token, item=alone)
    return Outcome("done", "webinars-sent")


def come(arrived: Arrived) -> Outcome:
    """ "come 12"; or "come" alone in an answer to a mail about one webinar."""
    member = member_of(arrived.sender)
    if member is None and arrived.sender is not None:
        return Outcome("kept", "come-of-closed-account")
    webinar = _meant(arrived, member)
    if webinar is None:
        return _as_an_answer(arrived, webinar) or _show_coming(arrived)
    if member is None:
        return _come_as_guest(arrived, webinar)
    with override(member.first_language):
        return _come(arrived, member, webinar)


def give_up(arrived: Arrived) -> Outcome:
    """ "give up 12"."""
    member = member_of(arrived.sender)
    webinar = _meant(arrived, member)
    seat = of_member(webinar, member) if webinar is not None and member is not None else None
    if seat is None or seat.state not in (State.TAKEN, State.WAITING):
        return _as_an_answer(arrived, webinar) or _show_coming(arrived)
    actions.give_up(seat=seat)
    return Outcome("done", "seat-given-up", "seat", seat.pk)


def answered(arrived: Arrived) -> Outcome:
    """An answer to a letter about a place: a word of ours, or a question to the presenters."""
    seat = _own_seat(arrived)
    if seat is None:
        return Outcome("kept", "seat-of-another")
    with override(seat.language):
        code, argument = _command(arrived)
        if code == "come" and argument:
            return come(replace(arrived, argument=argument))
        if code in _OF_SEATS:
            return _done(arrived, seat, code)
        elsewhere = inbound.command_handler(code, arrived) if arrived.sender and code else None
        if elsewhere is not None:
            return elsewhere(replace(arrived, argument=argument))
        return asking.ask(arrived, seat)


def confirmed(arrived: Arrived) -> Outcome:
    """The answer to "do you want to come?": only a yes counts, and only from that address."""
    seat = _own_seat(arrived)
    if seat is None:
        return Outcome("kept", "seat-of-another")
    words, subject = arrived.opened.words, arrived.opened.subject
    with override(seat.language):
        if said(words, subject) == "no":
            guests.refuse(seat=seat)
            answer(arrived, replies.forgotten(seat), code="seat-refused", token=None)
            return Outcome("done", "seat-refused")
        if said(words, subject) != "yes" and _command(arrived)[0] != "come":
            paper = replies.yes_is_missing(seat)
            answer(arrived, paper, code="seat-no-yes", token=What.SEAT_CONFIRM, item=seat.pk)
            return Outcome("done", "seat-no-yes")
        return _confirmed(arrived, seat)


def stopped(arrived: Arrived) -> Outcome:
    """A mail to stop+…@: whatever it says, no more reminders; the place stays."""
    seat = _own_seat(arrived)
    if seat is None:
        return Outcome("ignored", "stop-not-the-owner")
    with override(seat.language):
        return _done(arrived, seat, "stop")


def come_by_answer(arrived: Arrived) -> Outcome:
    """An answer to a letter that brought one webinar: come, or ask its presenters."""
    member = member_of(arrived.sender)
    token = arrived.token
    if member is None or token is None or not arrived.is_senders_own or arrived.trust == "fail":
        return Outcome("kept", "come-from-elsewhere")
    code, argument = _command(arrived)
    if code == "come" or said(arrived.opened.words, arrived.opened.subject) == "yes":
        return come(replace(arrived, argument=argument))
    webinar = _meant(arrived, member)
    seat = of_member(webinar, member) if webinar is not None else None
    if seat is not None:
        return answered(replace(arrived, token=Token(What.SEAT_ASK, member.pk, seat.pk, None)))
    handler = inbound.command_handler(code, arrived) if code else None
    if handler is not None:
        return handler(replace(arrived, argument=argument))
    with override(member.first_language):
        answer(
            arrived,
            replies.how_to_come(),
            code="come-how",
            token=What.WEBINAR_COME,
            item=token.item,
        )
    return Outcome("refused", "come-not-understood")  # fmt: skip


def _come(arrived: Arrived, member: Member, webinar: Webinar) -> Outcome:
    before = of_member(webinar, member)
    had = before is not None and before.state in (State.TAKEN, State.WAITING)
    try:
        seat = actions.register(webinar=webinar, member=member)
    except (NotNow, Full, NameRefused):
        answer(arrived, replies.too_late(webinar), code="come-not-now", token=None)
        return Outcome("refused", "come-not-now")
    if had:
        # A new place brings a letter of its own.
        paper = replies.has_place(webinar, seat)
        answer(arrived, paper, code="come-before", token=What.SEAT_ASK, item=seat.pk)
    return Outcome("done", f"seat-{seat.state}", "seat", seat.pk)


def _come_as_guest(arrived: Arrived, webinar: Webinar) -> Outcome:
    """The letter that asks for a yes follows from it."""
    address, language = arrived.opened.from_address, arrived.language
    try:
        guests.ask(webinar=webinar, address=address, wish=Wish(language=language, way="mail"))
    except NotNow:
        with override(language):
            answer(arrived, replies.too_late(webinar), code="come-not-now", token=None)
        return Outcome("refused", "come-not-now")
    return Outcome("done", "seat-asked")


def _confirmed(arrived: Arrived, seat: Seat) -> Outcome:
    try:
        fresh = guests.confirm(seat=seat)
    except (NotNow, Full):
        answer(arrived, replies.too_late(seat.webinar), code="come-not-now", token=None)
        return Outcome("refused", "come-not-now")
    return Outcome("done", f"seat-{fresh.state}", "seat", seat.pk)


def _done(arrived: Arrived, seat: Seat, code: str) -> Outcome:
    if code == "webinars":
        return _show_coming(arrived)
    if code in ("give-up", "leave"):
        actions.give_up(seat=seat)
        return Outcome("done", "seat-given-up", "seat", seat.pk)
    if code == "come":
        return _back(arrived, seat)
    actions.stop_reminders(seat=seat)
    _answer(arrived, seat, replies.no_reminders(seat), "no-reminders")
    return Outcome("done", "no-reminders", "seat", seat.pk)


def _back(arrived: Arrived, seat: Seat) -> Outcome:
    """ "come" to a place that was given up, or is theirs."""
    if seat.member is not None:
        return _come(arrived, seat.member, seat.webinar)
    if seat.state == State.GIVEN_UP:
        return _confirmed(arrived, seat)
    _answer(arrived, seat, replies.has_place(seat.webinar, seat), "come-before")
    return Outcome("done", f"seat-{seat.state}", "seat", seat.pk)


def _answer(arrived: Arrived, seat: Seat, paper: Paper, code: str) -> None:
    answer(arrived, paper, code=code, token=What.SEAT_ASK, days=180, item=seat.pk)


def _own_seat(arrived: Arrived) -> Seat | None:
    """The seat of the token, if whoever wrote has it: a member by their token, a guest by the token
    and the address it was sent to."""
    token = arrived.token
    if token is None or arrived.trust == "fail":
        return None
    rows = Seat.objects.select_related("member", "webinar").filter(pk=token.item)
    seat = rows.exclude(webinar=None).first()
    if seat is None or queries.public(seat.webinar_id) is None:
        return None
    if seat.member_id is not None:
        mine = token.person == seat.member_id and arrived.is_senders_own
        return seat if mine and member_of(arrived.sender) is not None else None
    same = arrived.opened.from_address.strip().lower() == seat.email.lower()
    return seat if token.person == 0 and seat.email and same else None


def _meant(arrived: Arrived, member: Member | None) -> Webinar | None:
    """By its number, else by the letter that is answered."""
    number = arrived.argument.partition(" ")[0]
    about = (What.WEBINAR_COME, What.ANSWER)
    if not number and arrived.token is not None and arrived.token.what in about:
        number = str(arrived.token.item)
    is_number = number.isdecimal() and len(number) < 18
    return queries.found(int(number), member) if is_number else None


def _as_an_answer(arrived: Arrived, webinar: Webinar | None) -> Outcome | None:
    """A single word in an answer to somebody's words, which are no webinar, is an answer to them:
    to "who goes?" people say "voy"."""
    token = arrived.token
    if token is None or arrived.argument or token.what not in (What.ANSWER, What.ANSWER_TO):
        return None
    about_one = token.what is What.ANSWER and queries.public(token.item) is not None
    handler = inbound.tokens.get(token.what)
    return handler(arrived) if handler and not about_one and webinar is None else None


def _command(arrived: Arrived) -> tuple[str, str]:
    found = command_in(arrived.opened.words, arrived.opened.subject)
    return found or ("", "")


def _language(arrived: Arrived, member: Member | None) -> str:
    return member.first_language if member else arrived.language
