"""One letter to one place in a webinar, or to a presenter, ready for the queue.
Called by the matters of this room that write to people; `queue_many` or `queue_mail` takes it on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from exchange.contributions import mails
from exchange.mail.actions import About, Queued
from exchange.mail.headers import in_thread
from exchange.mail.paper import Paper
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
    return Queued(
        to=seat.address,
        subject=paper.subject,
        text=paper.text,
        html=paper.html,
        language=paper.language,
        purpose=purpose,
        key=f"{mails.about(seat.webinar_id)}:seat:{seat.pk}:{tail}",
        headers={**in_thread(seat.webinar_id), **(headers or {})},
        about=About(
            person=seat.member_id,
            item=f"webinar:{seat.webinar_id}",
            send_before=send_before,
        ),
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
    return Queued(
        to=member.email if member is not None else presenter.email,
        subject=paper.subject,
        text=paper.text,
        html=paper.html,
        language=paper.language,
        purpose=purpose,
        key=f"{mails.about(presenter.webinar_id)}:presenter:{presenter.pk}:{tail}",
        headers={**in_thread(presenter.webinar_id), **(headers or {})},
        about=About(person=presenter.member_id, item=f"webinar:{presenter.webinar_id}"),
    )


def is_reachable(presenter: Presenter) -> bool:
    """Whether there is an address to write to."""
    if presenter.member is not None:
        return presenter.member.is_active and not presenter.member.is_demo
    return bool(presenter.email)


def language_of(presenter: Presenter) -> str:
    """In which language to write to them: their own, else the webinar's."""
    member = presenter.member
    return member.first_language if member is not None else presenter.webinar.language
