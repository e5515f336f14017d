"""People and texts of the translating room's tests.
Read by pytest alone."""

from collections.abc import Callable

import pytest
from django.db import transaction

from exchange.contributions.actions import submit
from exchange.contributions.content import Content
from exchange.contributions.models import Contribution
from exchange.conversation.models import Reply
from exchange.core.time import now
from exchange.ledger import worker
from exchange.members.models import Member
from exchange.translating import actions, pieces
from exchange.translating.models import Translation
from tests import cast

TITLE = "Tunafanyaje ili wazee wasikilize watoto?"
BODY = "Katika kijiji chetu wazee huamua.\n\nWatoto hawaulizwi chochote."
MARK = "zebrafinch"


def person(name: str, languages: str) -> Member:
    made = cast.person(name, welcomed_at=now(), accepted_at=now())
    made.languages = languages
    made.save(update_fields=["languages"])
    return made


@pytest.fixture
def baraka(db: None) -> Member:
    """Translates from Kiswahili into English."""
    return person("Baraka", "sw en")


@pytest.fixture
def eshe(db: None) -> Member:
    """Reads both as well: a second reader."""
    return person("Eshe", "en sw")


@pytest.fixture
def question(amina: Member) -> Contribution:
    """A question in Kiswahili."""
    content = Content(title=TITLE, body=BODY, language="sw", countries=("KE",))
    return submit(kind="question", content=content, author=amina)


@pytest.fixture
def translated(
    baraka: Member, eshe: Member, django_capture_on_commit_callbacks: Callable
) -> Callable[..., Translation]:
    """A text carried over, looked at and let out, with all that follows."""

    def make(
        contribution: Contribution,
        *,
        reply: Reply | None = None,
        language: str = "en",
        title: str = f"How do elders come to listen? {MARK}",
        words: str = f"In our village the elders decide {MARK}.",
        by: Member = baraka,
        reader: Member = eshe,
    ) -> Translation:
        with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
            row = actions.begin(contribution=contribution, reply=reply, language=language, by=by)
            original = pieces.of(contribution, reply)
            typed: dict[str, list[str]] = {}
            for piece in original:
                said = title if piece.name == "title" else words
                typed.setdefault(piece.name, []).append(said)
            row = actions.keep(row=row, by=by, typed=typed, version=row.version)
            row = actions.send(row=row, by=by)
            if row.state == Translation.State.WAITING:
                row = actions.approve(row=row, by=reader, version=row.version)
        worker.run_until_idle()
        return row

    return make
