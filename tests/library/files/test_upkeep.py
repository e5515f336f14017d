"""What the clock does for files: whether they are whole, what the scanner says, what goes."""

import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from exchange.contributions.actions import withdraw
from exchange.contributions.models import Contribution
from exchange.core.time import now
from exchange.library.files import actions, checks, queries, scanning, store, upkeep
from exchange.library.files.kinds import NotTaken
from exchange.library.health import waiting
from exchange.library.models import File, Resource
from exchange.members.models import Member
from exchange.safeguarding import targets
from exchange.safeguarding.actions import report
from exchange.safeguarding.actions.standing import appoint
from exchange.safeguarding.models import Case
from tests.library.files import made

pytestmark = pytest.mark.django_db


def place_of(file: File, settings: object) -> Path:
    return settings.DATA_DIR / "library" / "files" / file.key[:2] / file.key


def test_a_whole_file_is_whole_and_a_changed_or_lost_one_is_not(
    out: File, settings: object
) -> None:
    place = place_of(out, settings)
    assert upkeep.check(file=out) == "whole"
    whole = place.read_bytes()
    for damage in (whole[:-1], whole[:-1] + b"?", whole + b"?"):
        place.write_bytes(damage)
        assert upkeep.check(file=out) == "changed"
    place.unlink()
    assert upkeep.check(file=out) == "missing"
    assert list(File.objects.amiss()) == [out]
    assert waiting.numbers()["files"] == 1


def test_each_hour_a_slice_of_those_looked_at_least_lately(ours: Resource, beatriz: Member) -> None:
    files = [
        actions.keep(upload=made.sent(word * 500), by=beatriz, resource=ours, name="words.txt")
        for word in (b"one ", b"two ", b"six ")
    ]
    assert upkeep.check_some(moment=now(), most=4500) == 2
    assert upkeep.check_some(moment=now(), most=4500) == 1
    assert upkeep.check_some(moment=now(), most=4500) == 0
    later = now() + timedelta(days=40)
    assert upkeep.check_some(moment=later, most=1) == 1
    files[0].refresh_from_db()
    assert files[0].fixity == "whole"


def test_the_command_says_what_is_wrong(out: File, settings: object, capsys: object) -> None:
    call_command("check_files")
    assert "1 files, all whole" in capsys.readouterr().out
    place_of(out, settings).unlink()
    with pytest.raises(CommandError, match="1 of 1"):
        call_command("check_files", "--sweep")
    assert f"missing: file {out.pk}" in capsys.readouterr().out


def test_bytes_without_a_row_are_swept_and_the_others_stay(
    out: File, settings: object, tmp_path: Path
) -> None:
    source = tmp_path / "stray"
    source.write_bytes(b"a crash came between the bytes and the row")
    store.put("files/strayabcdefghijklmnop", source)
    assert upkeep.sweep() == 0
    long_ago = time.time() - 7200
    for path in (settings.DATA_DIR / "library").rglob("*"):
        os.utime(path, (long_ago, long_ago))
    assert upkeep.sweep() == 1
    assert not store.exists("files/strayabcdefghijklmnop")
    assert store.exists(out.store_key)


def test_a_crash_between_bytes_and_row_leaves_nothing(
    amina: Member, monkeypatch: object, settings: object
) -> None:
    def lost(*given: object, **more: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(File, "save", lost)
    with pytest.raises(KeyboardInterrupt):
        actions.keep(upload=made.sent(b"Words."), by=amina, draft_key="d1", name="words.txt")
    assert not [path for path in (settings.DATA_DIR / "library").rglob("*") if path.is_file()]


def test_a_withdrawn_records_bytes_go_after_a_month_unless_a_case_needs_them(
    amina: Member,
    desta: Member,
    out: File,
    ours: Resource,
    django_capture_on_commit_callbacks: Callable,
) -> None:
    withdraw(contribution=ours, by=amina)
    month = timedelta(days=31)
    assert upkeep.clear_old(moment=now() + month - timedelta(days=2)) == 0
    appoint(member=desta, role="lead")
    about = targets.of_contribution(Contribution.objects.get(pk=ours.pk))
    case = report(kind="at-risk", target=about).case
    assert upkeep.clear_old(moment=now() + month) == 0
    Case.objects.filter(pk=case.pk).update(closed_at=now())
    with django_capture_on_commit_callbacks(execute=True):
        assert upkeep.clear_old(moment=now() + month) == 1
    assert not store.exists(out.store_key)


def test_files_of_a_forgotten_draft_go(
    amina: Member, django_capture_on_commit_callbacks: Callable
) -> None:
    file = actions.keep(upload=made.sent(b"Words."), by=amina, draft_key="d1", name="words.txt")
    assert upkeep.clear_old(moment=now() + timedelta(days=89)) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert upkeep.clear_old(moment=now() + timedelta(days=91)) == 1
    assert not store.exists(file.store_key)
    assert queries.of_draft("d1", amina) == []


@pytest.mark.django_db(transaction=True)
def test_one_file_sent_twice_at_once_is_one_file(amina: Member) -> None:
    kept: list[File] = []

    def send() -> None:
        upload = made.sent(made.pdf())
        kept.append(actions.keep(upload=upload, by=amina, draft_key="d1", name="report.pdf"))
        connection.close()

    threads = [threading.Thread(target=send) for _number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(kept) == 3
    assert len({file.pk for file in kept}) == 1
    assert File.objects.count() == 1


# --- the virus scanner ---


class Scanner:
    """A server that speaks clamd's INSTREAM; it finds what holds the word "sickness"."""

    def __init__(self) -> None:
        self.line = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self.line.getsockname()[1]}"
        self.seen: list[bytes] = []
        self.says = b""
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                asked, _address = self.line.accept()
            except OSError:
                return
            with asked, asked.makefile("rb") as given:
                assert given.read(10) == b"zINSTREAM\x00"
                data = b""
                while length := int.from_bytes(given.read(4), "big"):
                    data += given.read(length)
                self.seen.append(data)
                found = b"stream: Test.Sickness FOUND" if b"sickness" in data else b"stream: OK"
                asked.sendall((self.says or found) + b"\x00")


@pytest.fixture
def scanner(settings: object) -> Iterator[Scanner]:
    server = Scanner()
    settings.SCANNER = server.address
    yield server
    server.line.close()


def sent_by(by: Member, ours: Resource, words: bytes = b"Words of health.") -> File:
    return actions.keep(upload=made.sent(words), by=by, resource=ours, name="words.txt")


def test_what_the_scanner_passes_is_out(scanner: Scanner, beatriz: Member, ours: Resource) -> None:
    file = sent_by(beatriz, ours, b"Words of health. " * 20_000)
    assert file.is_out
    assert file.scanned_at is not None
    assert scanner.seen == [b"Words of health. " * 20_000]


def test_what_it_finds_something_in_is_refused_and_not_kept(
    scanner: Scanner, beatriz: Member, ours: Resource, settings: object
) -> None:
    with pytest.raises(NotTaken) as refusal:
        sent_by(beatriz, ours, b"words of sickness")
    assert refusal.value.code == "infected"
    assert not File.objects.exists()
    assert not (settings.DATA_DIR / "library").exists()


def test_while_it_does_not_answer_a_file_waits_and_then_goes_out(
    scanner: Scanner,
    beatriz: Member,
    amina: Member,
    desta: Member,
    ours: Resource,
    settings: object,
) -> None:
    settings.SCANNER = "127.0.0.1:1"
    file = sent_by(beatriz, ours)
    assert not file.is_out
    assert upkeep.scan_waiting() == 0
    assert not queries.beside(ours, None).exists()
    assert not queries.beside(ours, desta).exists()
    settings.SCANNER = scanner.address
    assert upkeep.scan_waiting() == 1
    assert queries.beside(ours, None).get() == file
    assert upkeep.scan_waiting() == 0


def test_what_is_found_later_is_removed_and_hosts_are_told(
    scanner: Scanner,
    beatriz: Member,
    ours: Resource,
    settings: object,
    django_capture_on_commit_callbacks: Callable,
) -> None:
    settings.SCANNER = "/no/such/socket"
    file = sent_by(beatriz, ours, b"words of sickness")
    settings.SCANNER = scanner.address
    with django_capture_on_commit_callbacks(execute=True):
        assert upkeep.scan_waiting() == 1
    assert not store.exists(file.store_key)
    assert list(queries.infected_lately()) == [file]


@pytest.mark.parametrize("says", [b"INSTREAM size limit exceeded. ERROR", b"", b"stream: what?"])
def test_what_it_says_oddly_is_no_pass(
    scanner: Scanner, beatriz: Member, ours: Resource, says: bytes
) -> None:
    scanner.says = says or b"\x00"
    assert not sent_by(beatriz, ours).is_out


def test_a_scanner_behind_a_socket_is_asked_too(tmp_path: Path, settings: object) -> None:
    address = str(tmp_path / "clamd")
    line = socket.socket(socket.AF_UNIX)
    line.bind(address)
    line.listen()

    def serve() -> None:
        asked, _address = line.accept()
        asked.recv(65536)
        time.sleep(0.05)
        asked.sendall(b"stream: OK\x00")
        asked.close()

    threading.Thread(target=serve, daemon=True).start()
    settings.SCANNER = address
    words = tmp_path / "words"
    words.write_bytes(b"words")
    with words.open("rb") as file:
        assert scanning.ask(file) == ""
    line.close()


def test_before_a_deployment_a_store_that_cannot_be_written_is_named(
    settings: object, tmp_path: Path
) -> None:
    assert checks.files_can_be_kept() == []
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
    settings.SCANNER = "127.0.0.1:1"
    (tmp_path / "instead").write_bytes(b"a file where a folder should be")
    settings.DATA_DIR = tmp_path / "instead"
    assert [one.id for one in checks.files_can_be_kept()] == ["library.E001", "library.W001"]
