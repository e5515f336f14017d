"""Withdrawn in one act, gone from every way out; and no way out that nobody registered.
Run by pytest alone."""

import ast
import html
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import get_resolver

from exchange.alerts.telling.actions import tell_follower
from exchange.contributions import sealing
from exchange.contributions.actions import bring_in, expire_due, publish, submit, withdraw
from exchange.contributions.content import Content
from exchange.contributions.models import Contribution
from exchange.conversation import marks
from exchange.conversation.actions import answer, withdraw_reply
from exchange.conversation.models import Reply
from exchange.conversation.sealing import hold_reply_for_reports, seal_reply
from exchange.core import doors
from exchange.core.time import now
from exchange.hubs.models import Space
from exchange.ledger import registry, worker
from exchange.library.models import Resource
from exchange.mail.models import OutgoingMail
from exchange.members import dossier
from exchange.members.models import Member
from tests import cast
from tests.house.test_addresses import routes
from tests.house.tree import REAL, chain, in_order
from tests.library.carried import on_every_shelf
from tests.organisations.working import works_somewhere
from tests.safeguarding.not_outward import NEVER, NOT_OUTWARD, SILENT, SILENT_MAIL

pytestmark = pytest.mark.django_db
Committed = Callable[..., AbstractContextManager[object]]

MARK, COMPANION = "zebrafinch", "quokkatea"
WORDS = f"The {MARK} evenings with {COMPANION} brought us together again."
PARTS = ("faced", "did", "who_led", "changed", "differently", "tell_others")
KINDS = ("question", "experience", "idea", "discussion", "notice", "resource", "brief")


@dataclass
class World:
    """What is published, as the doors see it, with those who look."""

    marked: doors.Marked
    row: Contribution
    host: Member
    reader: Member
    reply: Reply | None = None
    clients: list[Client] = field(default_factory=list)

    def open_doors(self) -> set[str]:
        """The doors behind which the mark stands, for a visitor or for another member."""
        return {door.name for door in doors.every() if self._stands_behind(door)}

    def _stands_behind(self, door: doors.Door) -> bool:
        if not door.lets_out(self.marked):
            return False
        if door.reads:
            return MARK in door.reads(self.marked).casefold()
        assert door.pages
        return any(
            _shows(client, path) for path in door.pages(self.marked) for client in self.clients
        )

    def expected(self) -> set[str]:
        return {door.name for door in doors.every() if door.lets_out(self.marked)}


def _shows(client: Client, path: str) -> bool:
    """Twice: the second answer may come from the page cache."""
    client.get(path)
    page = client.get(path)
    return (
        page.status_code == 200
        and MARK in html.unescape(page.getvalue().decode(errors="replace")).casefold()
    )


def _content(kind: str, title: str = f"{MARK} {COMPANION}", words: str = WORDS) -> Content:
    return Content(
        title=title,
        body="" if kind == "experience" else words,
        topics=("child-participation",),
        countries=("KE",),
        setting="village",
        parts=dict.fromkeys(PARTS, words) if kind == "experience" else {},
        organisation=words[:100] if kind == "notice" else "",
        expires_at=now() + timedelta(days=9) if kind == "notice" else None,
        columns={"starts_on": now().date()} if kind == "notice" else {},
        summary=words,
    )


def _published(kind: str, author: Member, host: Member, *, marked: bool = True) -> Contribution:
    plain = "Meetings of our committee, every week, in the shade."
    content = _content(kind) if marked else _content(kind, "Committee meetings", plain)
    if kind == "resource":
        row: Contribution = Resource()
        row.author_id = author.pk
        row = bring_in(kind=kind, content=content, shown_as=author.shown_name, row=row, by=host)
        Contribution.objects.filter(pk=row.pk).update(author=author)
        on_every_shelf(pk=row.pk, host=host)
        return Contribution.objects.get(pk=row.pk)
    newcomer = Member.objects.filter(pk=author.pk)
    newcomer.update(welcomed_at=None, accepted_at=None)
    author.refresh_from_db()
    row = submit(kind=kind, content=content, author=author, insist=True)
    return publish(contribution=row, by=host, version=1)


@pytest.fixture
def world(amina, beatriz, django_capture_on_commit_callbacks) -> Callable[..., World]:
    def make(kind: str, *, with_answer: bool = False) -> World:
        femi = cast.person("Femi", welcomed_at=now())
        works_somewhere(amina, host=beatriz)
        Space.objects.create(kind="hub", slug="near", name="Near", countries="KE")
        with django_capture_on_commit_callbacks(execute=True):
            other = _published("question", femi, beatriz, marked=False)
            row = _published(kind, amina, beatriz, marked=not with_answer)
            reply = None
            if with_answer:
                marks.follow(member=femi, contribution=row, level="each")
                reply = answer(contribution=row, author=beatriz, body=WORDS, language="en")
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
        people = [Client(), cast.signed_in(Client(), femi)]
        return World(marked, row, beatriz, femi, reply, people)

    return make


@pytest.mark.parametrize("kind", KINDS)
def test_withdrawn_in_one_act_it_is_gone_from_every_door(
    world, kind, django_capture_on_commit_callbacks: Committed
):
    here = world(kind)
    assert here.open_doors() == here.expected()

    with django_capture_on_commit_callbacks(execute=True):
        withdraw(contribution=here.row, by=here.host, note="Sorry.", recall=True)
    worker.run_until_idle()

    assert here.open_doors() == set()


@pytest.mark.parametrize("kind", ["question", "resource"])
@pytest.mark.parametrize("act", [sealing.seal, sealing.withdraw_sealed, sealing.hold_for_reports])
def test_sealed_or_held_after_publication_it_is_gone_as_well(
    world, act, kind, django_capture_on_commit_callbacks: Committed
):
    here = world(kind)
    assert here.open_doors() == here.expected()

    with django_capture_on_commit_callbacks(execute=True):
        act(contribution=here.row)
    OutgoingMail.objects.filter(state="sent").delete()
    worker.run_until_idle()

    left = here.open_doors()
    # What is held is still its author's: the note about it goes to them, with the title.
    to_author = OutgoingMail.objects.exclude(to_address="amina@example.org")
    assert not to_author.filter(text__icontains=MARK).exists()
    letters = {"letters, waiting or kept", "letters of the library"}
    assert left <= (letters if act is sealing.hold_for_reports else set())


def test_a_notice_that_has_ended_keeps_its_page_and_leaves_every_other_door(
    world, django_capture_on_commit_callbacks: Committed
):
    here = world("notice")
    OutgoingMail.objects.all().delete()

    with django_capture_on_commit_callbacks(execute=True):
        assert expire_due(moment=now() + timedelta(days=10)) == 1
    worker.run_until_idle()

    stay = {door.name for door in doors.every() if door.stays_when_ended}
    assert here.open_doors() == stay


@pytest.mark.parametrize("kind", ["question", "notice"])
@pytest.mark.parametrize("act", ["withdraw", "seal", "hold"])
def test_an_answer_taken_back_is_gone_from_every_door(
    world, kind, act, django_capture_on_commit_callbacks: Committed
):
    here = world(kind, with_answer=True)
    assert here.reply is not None
    assert here.open_doors() == here.expected()

    with django_capture_on_commit_callbacks(execute=True):
        if act == "withdraw":
            withdraw_reply(reply=here.reply, by=here.host)
        else:
            (seal_reply if act == "seal" else hold_reply_for_reports)(reply=here.reply)
    if act == "hold":
        OutgoingMail.objects.filter(state="sent").delete()
    worker.run_until_idle()

    assert here.open_doors() == set()


def test_answers_leave_with_the_question_they_stand_under(
    world, django_capture_on_commit_callbacks: Committed
):
    here = world("question", with_answer=True)

    with django_capture_on_commit_callbacks(execute=True):
        withdraw(contribution=here.row, by=here.host)
    worker.run_until_idle()

    assert here.open_doors() == set()


def test_a_letter_that_waits_is_never_sent_and_one_not_written_yet_never_written(
    world, django_capture_on_commit_callbacks: Committed
):
    here = world("question", with_answer=True)
    assert here.reply is not None
    OutgoingMail.objects.all().delete()
    tell_follower(reply_id=here.reply.pk, member_id=here.reader.pk)
    second = answer(contribution=here.row, author=here.host, body=f"{MARK} again", language="en")
    assert MARK in OutgoingMail.objects.get().text

    with django_capture_on_commit_callbacks(execute=True):
        withdraw_reply(reply=here.reply, by=here.host)
        withdraw_reply(reply=second, by=here.host)
    worker.run_until_idle()

    assert list(OutgoingMail.objects.values_list("state", "text")) == [("dropped", "")]


def test_the_copy_of_others_never_held_it_and_their_own_does(world, amina):
    here = world("question")

    assert MARK in str(dossier.export(amina))
    assert MARK not in str(dossier.export(here.reader))


def test_a_drafts_address_shows_other_people_nothing_of_it(world, amina):
    here = world("question")
    addresses = [
        f"/contributions/{here.row.pk}/words/",
        f"/contributions/{here.row.pk}/withdrawal/",
    ]

    assert all(_shows(cast.signed_in(Client(), amina), path) for path in addresses)
    assert not any(_shows(client, path) for client in here.clients for path in [*addresses, "/me/"])


def unregistered(names: set[str]) -> set[str]:
    known = set().union(*NEVER.values(), *(door.routes for door in doors.every()))
    return {name for name in names - known if not name.startswith(tuple(NOT_OUTWARD))}


def test_every_address_is_a_registered_door_or_never_carries_words():
    names = {name or path for path, name, _pattern in routes(get_resolver())}

    assert len(names) > 60
    assert unregistered(names) == set()
    assert unregistered({"discovery:feed"}) == {"discovery:feed"}


def test_every_listener_that_writes_words_outward_is_registered():
    known = set().union(*(door.consumers for door in doors.every()))
    silent = tuple(SILENT)

    loud = {name for name in registry.consumers if not name.startswith(silent)}

    assert loud == known
    assert known <= set(registry.consumers)


def test_every_sort_of_mail_is_registered():
    known = set(SILENT_MAIL).union(*(door.purposes for door in doors.every()))

    found = {
        word.value.value
        for module in REAL.modules("src")
        for node in in_order(module.tree)
        if isinstance(node, ast.Call) and chain(node.func)[-1:] == ["queue_mail"]
        for word in node.keywords
        if word.arg == "purpose" and isinstance(word.value, ast.Constant)
    }

    assert "alert" in found
    assert found <= known


def test_a_door_that_stays_open_would_be_seen(world):
    here = world("question")
    here.marked = replace(here.marked, reply_id=0)
    withdraw(contribution=here.row, by=here.host)

    # Nothing was committed and no work was done: the letters and the index are as they were.
    assert {"letters, waiting or kept", "entry of the index"} <= here.open_doors()
