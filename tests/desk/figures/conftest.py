"""What the tests of figures begin with: a host in English, and a month in which much happened.
Read by pytest alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from exchange.contributions.actions import publish, submit, withdraw
from exchange.contributions.content import Content
from exchange.contributions.models import Contribution
from exchange.conversation import marks
from exchange.conversation.actions import answer, withdraw_reply
from exchange.conversation.models import Reply
from exchange.core.time import now
from exchange.library.practice.actions import say_used
from exchange.mail.models import OutgoingMail
from exchange.members import dossier
from exchange.members.models import Member
from exchange.safeguarding import targets
from exchange.safeguarding.actions.reporting import report
from exchange.webinars.models import Phase
from tests import cast
from tests.library.conftest import shelved
from tests.webinars.conftest import planned, seated

BEGIN = datetime(2026, 10, 2, tzinfo=UTC)
AFTER = datetime(2026, 11, 20, 12, tzinfo=UTC)


@dataclass
class October:
    """Who there was, and some of what they wrote."""

    host: Member
    ugandans: list[Member]
    amina: Member
    questions: list[Contribution]


def at(moment: datetime) -> time_machine.travel:
    return time_machine.travel(moment, tick=False)


def asks(member: Member, title: str, kind: str = "question", **more: object) -> Contribution:
    content = Content(title=title, body="We would like to hear from others.", **more)
    return submit(kind=kind, content=content, author=member)


def answers(member: Member, row: Contribution, words: str = "We took turns.") -> Reply:
    row.refresh_from_db()
    return answer(contribution=row, author=member, body=words, language="en")


def people(country: str, n: int) -> list[Member]:
    return [
        cast.person(f"{country}{one}", country=country, welcomed_at=now(), accepted_at=now())
        for one in range(n)
    ]


@pytest.fixture
def desk(db: None) -> Client:
    """A host whose pages are in English."""
    return cast.signed_in(Client(), cast.desta())


@pytest.fixture
def later() -> Iterator[None]:
    """Some weeks after that October."""
    with at(AFTER):
        yield


@pytest.fixture
def october(db: None) -> October:
    """October 2026, done by the people themselves; what a test expects of it stands beside."""
    with at(BEGIN - timedelta(days=60)):
        host = cast.beatriz()
        ugandans, amina = people("UG", 6), cast.person("Amina", country="KE", welcomed_at=now())
    with at(BEGIN - timedelta(days=22)):
        asks(ugandans[0], "Who opens your meetings?")
    with at(BEGIN):
        questions = [asks(one, f"What helped you begin, {one.pk}?") for one in ugandans]
    month = October(host, ugandans, amina, questions)
    _answered(month)
    _around_midnight(month)
    _shared(month)
    _by_a_newcomer(month)
    _in_other_rooms(month)
    return month


def _answered(month: October) -> None:
    """Four of the six have an answer by somebody else: after 2, 10, 80 and 20 hours."""
    first = None
    for place, hours, who in (
        *((0, 2, month.ugandans[1]), (1, 10, month.amina), (2, 80, month.amina)),
        *((3, 20, month.host), (4, 1, month.ugandans[4])),
    ):
        with at(BEGIN + timedelta(hours=hours)):
            said = answers(who, month.questions[place])
            first = first or said
    with at(BEGIN + timedelta(days=4)):
        marks.mark_helped(
            member=month.ugandans[5], contribution=month.questions[0], reply=first, on=True
        )
        marks.accept_answer(reply=first, by=month.ugandans[0])
        taken_back = answers(month.amina, month.questions[4], "On second thoughts, no.")
        withdraw_reply(reply=taken_back, by=month.amina)
        gone = people("RW", 1)[0]
        answers(gone, month.questions[2], "We sat with the elders first.")
    with at(BEGIN + timedelta(days=5)):
        dossier.erase(gone)


def _around_midnight(month: October) -> None:
    """One half a minute before November, answered five days later; one just after."""
    with at(datetime(2026, 10, 31, 23, 59, 30, tzinfo=UTC)):
        last = asks(month.amina, "Nani anafungua mikutano?", language="sw")
    with at(datetime(2026, 11, 1, 0, 0, 10, tzinfo=UTC)):
        asks(month.amina, "Who closes your meetings?")
    with at(datetime(2026, 11, 5, 12, tzinfo=UTC)):
        answers(month.ugandans[0], last)


def _shared(month: October) -> None:
    with at(BEGIN + timedelta(days=6)):
        parts = {"faced": "Meetings had stopped.", "did": "We met under the tree again."}
        asks(month.amina, "How we met again", kind="experience", parts=parts)
        withdraw(contribution=asks(month.ugandans[1], "Never mind?"), by=month.ugandans[1])
        for one in people("TZ", 5):
            asks(one, f"Radio in the evening {one.pk}", kind="idea")
        say_used(resource=shelved(), by=month.amina, how="tried")


def _by_a_newcomer(month: October) -> None:
    """It waited a day for a host."""
    with at(BEGIN + timedelta(days=1)):
        waiting = asks(cast.chen(), "How do we begin at all?")
    with at(BEGIN + timedelta(days=2)):
        publish(contribution=waiting, by=month.host, version=waiting.version)


def _in_other_rooms(month: October) -> None:
    with at(BEGIN + timedelta(days=10)):
        held = planned(
            month.host, starts_at=now() - timedelta(hours=2), phase=Phase.OVER, ended_at=now()
        )
        seated(held, month.amina, came_at=now(), people=4, people_came=3)
        seated(held, email="guest@example.org")
        target = targets.of_person(month.amina)
        report(kind="spam", target=target, reporter=month.ugandans[0])
        for n, state in enumerate(("sent", "sent", "sent", "bounced", "suppressed")):
            _letter(f"newsletter:1:{n}", state)
        _letter("welcome:1", "sent")


def _letter(key: str, state: str) -> None:
    OutgoingMail.objects.create(
        key=key, purpose="test", state=state, message_id=f"<{key}@test>", created_at=now()
    )
