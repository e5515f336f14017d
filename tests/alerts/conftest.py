"""What the alerts' tests begin with: a question, and a way to let the worker catch up.
Read by pytest alone."""

from collections.abc import Callable

import pytest

from exchange.contributions.actions import submit
from exchange.contributions.content import Content
from exchange.contributions.models import Contribution
from exchange.ledger import worker
from exchange.mail.models import OutgoingMail
from exchange.members.models import Member


@pytest.fixture
def question(amina: Member) -> Contribution:
    """A published question of a welcomed member, who follows it."""
    content = Content(title="Who opens your meetings?", body="We take turns.")
    row = submit(kind="question", content=content, author=amina)
    worker.run_until_idle()
    return row


@pytest.fixture
def mails(db: None) -> Callable[[Member], list[OutgoingMail]]:
    """Let the worker do what is owed, then give the mails to somebody, the oldest first."""

    def caught_up(member: Member) -> list[OutgoingMail]:
        worker.run_until_idle()
        return list(OutgoingMail.objects.filter(to_address=member.email).order_by("id"))

    return caught_up
