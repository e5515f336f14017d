"""One letter to one place in a webinar, or to a presenter, ready for the queue.
Called by the matters of this room that write to people; `queue` or `queue_many` takes it on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from exchange.contributions import mails
from exchange.mail.actions import About, Queued
from exchange.mail.headers import in_thread
from exchange.mail.models import OutgoingMail
from exchange.mail.paper import Paper
from exchange.members.models import Member
from exchange.webinars import queries
from exchange.webinars.models import Presenter, Seat

# Stands in headers that programs show as the name of a folder.
LIST_NAME = "Exchange"


def to_seat(
    seat: Seat,
    paper: Paper,
    *,
    purpose: str,
    tail: str,
    headers: Mapping[str, str] | None = None,
    calendar: str = "",
    send_before: datetime | None = None,
) -> Queued:
    """`tail` says which letter it is, for this seat: the same again is sent once. The key begins as
    those of all mails about the webinar, so that a withdrawal stops it."""
    key = f"{mails.about(seat.webinar_id)}:seat:{seat.pk}:{tail}"
    return letter(
        _quiet(paper, seat.member),
        to=seat.address,
        purpose=purpose,
        key=key,
        about=_about(seat.webinar_id, seat.member_id, send_before),
        headers={**in_thread(seat.webinar_id), **(headers or {})},
        calendar=calendar,
    )


def to_presenter(
    presenter: Presenter,
    paper: Paper,
    *,
    purpose: str,
    tail: str,
    headers: Mapping[str, str] | None = None,
) -> Queued:
    """As `to_seat`, for somebody who speaks, with an account or without."""
    member = presenter.member
    return letter(
        _quiet(paper, member),
        to=member.email if member is not None else presenter.email,
        purpose=purpose,
        key=f"{mails.about(presenter.webinar_id)}:presenter:{presenter.pk}:{tail}",
        about=_about(presenter.webinar_id, presenter.member_id),
        headers={**in_thread(presenter.webinar_id), **(headers or {})},
    )


def to_member(
    member: Member,
    paper: Paper,
    *,
    webinar_id: int,
    purpose: str,
    tail: str,
    headers: Mapping[str, str] | None = None,
) -> Queued:
    """As `to_seat`, for a member who has no place: a host, a helper, whoever was named."""
    return letter(
        _quiet(paper, member),
        to=member.email,
        purpose=purpose,
        key=f"{mails.about(webinar_id)}:{tail}",
        about=_about(webinar_id, member.pk),
        headers=headers,
    )


def letter(
    paper: Paper,
    *,
    to: str,
    purpose: str,
    key: str,
    about: About,
    headers: Mapping[str, str] | None = None,
    calendar: str = "",
) -> Queued:
    """A paper with its address and its place in the ledger of deliveries."""
    return Queued(
        to=to,
        subject=paper.subject,
        text=paper.text,
        html=paper.html,
        language=paper.language,
        purpose=purpose,
        key=key,
        headers=headers or {},
        about=about,
        calendar=calendar,
    )


def still_goes(mail: OutgoingMail) -> str:
    """The last look at a letter about a webinar: whether that may still be seen."""
    number = mail.item.partition(":")[2]
    return "" if number.isdecimal() and queries.public(int(number)) else "not-visible"


def is_reachable(presenter: Presenter) -> bool:
    """Whether there is an address to write to."""
    if presenter.member is not None:
        return presenter.member.is_active and not presenter.member.is_demo
    return bool(presenter.email)


def language_of(presenter: Presenter) -> str:
    """In which language to write to them: their own, else the webinar's."""
    member = presenter.member
    return member.first_language if member is not None else presenter.webinar.language


def _about(webinar_id: int, person: int | None, send_before: datetime | None = None) -> About:
    return About(person=person, item=f"webinar:{webinar_id}", send_before=send_before)


def _quiet(paper: Paper, member: Member | None) -> Paper:
    """For a phone that others look at: a subject that tells nothing, where its owner wishes that."""
    if member is None or not member.neutral_subjects:
        return paper
    with override(paper.language):
        return replace(paper, subject=_("A message for you"))
