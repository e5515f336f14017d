"""Keeping a file: what is sent, where it lies, with which record it stands, and how it leaves."""

import hashlib
from pathlib import Path

import pytest

from exchange.contributions.actions import withdraw
from exchange.contributions.errors import NotAllowed, TooMany
from exchange.library.files import actions, queries, rules, store
from exchange.library.files.kinds import NotTaken
from exchange.library.models import File, Resource
from exchange.members.models import Member
from tests.library.files import made

pytestmark = pytest.mark.django_db


def kept(by: Member, data: bytes = b"", **fields: object) -> File:
    data = data or b"What people did before anybody came."
    return actions.keep(upload=made.sent(data), by=by, **{"name": "report.txt", **fields})


def test_a_file_of_a_draft_is_kept_with_its_mark_and_size(amina: Member) -> None:
    file = kept(amina, made.pdf(), draft_key="d1")
    assert file.media_type == "application/pdf"
    assert file.size == store.size(file.store_key)
    data = b"".join(store.pieces(file.store_key, 0, file.size))
    assert hashlib.sha256(data).hexdigest() == file.sha256
    assert file.sent_sha256 == hashlib.sha256(made.pdf()).hexdigest()
    assert queries.of_draft("d1", amina) == [file]


def test_the_same_bytes_again_are_the_same_file(amina: Member) -> None:
    data = b"Words of ours."
    assert kept(amina, data, draft_key="d1") == kept(amina, data, draft_key="d1")
    assert len(list(store.old_keys("files"))) + File.objects.count() == 1


def test_a_draft_of_another_is_never_touched(amina: Member, chen: Member, record: Resource) -> None:
    file = kept(amina, draft_key="d1")
    assert queries.of_draft("d1", chen) == []
    assert actions.attach(draft_key="d1", resource=record, by=chen) == []
    file.refresh_from_db()
    assert file.resource is None


def test_a_draft_becomes_a_record_and_its_files_stand_beside_it(
    amina: Member, beatriz: Member, ours: Resource
) -> None:
    file = kept(amina, draft_key="d1")
    assert actions.attach(draft_key="d1", resource=ours, by=amina) == [file]
    assert actions.attach(draft_key="d1", resource=ours, by=amina) == []
    assert not queries.beside(ours, None).exists()
    assert actions.let_out(resource=ours, by=beatriz) == [file]
    assert list(queries.beside(ours, None)) == [file]


def test_what_a_member_sends_to_a_published_record_waits_until_a_host_opens_it(
    amina: Member, beatriz: Member, ours: Resource
) -> None:
    file = kept(amina, resource=ours)
    assert not file.is_out
    assert actions.let_out(resource=ours, by=amina) == []
    assert list(File.objects.waiting()) == [file]
    with pytest.raises(NotAllowed):
        actions.let_out_one(file=file, by=amina)
    assert actions.let_out_one(file=file, by=beatriz)
    assert not File.objects.waiting().exists()
    assert list(queries.beside(ours, None)) == [file]


def test_only_who_added_the_record_and_hosts_add_files(
    amina: Member, chen: Member, beatriz: Member, ours: Resource
) -> None:
    with pytest.raises(NotAllowed):
        kept(chen, resource=ours)
    assert kept(beatriz, resource=ours).is_out


def test_there_is_room_for_so_many_and_no_more(amina: Member, monkeypatch: object) -> None:
    monkeypatch.setattr(rules, "MOST_BESIDE", 1)
    kept(amina, draft_key="d1")
    with pytest.raises(TooMany):
        kept(amina, b"Other words.", draft_key="d1")


def test_a_newcomer_fills_no_disk_in_a_day(amina: Member, chen: Member) -> None:
    whole = rules.NEWCOMERS_BYTES_A_DAY
    assert rules.has_room_today(chen, files=3, size=whole - 1)
    assert not rules.has_room_today(chen, files=3, size=whole)
    assert rules.has_room_today(amina, files=3, size=whole)
    assert not rules.has_room_today(amina, files=rules.MOST_A_DAY, size=0)
    file = kept(chen, draft_key="d1")
    File.objects.filter(pk=file.pk).update(size=whole)
    with pytest.raises(TooMany):
        kept(chen, b"Other words.", draft_key="d2")


def test_a_newer_version_takes_the_place_and_the_old_stays_for_hosts(
    amina: Member, beatriz: Member, ours: Resource
) -> None:
    first = kept(beatriz, resource=ours)
    second = actions.replace(file=first, upload=made.sent(b"Corrected words."), by=beatriz)
    assert second.version == 2
    assert list(queries.beside(ours, None)) == [second]
    assert set(queries.beside(ours, beatriz)) == {first, second}


def test_an_earlier_version_stays_in_sight_while_the_newer_one_waits(
    amina: Member, beatriz: Member, chen: Member, record: Resource
) -> None:
    record.author = chen
    record.save(update_fields=["author"])
    first = kept(beatriz, resource=record)
    second = actions.replace(file=first, upload=made.sent(b"Corrected words."), by=chen)
    assert list(queries.beside(record, None)) == [first]
    actions.take_away(file=second, by=chen)
    assert list(queries.beside(record, None)) == [first]


def test_what_is_taken_away_is_gone_with_its_earlier_versions(
    amina: Member, ours: Resource, django_capture_on_commit_callbacks: object
) -> None:
    first = kept(amina, resource=ours)
    second = actions.replace(file=first, upload=made.sent(b"Corrected words."), by=amina)
    with django_capture_on_commit_callbacks(execute=True):
        actions.take_away(file=second, by=amina)
    for file in (first, second):
        file.refresh_from_db()
        assert (file.state, file.name) == ("gone", "")
        assert not store.exists(file.store_key)


def test_a_stranger_takes_nothing_away(amina: Member, chen: Member, ours: Resource) -> None:
    file = kept(amina, resource=ours)
    with pytest.raises(NotAllowed):
        actions.take_away(file=file, by=chen)
    assert store.exists(file.store_key)


def test_files_of_a_withdrawn_record_are_seen_by_hosts_alone(
    amina: Member, beatriz: Member, ours: Resource
) -> None:
    kept(amina, resource=ours)
    withdraw(contribution=ours, by=amina)
    ours.refresh_from_db()
    assert not queries.beside(ours, None).exists()
    assert not queries.beside(ours, amina).exists()
    assert queries.beside(ours, beatriz).exists()


def test_a_known_file_leads_to_its_record(beatriz: Member, chen: Member, ours: Resource) -> None:
    data = b"Words of ours, in an old editor: \xe9."
    file = kept(beatriz, data, resource=ours)
    sent = hashlib.sha256(data).hexdigest()
    assert queries.known_by_hash(sent, chen).pk == ours.pk
    assert queries.known_by_hash(file.sha256, None).pk == ours.pk
    assert queries.known_by_hash("0" * 64, chen) is None


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"MZ\x90\x00 a program", "program"),
        (b"<!doctype html><title>x</title>", "web-page"),
        (b"\x00\x01\x02\x03 nothing we know", "wrong-type"),
        (b"%PDF-1.4\nno more", "cut-off"),
    ],
)
def test_a_file_we_do_not_take_leaves_nothing_behind(
    amina: Member, data: bytes, code: str, tmp_path: Path
) -> None:
    with pytest.raises(NotTaken) as refusal:
        actions.keep(upload=made.sent(data), by=amina, draft_key="d1", name="report.pdf")
    assert refusal.value.code == code
    assert not File.objects.exists()
    assert not (tmp_path / "library").exists()
