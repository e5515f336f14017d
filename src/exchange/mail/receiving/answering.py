"""Our own answer to a mail that came in: once, not too often, and never to a robot.
For the handlers of every room."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q

from exchange.core.time import now
from exchange.mail import tokens
from exchange.mail.actions import About, queue_mail
from exchange.mail.inbound import Arrived
from exchange.mail.models import IncomingMail, OutgoingMail
from exchange.mail.paper import Paper
from exchange.mail.receiving.recognising import is_robot
from exchange.mail.rules import LONGEST_HEADER, LONGEST_SUBJECT, MailRefused
from exchange.mail.tokens import What

PURPOSE = "receipt"
# So many a day to one address; two robots that answer each other end there.
MOST_TO_MEMBERS = 30
MOST_TO_STRANGERS = 6


def answer(
    arrived: Arrived,
    paper: Paper,
    *,
    code: str,
    token: What | None = What.RECEIPT,
    days: int | None = 30,
    item: int | None = None,
) -> OutgoingMail | None:
    """Queue one answer to whoever wrote; the same mail and code again give the same answer.

    Who answers it reaches the handler of `token`, for that person and this mail, or for the `item`
    that the token is about. None when nobody
    is to be answered: a robot, an envelope without a sender, an address that had enough today."""
    # From where they wrote, also where they have several addresses.
    to = arrived.opened.from_address or (arrived.sender.address if arrived.sender else "")
    key = f"{_so_far(to, arrived)}{arrived.mail_id}:{code}"
    if not _may_have(to, arrived, key):
        return None
    person = arrived.sender.person if arrived.sender else 0
    # A letter that awaits no answer: what is written back goes to the desk, as a command may.
    sort = "letter" if token is None else token.name.lower()
    try:
        return queue_mail(
            to=to,
            subject=paper.subject[:LONGEST_SUBJECT],
            text=paper.text,
            html=paper.html,
            language=paper.language,
            purpose=PURPOSE,
            key=key,
            headers=_headers(arrived, token, person, days, item or arrived.mail_id),
            about=About(person=person or None, item=f"{sort}:{arrived.mail_id}"),
        )
    except MailRefused:
        # Somebody wrote from what is no address: there is nobody to answer.
        return None


def had_enough(*, person: int, purpose: str) -> bool:
    """Whether this member got so many letters of a sort today: anybody can ask in their name."""
    rows = OutgoingMail.objects.filter(person=person, purpose=purpose)
    return rows.filter(created_at__gt=now() - timedelta(days=1)).count() >= MOST_TO_MEMBERS


def _may_have(to: str, arrived: Arrived, key: str) -> bool:
    if not to or is_robot(to):
        return False
    mail = IncomingMail.objects.filter(pk=arrived.mail_id).first()
    if mail is None or mail.detail.get("no_answer"):
        return False
    begins = Q(key__startswith=_so_far(to, arrived)) & ~Q(key=key)
    recent = OutgoingMail.objects.filter(begins, created_at__gt=now() - timedelta(days=1))
    return recent.count() < (MOST_TO_MEMBERS if arrived.sender else MOST_TO_STRANGERS)


def _so_far(to: str, arrived: Arrived) -> str:
    """How the keys of all answers to this address begin; the address cannot be read off it. What
    was only written in their name is counted apart: it must not use up what is theirs."""
    sort = "" if arrived.is_proven else "claimed."
    return f"{PURPOSE}:{sort}{tokens.digest(to)[:20]}:"


def _headers(
    arrived: Arrived, token: What | None, person: int, days: int | None, item: int
) -> dict[str, str]:
    headers = {"Auto-Submitted": "auto-replied"}
    if token is not None:
        headers["Reply-To"] = tokens.address(token, person=person, item=item, days=days)
    answered = arrived.opened.message_id
    if _may_stand(answered) and len(answered) <= LONGEST_HEADER:
        headers["In-Reply-To"] = answered
        headers["References"] = _thread([*arrived.opened.references, answered])
    return headers


def _may_stand(one: str) -> bool:
    """Whether a Message-ID of theirs can be a header of ours."""
    return bool(one) and one.isascii() and one.isprintable()


def _thread(ids: list[str]) -> str:
    """The last Message-IDs of a conversation, as many as fit."""
    fitting: list[str] = []
    for one in reversed(list(filter(_may_stand, ids))):
        if sum(map(len, fitting)) + len(fitting) + len(one) > LONGEST_HEADER:
            break
        fitting.insert(0, one)
    return " ".join(fitting)
