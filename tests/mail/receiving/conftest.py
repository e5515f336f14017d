"""A spool of each test's own, rooms that take what comes, and mails that come.
Read by pytest alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import make_msgid

import pytest

from exchange.ledger import worker
from exchange.mail import inbound
from exchange.mail.inbound import Arrived, Outcome, Sender
from exchange.mail.models import IncomingMail, Mailbox
from exchange.mail.receiving import actions
from exchange.mail.tokens import What

AMINA = Sender(person=7, address="amina@example.org", language="sw")


@dataclass
class House:
    """The rooms above, as far as mail knows them: they take what comes and remember it."""

    taken: list[tuple[str, Arrived]] = field(default_factory=list)
    outcome: Outcome = field(default_factory=lambda: Outcome("done", "taken"))
    trouble: Exception | None = None

    @property
    def names(self) -> list[str]:
        return [name for name, _arrived in self.taken]

    @property
    def last(self) -> Arrived:
        return self.taken[-1][1]

    def handler(self, name: str) -> Callable[[Arrived], Outcome]:
        def take(arrived: Arrived) -> Outcome:
            self.taken.append((name, arrived))
            if self.trouble:
                raise self.trouble
            return self.outcome

        return take


@pytest.fixture(autouse=True)
def spool(settings, tmp_path):
    settings.MAIL_IN_DIR = tmp_path / "mail-in"
    settings.MAIL_DOMAIN = "exchange.example"
    return settings.MAIL_IN_DIR


@pytest.fixture
def house(monkeypatch, db) -> House:
    """Rooms of this test's own, and the mailboxes of a new Exchange."""
    house = House()
    for name, keys in (
        ("tokens", list(What)),
        ("mailboxes", list(Mailbox.Opens)),
        ("commands", ["help", "stop", "pause"]),
    ):
        fresh = {key: house.handler(f"{name}:{_named(key)}") for key in keys}
        monkeypatch.setattr(inbound, name, fresh)
    monkeypatch.setattr(inbound, "_finders", [lambda a: AMINA if a == AMINA.address else None])
    monkeypatch.setattr(inbound, "_strangers", [house.handler("stranger")])
    monkeypatch.setattr(inbound, "_unsure", [house.handler("unsure")])
    Mailbox.objects.all().delete()
    Mailbox.objects.create(local="ask", opens="question", language="fr")
    Mailbox.objects.create(local="hello", opens="desk")
    Mailbox.objects.create(local="concern", opens="concern")
    Mailbox.objects.create(local="east-africa", opens="question", hub="east-africa")
    return house


def _named(key: object) -> str:
    return key.name.lower() if isinstance(key, What) else str(key)


def mail(words: str = "We meet on Mondays.", **heads: str) -> EmailMessage:
    """A mail of amina's, with whatever a test wants different; an empty header is left out."""
    message = EmailMessage()
    usual = {
        "From": "Amina <amina@example.org>",
        "To": "ask@exchange.example",
        "Subject": "Our meetings",
        "Date": "Fri, 20 Nov 2026 10:00:00 +0300",
        "Message-ID": make_msgid(domain="example.org"),
    }
    given = {name.replace("_", "-"): value for name, value in heads.items()}
    for name, value in {**usual, **given}.items():
        if value:
            message[name] = value
    message.set_content(words)
    return message


@pytest.fixture
def deliver(house) -> Callable[..., IncomingMail]:
    """Put a mail into the spool, let a worker do what is due, and give its row."""

    def deliver(
        what: EmailMessage | bytes,
        *,
        to: str = "ask@exchange.example",
        sender: str = "amina@example.org",
        via: str = "smtp",
    ) -> IncomingMail:
        raw = what if isinstance(what, bytes) else what.as_bytes()
        arrival = actions.take(raw, via=via, envelope_from=sender, envelope_to=to)
        actions.take_in()
        worker.run_until_idle()
        return IncomingMail.objects.get(arrival=arrival)

    return deliver
