"""The files of a record that is still a draft: taken in, listed, and what was wrong with one.
Called by the views of adding a record."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from exchange.contributions.errors import NotAllowed, Refused, TooMany
from exchange.library.files import actions as files
from exchange.library.files import queries
from exchange.library.files.kinds import NotTaken
from exchange.library.files.words import why_not
from exchange.library.models import File
from exchange.members.models import Member


def of_draft(key: str, member: Member) -> list[File]:
    """What was sent for a draft, the first one first."""
    return queries.of_draft(key, member)


def take_in(upload: Any, *, key: str, member: Member) -> str:
    """Keep a file for a draft; "" when it is kept, else what is wrong with it, in words."""
    try:
        files.keep(upload=upload, by=member, draft_key=key, name=upload.name or "")
    except NotTaken as refusal:
        return str(why_not(refusal.code))
    except TooMany:
        return _("There are as many files as there is room for. Take one away first.")
    except (NotAllowed, Refused):
        return _("This file cannot be taken as it is. Please write to the hosts: they will help.")
    return ""


def take_back(pk: int, *, key: str, member: Member) -> None:
    """Take a file out of a draft again; nothing happens when it is not there."""
    for file in of_draft(key, member):
        if file.pk == pk:
            files.take_away(file=file, by=member)
