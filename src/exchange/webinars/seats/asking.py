"""A question to the presenters that comes by mail, and what its writer is told of it.
Called by the handlers of mail in `bymail`."""

from __future__ import annotations

from exchange.contributions.bymail import letters
from exchange.contributions.content import Content
from exchange.contributions.errors import Noticed, SpineError
from exchange.contributions.noticing import passages_at
from exchange.core.languages import SPOKEN
from exchange.mail.guessing import guess
from exchange.mail.inbound import Arrived, Outcome
from exchange.mail.models import IncomingMail
from exchange.mail.paper import Paper
from exchange.mail.receiving.answering import answer
from exchange.mail.small_words import said
from exchange.mail.tokens import What
from exchange.members.models import Member
from exchange.webinars.dialogue import actions as dialogue
from exchange.webinars.errors import DoorClosed, NotNow, TooFast
from exchange.webinars.models import Asked, Seat
from exchange.webinars.seats import replies

NOTICED = "question-noticed"


def ask(arrived: Arrived, seat: Seat) -> Outcome:
    """The words of the mail are the question; "send" after a gate has asked sends those of before."""
    words, insist = arrived.opened.words.strip(), False
    if said(words) == "send":
        words, insist = _words_before(seat), True
    if not words:
        return _told(arrived, seat, replies.empty(), "question-empty")
    try:
        asked = dialogue.ask(
            webinar=seat.webinar,
            seat=seat,
            text=words,
            language=_language(words, seat),
            via="mail",
            once_key=f"mail-{arrived.mail_id}"[:40],
            insist=insist,
        )
    except Noticed as seen:
        return _told(arrived, seat, _noticed(seat, seen, words), NOTICED)
    except (NotNow, DoorClosed, TooFast, SpineError) as refusal:
        paper = replies.not_taken(seat, refusal, words)
        return _told(arrived, seat, paper, f"question-{_code(refusal)}")
    return _taken(arrived, seat, asked)


def _taken(arrived: Arrived, seat: Seat, asked: Asked) -> Outcome:
    _answer(arrived, seat, replies.taken(seat, asked), "question")
    detail: dict[str, int | str | bool] = {"seat": seat.pk}
    return Outcome("done", "question-asked", "asked", asked.pk, detail=detail)


def _told(arrived: Arrived, seat: Seat, paper: Paper, code: str) -> Outcome:
    _answer(arrived, seat, paper, code)
    return Outcome("refused", code, detail={"seat": seat.pk})


def _answer(arrived: Arrived, seat: Seat, paper: Paper, code: str) -> None:
    answer(arrived, paper, code=code, token=What.SEAT_ASK, days=180, item=seat.pk)


def _noticed(seat: Seat, seen: Noticed, words: str) -> Paper:
    """Which passages, why, and two ways on."""
    passages = passages_at(seen, Content(title="", body=words), lambda _name: ("", ""))
    writer = seat.member or Member(languages=seat.language)
    return letters.noticed(writer, passages, words=words, draft="")


def _words_before(seat: Seat) -> str:
    """Of the newest mail of this seat that a gate asked about."""
    rows = IncomingMail.objects.filter(outcome=NOTICED, detail__seat=seat.pk, blanked_at=None)
    found = rows.order_by("-pk").values_list("words", flat=True).first()
    return (found or "").strip()


def _language(words: str, seat: Seat) -> str:
    codes = seat.member.language_codes if seat.member else [seat.language]
    found = guess(words, otherwise=codes[0] if codes else seat.language)
    return found if found in SPOKEN else seat.language


def _code(refusal: Exception) -> str:
    names = {NotNow: "late", DoorClosed: "closed", TooFast: "too-fast"}
    return names.get(type(refusal), "refused")
