"""What stands inside a group is found at no public door, and by nobody who does not belong to it.
Run by pytest alone."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

import pytest
from django.test import Client

from exchange.contributions.actions import publish, submit, withdraw
from exchange.contributions.models import Contribution
from exchange.conversation import marks
from exchange.conversation.actions import answer
from exchange.conversation.models import Reply
from exchange.core import doors
from exchange.core.time import now
from exchange.ledger import worker
from exchange.mail.models import OutgoingMail
from exchange.mail.queries import words_held
from exchange.members import dossier
from exchange.members.models import Member
from tests import cast, within
from tests.safeguarding.test_every_door import (
    COMPANION,
    MARK,
    WORDS,
    _content,
    _published,
    _shows,
)

pytestmark = pytest.mark.django_db
Committed = Callable[..., AbstractContextManager[object]]
KINDS = ("question", "experience", "idea", "discussion", "notice")


@dataclass
class World:
    """Something marked inside a group, and the doors as each sort of person finds them."""

    marked: doors.Marked
    row: Contribution
    insider: Member
    outsiders: dict[str, Client]

    def open_doors(self) -> set[str]:
        return {
            f"{door.name} ({who})"
            for door in doors.every()
            for who, client in self.outsiders.items()
            # Letters are looked at by whom they go to, further down.
            if not (door.reads and door.purposes) and self._stands_behind(door, client)
        }

    def _stands_behind(self, door: doors.Door, client: Client) -> bool:
        if door.reads:
            return MARK in door.reads(self.marked).casefold()
        assert door.pages
        if door.kinds and self.marked.kind not in door.kinds:
            return False
        return any(_shows(client, path) for path in door.pages(self.marked))


@pytest.fixture
def world(amina, beatriz, chen, django_capture_on_commit_callbacks) -> Callable[..., World]:
    def make(kind: str, *, with_answer: bool = False) -> World:
        group = within.group(is_listed=True)
        femi = cast.person("Femi", welcomed_at=now())
        gone = cast.person("Gone", welcomed_at=now())
        outside = cast.person("Outside", welcomed_at=now())
        for member in (amina, femi, gone):
            within.belongs(group, member)
        with django_capture_on_commit_callbacks(execute=True):
            other = _published("question", outside, beatriz, marked=False)
            content = _content(kind) if not with_answer else _content(kind, "Ours", "Plain words.")
            row = submit(
                kind=kind, content=content, author=amina, insist=True, space=group, is_inside=True
            )
            if row.state != within.OUT:
                host = cast.person("Hana", welcomed_at=now())
                within.belongs(group, host, within.Role.HOST)
                row = publish(contribution=row, by=host, version=1)
            reply: Reply | None = None
            if with_answer:
                marks.follow(member=gone, contribution=row, level="each")
                reply = answer(contribution=row, author=femi, body=WORDS, language="en")
        within.belongs(group, gone, state=within.State.LEFT)
        worker.run_until_idle()
        marked = doors.Marked(
            kind=kind,
            pk=row.pk,
            word=MARK,
            companion=COMPANION,
            address=row.get_absolute_url(),
            author_id=amina.pk,
            reply_id=reply.pk if reply else 0,
            topic="child-participation",
            country="KE",
            neighbour=other.get_absolute_url(),
        )
        people = {"member": outside, "newcomer": chen, "host": beatriz, "former": gone}
        clients = {name: cast.signed_in(Client(), one) for name, one in people.items()}
        return World(marked, row, femi, {"visitor": Client(), **clients})

    return make


@pytest.mark.parametrize("kind", KINDS)
def test_no_door_shows_it_to_anybody_outside(world, kind):
    here = world(kind)

    assert here.row.state == within.OUT
    assert here.open_doors() == set()


@pytest.mark.parametrize("kind", ["question", "notice"])
def test_no_door_shows_an_answer_to_it_to_anybody_outside(world, kind):
    here = world(kind, with_answer=True)

    assert Reply.objects.get(pk=here.marked.reply_id).state == within.OUT
    assert here.open_doors() == set()


def test_those_inside_find_it_on_its_page_and_in_the_list(world):
    here = world("discussion")
    client = cast.signed_in(Client(), here.insider)

    for path in (here.marked.address, "/hubs/kitui/", "/hubs/kitui/talk/"):
        assert _shows(client, path)
        assert not any(_shows(other, path) for other in here.outsiders.values())


@pytest.mark.parametrize("with_answer", [False, True])
def test_letters_with_it_go_to_those_inside_alone(world, with_answer):
    here = world("discussion", with_answer=with_answer)

    got = set(
        OutgoingMail.objects.filter(text__icontains=MARK).values_list("to_address", flat=True)
    )

    assert got == {"amina@example.org" if with_answer else here.insider.email}


def test_withdrawn_it_is_gone_inside_and_from_every_letter(
    world, amina, django_capture_on_commit_callbacks: Committed
):
    here = world("discussion")
    with django_capture_on_commit_callbacks(execute=True):
        withdraw(contribution=here.row, by=amina)
    worker.run_until_idle()

    client = cast.signed_in(Client(), here.insider)
    assert not any(
        _shows(client, path) for path in (here.marked.address, "/hubs/kitui/", "/hubs/kitui/talk/")
    )
    assert MARK not in words_held(containing=MARK)


def test_the_copy_of_ones_own_holds_it_and_no_other(world, amina):
    here = world("discussion")

    assert MARK in str(dossier.export(amina))
    assert MARK not in str(dossier.export(here.insider))
