"""An outbox and a mail server of each test's own, and a letter to send.
Read by pytest alone."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from exchange.mail import smtp
from exchange.mail.actions import queue_mail
from exchange.mail.models import OutgoingMail
from tests.mail.sink import Sink, open_sink


@pytest.fixture(autouse=True)
def outbox_dir(settings, tmp_path):
    settings.OUTBOX_DIR = tmp_path / "outbox"
    settings.SMTP_URL = ""
    settings.MAIL_FROM = "The Exchange <exchange@exchange.example>"
    return settings.OUTBOX_DIR


@pytest.fixture
def sink(settings) -> Iterator[Sink]:
    with open_sink() as sink:
        settings.SMTP_URL = sink.url
        yield sink
        smtp.line.close()


@pytest.fixture
def write() -> Callable[..., OutgoingMail]:
    """Queue a letter to amina, with whatever a test wants different."""

    def write(**different: object) -> OutgoingMail:
        letter = {
            "to": "amina@example.org",
            "subject": "Your question was answered",
            "text": "Somebody has answered.\n",
            "purpose": "alert",
            **different,
        }
        return queue_mail(**letter)

    return write


@dataclass
class Host:
    """Whoever decides about a dead letter."""

    pk: int = 42


@pytest.fixture
def by() -> Host:
    return Host()
