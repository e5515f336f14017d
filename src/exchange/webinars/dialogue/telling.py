"""The live events of the dialogue: what is told, to whom, in the shape that pages and the script read.
Called by the actions beside it, inside the transaction of the change."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from exchange.core import freshness
from exchange.core.languages import direction
from exchange.webinars.dialogue.rules import codes_in
from exchange.webinars.live.actions import EMPTIED, empty, tell
from exchange.webinars.models import Asked, LiveEvent, Poll, Said, Seat, Webinar

HELPERS, PRESENTERS = "helpers", "presenters"
# By which a row of chat is known among what waits; questions have their number alone.
CHAT = "chat"


def who(row: Asked | Said) -> str:
    """The name beside the words; of who left, or wished none, what everybody is called."""
    return row.shown_as or _("A practitioner")


def words_of(row: Asked | Said) -> dict[str, Any]:
    """What of a question or a line of chat may be told once it is out."""
    return {
        "id": row.pk,
        "text": row.text,
        "lang": row.language,
        "dir": direction(row.language),
        "who": who(row),
    }


def of_question(row: Asked) -> dict[str, Any]:
    return {**words_of(row), "votes": row.votes, "state": row.state, "answer": row.answer}


def of_poll(row: Poll, counts: list[int] | None = None) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": row.pk,
        "text": row.text,
        "lang": row.language,
        "choices": row.choices,
        "state": row.state,
    }
    return {**told, "counts": counts} if counts is not None else told


def question(row: Asked) -> None:
    """It is on the wall, or changed there. Earlier events of it are emptied: the last one counts."""
    _replace(row.webinar_id, row.item)
    _tell(row.webinar_id, "question", of_question(row), item=row.item)


def question_gone(row: Asked) -> None:
    """Off the wall, and out of everything that was told of it."""
    empty(webinar_id=row.webinar_id, item=row.item)
    _tell(row.webinar_id, "question-gone", {"id": row.pk})
    transaction.on_commit(freshness.bump)


def waiting(row: Asked | Said) -> None:
    """Something waits for the helpers."""
    told = {
        **words_of(row),
        "flags": codes_in(row.flags),
        "needs_host": row.needs_host,
        "via": row.via if isinstance(row, Asked) else "web",
        "of": "question" if isinstance(row, Asked) else CHAT,
    }
    _tell(row.webinar_id, "waiting", told, HELPERS, row.item)


def waiting_gone(row: Asked | Said) -> None:
    """It is decided: no other helper need look."""
    _replace(row.webinar_id, row.item)
    told = {"id": row.pk, "of": "question" if isinstance(row, Asked) else CHAT}
    _tell(row.webinar_id, "waiting-gone", told, HELPERS)


def chat(row: Said) -> None:
    _tell(row.webinar_id, "chat", words_of(row), item=row.item)


def chat_gone(row: Said) -> None:
    empty(webinar_id=row.webinar_id, item=row.item)
    _tell(row.webinar_id, "chat-gone", {"id": row.pk})
    transaction.on_commit(freshness.bump)


def fate(row: Asked) -> None:
    """To the one who asked, and to nobody else."""
    if row.seat_id is None:
        return
    told: dict[str, Any] = {"id": row.pk, "state": row.state}
    words = row.answer if row.state == Asked.State.ANSWERED else row.note
    if words:
        told["answer"] = words
    _tell(row.webinar_id, "fate", told, f"seat:{row.seat_id}", row.item)


def coming_up(row: Asked) -> None:
    """To the presenters: this one now."""
    _tell(row.webinar_id, "next", words_of(row), PRESENTERS, row.item)


def poll(row: Poll, counts: list[int] | None = None) -> None:
    _replace(row.webinar_id, row.item)
    _tell(row.webinar_id, "poll", of_poll(row, counts), item=row.item)


def hand(seat: Seat, *, up: bool) -> None:
    """To the helpers. The name stands in it, so that it is emptied when the hand goes down."""
    item = f"hand:{seat.pk}"
    _replace(seat.webinar_id, item)
    told = {"seat": seat.pk, "who": seat.shown_name, "up": up}
    _tell(seat.webinar_id, "hand", told, HELPERS, item)


def called(seat: Seat) -> None:
    _tell(seat.webinar_id, "called", {}, f"seat:{seat.pk}")


def doors(webinar: Webinar) -> None:
    told = {
        "wall": webinar.wall_open,
        "chat": webinar.chat_open,
        "hands": webinar.hands_open,
    }
    _tell(webinar.pk, "doors", told)


def word(webinar: Webinar, *, text: str, language: str) -> None:
    """A word of the team to everybody; the one before is taken back."""
    item = "word"
    _replace(webinar.pk, item)
    told = {"text": text, "lang": language, "dir": direction(language)}
    _tell(webinar.pk, "word", told, item=item)


def _replace(webinar_id: int, item: str) -> None:
    """What was told of it before counts no more. No words were taken back, so nothing that was
    made of them need be made anew."""
    rows = LiveEvent.objects.filter(webinar_id=webinar_id, item=item)
    rows.exclude(kind=EMPTIED).update(payload={}, kind=EMPTIED)


def _tell(
    webinar_id: int, kind: str, payload: dict[str, Any], audience: str = "all", item: str = ""
) -> None:
    tell(webinar_id=webinar_id, kind=kind, payload=payload, audience=audience, item=item)
