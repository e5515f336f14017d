"""The outbox of local mode: every mail is a file that any mail program can open.
Called by `mail.actions`; the page at /outbox/ reads it."""

import os
from pathlib import Path

from django.conf import settings

from exchange.mail.letters import compose
from exchange.mail.models import OutgoingMail


def path_of(mail: OutgoingMail) -> Path:
    """Where the mail's file is, or would be."""
    return Path(settings.OUTBOX_DIR) / mail.file_name


def write(mail: OutgoingMail) -> Path:
    """Write the mail whole or not at all, and to the same file however often it is written."""
    final = path_of(mail)
    final.parent.mkdir(parents=True, exist_ok=True)
    fresh = final.with_name(f".{final.name}")  # the same again after a crash, so none is left over
    with fresh.open("wb") as file:
        file.write(compose(mail))
        if not settings.SMTP_URL:  # else it is a copy to look at
            file.flush()
            os.fsync(file.fileno())
    fresh.replace(final)
    return final


def read(mail: OutgoingMail) -> bytes | None:
    """The file's bytes, or none when it has not been written or has been removed."""
    try:
        return path_of(mail).read_bytes()
    except FileNotFoundError:
        return None


def remove(mail: OutgoingMail) -> None:
    """Remove the file; a file that is not there is fine."""
    path_of(mail).unlink(missing_ok=True)
