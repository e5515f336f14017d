"""What the tests of getting the newsletter begin with: letters, links in them, people who write.
Read by pytest alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as live

from exchange.ledger import worker
from exchange.mail.models import OutgoingMail
from tests.bymail import Post, settle_in

GUEST = "guest@example.net"
_LINK = re.compile(r"https?://[^\s<>\"]+")


def letters(address: str = GUEST) -> list[OutgoingMail]:
    """What was written to an address, the oldest first."""
    worker.run_until_idle()
    return list(OutgoingMail.objects.filter(to_address=address).order_by("pk"))


def paths_in(mail: OutgoingMail) -> list[str]:
    """Every address of ours in a mail: in its text, its page and its headers."""
    whole = "\n".join([mail.text, mail.html, *mail.headers.values()])
    found = dict.fromkeys(_LINK.findall(whole))
    return [one.removeprefix(live.BASE_URL) for one in found if one.startswith(live.BASE_URL)]


def path_to(mail: OutgoingMail, place: str) -> str:
    """The one that leads to such a page."""
    return next(path for path in paths_in(mail) if place in path)


@pytest.fixture
def post(settings: Any, tmp_path: Path, db: None) -> Callable[[str], Post]:
    settle_in(settings, tmp_path)
    return Post
