"""The public side of the writing room, which the public processes never load: which row belongs to
which of its pages, what falls due there, and having a command of its own process run.
Called by the hooks of this room and by the writing room."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from exchange.briefings.models import Brief, Due, Newsletter
from exchange.ledger.registry import Later

# Two tables of the writing room, by name: nothing of it is loaded here.
PAGES, STANDING = "wagtailcore_page", "writing_standing"
MOST_SECONDS = 90.0
MOST_TRIES = 5


def bind(*, row: Brief | Newsletter, page_id: int | None) -> None:
    """The page a row is written on."""
    rows: Any = type(row).objects
    rows.filter(pk=row.pk).update(page_id=page_id)
    row.page_id = page_id


def say_same(*, row: Brief, other: Brief | None) -> None:
    """That a brief says in its language what another says; None: that it stands alone."""
    rows: Any = Brief.objects
    if other is None:
        rows.filter(pk=row.pk).exclude(family=row.pk).update(family=None)
    elif other.pk != row.pk:
        first = other.family or other.pk
        rows.filter(pk__in=[row.pk, other.pk]).update(family=first)


def has_page(page_id: int) -> bool:
    """Whether the page is still there; False where nobody ever made the writing room's tables."""
    return _live_and_version(page_id) is not None


def is_followed(row: Brief | Newsletter, page_id: int) -> bool:
    """Whether its page says already what the row says, so that nothing has to be opened."""
    known = _live_and_version(page_id)
    return known is None or (row.is_public and known == (True, row.version))


def row_of(contribution_id: int) -> Brief | Newsletter | None:
    """The brief or edition with this number, if it was ever opened in the writing room."""
    for model in (Brief, Newsletter):
        rows: Any = model.objects
        found: Brief | Newsletter | None = rows.filter(
            pk=contribution_id, page_id__isnull=False
        ).first()
        if found is not None:
            return found
    return None


def summing_up(contribution_id: int) -> list[int]:
    """Numbers of the briefs with a page that sum something up."""
    rows: Any = Brief.objects
    found = rows.filter(sources__contribution_id=contribution_id, page_id__isnull=False)
    return list(found.order_by("pk").values_list("pk", flat=True))


def _live_and_version(page_id: int) -> tuple[bool, int] | None:
    if not {PAGES, STANDING} <= set(connection.introspection.table_names()):
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT p.live, s.version FROM {PAGES} p LEFT JOIN {STANDING} s"  # noqa: S608 - ours
            " ON s.page_id = p.id WHERE p.id = %s",
            [page_id],
        )
        found = cursor.fetchone()
    return (bool(found[0]), int(found[1] or 0)) if found else None


def put_due(*, page_id: int, at: datetime | None) -> None:
    """When the page is to be looked at; None: never."""
    if at is None:
        Due.objects.filter(page_id=page_id).delete()
    else:
        Due.objects.update_or_create(page_id=page_id, defaults={"at": at, "tries": 0})


def is_anything_due(moment: datetime) -> bool:
    return Due.objects.filter(at__lte=moment).exists()


def begin_try(*, page_id: int, moment: datetime) -> int:
    """The number of this try, kept before it is made: what kills the program cannot do so for
    ever. 0 when it is not due any more."""
    with transaction.atomic():
        due = Due.objects.select_for_update().filter(page_id=page_id, at__lte=moment).first()
        if due is None:
            return 0
        due.tries += 1
        due.at = moment + timedelta(minutes=2**due.tries)
        due.save(update_fields=["tries", "at"])
        return due.tries


def have_run(*words: str) -> None:
    """Run a command in the writing room's settings. Raises Later when it fails or is late."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "exchange.project.writing_settings",
        "EXCHANGE_DATA": str(settings.DATA_DIR),
    }
    command = [sys.executable, "-m", "exchange", *words]
    try:
        done = subprocess.run(  # noqa: S603 - our own program; numbers alone are in the command
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=MOST_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise Later("writing-room-late") from late
    if done.returncode != 0:
        raise Later("writing-room")
