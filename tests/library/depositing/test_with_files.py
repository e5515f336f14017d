"""A record that comes with a file: sent first, remembered by the draft, looked at, let out.
Read by pytest alone."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from exchange.contributions.actions import accept_revision
from exchange.contributions.models import ContextTerm, Revision, State
from exchange.ledger import worker
from exchange.library.depositing.actions import Rights, change, deposit
from exchange.library.files import actions as files
from exchange.library.models import File, Resource
from exchange.library.records import Record, whole_record_of
from exchange.members.models import Member
from tests.library.conftest import shelved
from tests.library.depositing.test_adding import KEY, sent, walk

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Client, Member], Client]
WORDS = b"How elders and children sit together once a month.\n" * 20


def a_file(name: str = "guide.txt", content: bytes = WORDS) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "text/plain")


@pytest.fixture
def phone(amina: Member, signed_in: SignedIn) -> Client:
    return signed_in(Client(), amina)


def test_a_file_sent_is_remembered_and_can_be_taken_out_again(phone: Client) -> None:
    answer = phone.post(f"/library/add/{KEY}/source/", {"file": a_file()})
    assert answer["Location"] == f"/library/add/{KEY}/title/"

    page = phone.get(f"/library/add/{KEY}/source/").content.decode()
    assert "guide.txt" in page
    assert "1 kB" in page

    phone.post(f"/library/add/{KEY}/source/", {"take_back": str(File.objects.get().pk)})
    assert "guide.txt" not in phone.get(f"/library/add/{KEY}/source/").content.decode()


def test_a_file_that_is_not_taken_is_said_and_the_link_stays(phone: Client) -> None:
    program = a_file("run.exe", b"MZ\x90\x00" + b"\x00" * 200)

    answer = phone.post(
        f"/library/add/{KEY}/source/", {"file": program, "url": "https://example.org/kept"}
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="errors"' in page
    assert "https://example.org/kept" in page
    assert not File.objects.exists()


def test_the_same_file_is_caught(phone: Client, amina: Member, beatriz: Member) -> None:
    record = Record(title="Quite another", types=("tool",), topics=("ethics",))
    here = deposit(record=record, rights=Rights(), author=beatriz, once_key="h")
    phone.post(f"/library/add/{KEY}/source/", {"file": a_file()})
    kept = File.objects.get()
    File.objects.create(
        resource=here, name="same.txt", media_type="text/plain", size=1,
        sha256=kept.sha256, sent_sha256=kept.sent_sha256, let_out_at=here.published_at,
    )  # fmt: skip

    answer = phone.post(f"/library/add/{KEY}/title/", {"title": "Something new altogether"})

    assert answer["Location"] == f"/library/add/{KEY}/twins/"
    assert here.get_absolute_url() in phone.get(answer["Location"]).content.decode()


def test_it_waits_for_a_host_who_lets_it_out_with_its_file(
    phone: Client, beatriz: Member, signed_in: SignedIn, visitor: Client
) -> None:
    phone.post(f"/library/add/{KEY}/source/", {"file": a_file()})
    walk(phone, rights={"right": "own", "people": "none"})
    assert "guide.txt, 1 kB" in phone.get(f"/library/add/{KEY}/review/").content.decode()

    sent(phone)

    row, file = Resource.objects.get(), File.objects.get()
    assert (row.state, file.resource_id, file.let_out_at) == (State.WAITING, row.pk, None)
    host = signed_in(Client(), beatriz)
    assert "guide.txt" in host.get("/desk/").content.decode()
    decided = {"what": "publish", "version": row.version, "note": "", "seen": 0}
    host.post(f"/desk/contributions/{row.pk}/decision/", decided)
    worker.run_until_idle()
    file.refresh_from_db()
    assert file.let_out_at is not None
    assert visitor.get(row.get_absolute_url()).status_code == 200


def test_a_file_that_may_not_be_kept_is_not_sent_along(phone: Client) -> None:
    phone.post(f"/library/add/{KEY}/source/", {"file": a_file()})
    walk(phone, rights={"right": "link"})
    assert "the file is not sent along" in phone.get(f"/library/add/{KEY}/review/").content.decode()

    sent(phone)

    assert Resource.objects.get().state == State.PUBLISHED
    assert File.objects.get().resource_id is None


def test_words_a_host_accepts_keep_every_term_and_are_filed_anew(
    amina: Member, beatriz: Member
) -> None:
    record = Record(
        title="Circles", types=("tool",), topics=("ethics",), countries=("KE",),
        regions=("east-africa",), audiences=("trainers",), summary="How it went.",
    )  # fmt: skip
    row = deposit(record=record, rights=Rights(), author=amina, once_key="own")
    terms = set(ContextTerm.objects.values_list("term_id", flat=True))
    said = {**vars(whole_record_of(row)), "title": "Zebra circles"}
    said["summary"] = "Sarah Akello, 12, of Laliya village was beaten. Call 0772 123456."
    change(row=row, record=Record(**said), by=amina, version=row.version, insist=True)

    accept_revision(revision=Revision.objects.get(state=State.WAITING), by=beatriz)
    worker.run_until_idle()

    row.refresh_from_db()
    assert (row.title, row.sort_title) == ("Zebra circles", "zebra circles")
    assert set(ContextTerm.objects.values_list("term_id", flat=True)) == terms
    assert shelved("Circles").title == "Circles"


def test_a_record_and_its_files_come_in_one_act(beatriz: Member) -> None:
    record = Record(title="Circles", types=("tool",), topics=("ethics",), countries=("KE",))
    files.keep(upload=a_file(), by=beatriz, draft_key="own", name="guide.txt")

    row = deposit(record=record, rights=Rights(), author=beatriz, once_key="own", with_file=True)
    again = deposit(record=record, rights=Rights(), author=beatriz, once_key="own", with_file=True)
    worker.run_until_idle()

    file = File.objects.get()
    assert row.pk == again.pk == file.resource_id
    assert row.is_public
    assert file.is_out
