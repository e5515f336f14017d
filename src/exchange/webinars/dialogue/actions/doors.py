"""The doors of the dialogue, and a word of the team to everybody.
Called by the lead's page."""

from __future__ import annotations

from django.db import transaction

from exchange.contributions.errors import NotAllowed
from exchange.core.text import clean_line
from exchange.members.models import Member
from exchange.webinars.dialogue import screening, telling
from exchange.webinars.dialogue.actions.being_here import held
from exchange.webinars.models import Webinar
from exchange.webinars.rules import Roles

COLUMNS = {"wall": "wall_open", "chat": "chat_open", "hands": "hands_open"}
LONGEST_WORD = 300


def set_door(*, webinar: Webinar, door: str, is_open: bool, roles: Roles) -> Webinar:
    """Open or close the wall, the chat or the hands, for everybody at once; twice is once.
    Raises NotAllowed, KeyError for a door that is none."""
    if not roles.may_lead:
        raise NotAllowed
    column = COLUMNS[door]
    with transaction.atomic():
        row = held(webinar)
        if getattr(row, column) != is_open:
            setattr(row, column, is_open)
            # No other column: the row is shared with planning.
            Webinar.objects.filter(pk=row.pk).update(**{column: is_open})
            telling.doors(row)
    return row


def say_to_all(
    *, webinar: Webinar, text: str, language: str, by: Member, roles: Roles, insist: bool = False
) -> None:
    """A line at the top of every live page; an empty one takes it away. Raises NotAllowed, and
    Noticed or Refused when a gate asks about it."""
    if not roles.may_lead:
        raise NotAllowed
    words = clean_line(text)[:LONGEST_WORD]
    screening.of_team(text=words, language=language, by=by, insist=insist)
    with transaction.atomic():
        telling.word(webinar, text=words, language=language)
