"""An outbox of each test's own, and what arrives in somebody's calendar from it.
Read by pytest alone."""

from email import message_from_bytes
from email.policy import default

import pytest

from exchange.mail import outbox
from exchange.mail.models import OutgoingMail
from tests.webinars.calendars.program import CalendarProgram


@pytest.fixture(autouse=True)
def outbox_dir(settings, tmp_path):
    settings.OUTBOX_DIR = tmp_path / "outbox"
    settings.SMTP_URL = ""
    return settings.OUTBOX_DIR


@pytest.fixture
def letters_to():
    """The letters that went to an address, in their order, as a mail program opens them."""

    def read(address):
        mails = OutgoingMail.objects.filter(to_address=address, state="sent").order_by("pk")
        files = [raw for mail in mails if (raw := outbox.read(mail))]
        return [message_from_bytes(raw, policy=default) for raw in files]

    return read


@pytest.fixture
def calendar_of(letters_to):
    """The calendar of whoever reads mail there, when they have opened everything."""

    def read(address):
        program = CalendarProgram(address)
        for letter in letters_to(address):
            program.open(letter)
        return program

    return read
