"""What the tests of reports and cases begin with: a lead, a deputy, a question, the worker's turn.
Read by pytest alone."""

from collections.abc import Callable

import pytest
from django.test import Client

from exchange.contributions.actions import submit
from exchange.contributions.content import Content
from exchange.contributions.models import Contribution
from exchange.ledger import worker
from exchange.mail.models import OutgoingMail
from exchange.members.models import Member
from exchange.safeguarding import targets
from exchange.safeguarding.actions import Circumstances, report
from exchange.safeguarding.actions.standing import appoint
from exchange.safeguarding.models import Case, Concern
from tests import cast

WORDS = "Zebrafinch evenings brought our committee back, week after week."
Mails = Callable[[Member], list[OutgoingMail]]
Report = Callable[..., Concern]


@pytest.fixture
def lead(desta: Member) -> Member:
    appoint(member=desta, role="lead")
    return desta


@pytest.fixture
def deputy(db: None) -> Member:
    member = cast.with_second_factor(cast.person("Esi"))
    appoint(member=member, role="deputy")
    return member


@pytest.fixture
def question(amina: Member) -> Contribution:
    content = Content(title="Zebrafinch committee?", body=WORDS, countries=("KE",))
    row = submit(kind="question", content=content, author=amina)
    worker.run_until_idle()
    return row


@pytest.fixture
def reported(question: Contribution) -> Report:
    """A report about the question; each visitor by a line of their own."""
    lines = iter(range(1000))

    def made(kind: str = "at-risk", **more: object) -> Concern:
        about = targets.of_contribution(Contribution.objects.get(pk=question.pk))
        circumstances = more.pop("circumstances", Circumstances(line=f"line{next(lines)}"))
        return report(kind=kind, target=about, circumstances=circumstances, **more)

    return made


@pytest.fixture
def case(lead: Member, deputy: Member, reported: Report) -> Case:
    """A child may be at risk: the case, before anybody has looked."""
    return reported(words="The last line says where she sleeps.").case


@pytest.fixture
def at_desk(lead: Member) -> Client:
    return cast.signed_in(Client(), lead)


@pytest.fixture
def mails(db: None) -> Mails:
    """Let the worker do what is owed, then give the mails to somebody, the oldest first."""

    def caught_up(member: Member) -> list[OutgoingMail]:
        worker.run_until_idle()
        return list(OutgoingMail.objects.filter(to_address=member.email).order_by("id"))

    return caught_up
