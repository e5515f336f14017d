"""A mail domain and a spool for the tests of seats that write and answer.
Read by pytest alone."""

from pathlib import Path
from typing import Any

import pytest

from exchange.ledger import worker
from exchange.mail.models import OutgoingMail
from tests import bymail


@pytest.fixture
def post(settings: Any, tmp_path: Path, db: None) -> type[bymail.Post]:
    """The Exchange can be written to."""
    bymail.settle_in(settings, tmp_path)
    return bymail.Post


def letters_to(address: str) -> list[OutgoingMail]:
    """All that was written to somebody so far, the oldest first; the worker has done its work."""
    worker.run_until_idle()
    return list(OutgoingMail.objects.filter(to_address=address).order_by("pk"))
