"""A question of amina's that beatriz follows by mail, and people at their mailboxes.
Read by pytest alone."""

import pytest

from exchange.contributions import actions as spine
from exchange.contributions.content import Content
from exchange.contributions.models import Contribution
from exchange.core.time import now
from exchange.mail.actions import About, queue_mail
from exchange.mail.models import OutgoingMail
from exchange.mail.paper import Paper, Piece
from exchange.mail.tokens import What, address
from exchange.members.models import Member
from tests import cast
from tests.bymail import Post, settle_in


@pytest.fixture(autouse=True)
def _mail(settings, tmp_path, db) -> None:
    settle_in(settings, tmp_path)


@pytest.fixture
def question(amina: Member) -> Contribution:
    content = Content(title="How did you begin?", body="With whom did you talk first?")
    return spine.submit(kind="question", content=content, author=amina)


@pytest.fixture
def femi(db: None) -> Member:
    """A welcomed member who reads by mail alone."""
    return cast.person("Femi", languages="en", welcomed_at=now())


@pytest.fixture
def told(question: Contribution, femi: Member) -> Post:
    """Femi, with a letter that brought the question."""
    bring(question, femi)
    return Post.of(femi)


def bring(question: Contribution, member: Member, *, reply: int = 0) -> OutgoingMail:
    """A letter with the question, or an answer to it, that can be answered."""
    what, item = (What.ANSWER_TO, reply) if reply else (What.ANSWER, question.pk)
    pieces = (
        Piece("marker"),
        Piece("title", question.title),
        Piece("words", "With whom did you talk first? " * 3),
    )
    paper = Paper("A new question", pieces)
    return queue_mail(
        to=member.email,
        subject=paper.subject,
        text=paper.text,
        html=paper.html,
        purpose="alert",
        key=f"alert:contribution:{question.pk}:new:{member.pk}:{reply}",
        headers={"Reply-To": address(what, person=member.pk, item=item, days=180)},
        about=About(person=member.pk, item=f"{'reply' if reply else 'contribution'}:{item}"),
    )
