"""Where the bytes of the library lie: our own folder, and a real server that speaks S3."""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import boto3
import pytest
from django.test import Client
from moto.server import ThreadedMotoServer

from exchange.library.files import actions, checks, store, upkeep
from exchange.library.models import Resource
from exchange.members.models import Member
from tests.library.files import made

KEY = "files/abcdefghijklmnopqrstuv"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """A server of its own process thread, spoken to over HTTP."""
    moto = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    moto.start()
    host, port = moto.get_host_and_port()
    yield f"http://{host}:{port}"
    moto.stop()


@pytest.fixture(params=["disk", "s3"])
def place(request: pytest.FixtureRequest, settings: object, tmp_path: Path) -> str:
    """Both places, so that every sentence below holds for both."""
    settings.DATA_DIR = tmp_path
    settings.LIBRARY_STORE = ""
    if request.param == "s3":
        address = request.getfixturevalue("server")
        boto3.client(
            "s3",
            endpoint_url=address,
            region_name="us-east-1",
            aws_access_key_id="ours",
            aws_secret_access_key="secret",
        ).create_bucket(Bucket="library")
        settings.LIBRARY_STORE = f"s3://library/{tmp_path.name}?endpoint={address}"
        settings.LIBRARY_STORE_KEY, settings.LIBRARY_STORE_SECRET = "ours", "secret"
    return request.param


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "sent"
    path.write_bytes(bytes(range(256)) * 1000)
    return path


def test_what_is_put_comes_out_whole(place: str, source: Path) -> None:
    store.put(KEY, source)
    assert store.size(KEY) == 256_000
    assert b"".join(store.pieces(KEY, 0, 256_000)) == source.read_bytes()
    assert source.exists()


def test_a_part_is_that_part_alone(place: str, source: Path) -> None:
    store.put(KEY, source)
    assert b"".join(store.pieces(KEY, 255_990, 256_000)) == source.read_bytes()[-10:]
    assert b"".join(store.pieces(KEY, 70_000, 140_001)) == source.read_bytes()[70_000:140_001]
    assert b"".join(store.pieces(KEY, 5, 5)) == b""


def test_an_opened_file_is_a_real_one(place: str, source: Path) -> None:
    store.put(KEY, source)
    with store.opened(KEY) as file:
        assert os.fstat(file.fileno()).st_size == 256_000
        assert file.read() == source.read_bytes()


def test_putting_again_replaces(place: str, source: Path) -> None:
    store.put(KEY, source)
    source.write_bytes(b"another")
    store.put(KEY, source)
    assert b"".join(store.pieces(KEY, 0, 7)) == b"another"


def test_what_is_removed_is_missing_and_twice_is_no_trouble(place: str, source: Path) -> None:
    store.put(KEY, source)
    assert store.exists(KEY)
    store.remove(KEY)
    store.remove(KEY)
    assert not store.exists(KEY)
    with pytest.raises(FileNotFoundError):
        store.pieces(KEY, 0, 1)
    with pytest.raises(FileNotFoundError), store.opened(KEY):
        pass


def test_the_sweep_passes_over_what_was_just_put(place: str, source: Path) -> None:
    store.put(KEY, source)
    assert list(store.old_keys("files")) == []


def test_the_sweep_finds_what_is_older(place: str, source: Path, monkeypatch: object) -> None:
    store.put(KEY, source)
    monkeypatch.setattr(store, "OLD_SECONDS", -5)
    assert list(store.old_keys("files")) == [KEY]
    assert list(store.old_keys("figures")) == []


@pytest.mark.parametrize("key", ["files/../../etc/passwd", "/etc/passwd", "files/short", "", "x"])
def test_a_key_that_is_none_of_ours_is_not_looked_for(place: str, key: str) -> None:
    with pytest.raises(ValueError, match="not a key"):
        store.size(key)


def test_files_on_disk_are_this_users_alone(settings: object, tmp_path: Path, source: Path) -> None:
    settings.DATA_DIR, settings.LIBRARY_STORE = tmp_path, ""
    store.put(KEY, source)
    place = tmp_path / "library" / "files" / "ab" / "abcdefghijklmnopqrstuv"
    assert place.stat().st_mode & 0o077 == 0
    assert place.parent.stat().st_mode & 0o077 == 0


def test_what_an_interrupted_writing_left_is_swept(
    settings: object, tmp_path: Path, source: Path
) -> None:
    settings.DATA_DIR, settings.LIBRARY_STORE = tmp_path, ""
    store.put(KEY, source)
    rest = tmp_path / "library" / "files" / "ab" / ".half"
    rest.write_bytes(b"half")
    long_ago = time.time() - 7200
    os.utime(rest, (long_ago, long_ago))
    assert list(store.old_keys("files")) == []
    assert not rest.exists()


@pytest.mark.django_db
def test_a_file_is_kept_served_checked_and_taken_away_wherever_it_lies(
    place: str,
    beatriz: Member,
    record: Resource,
    visitor: Client,
    django_capture_on_commit_callbacks: Callable,
) -> None:
    words = made.sent(b"What people did before anybody came.")
    file = actions.keep(upload=words, by=beatriz, resource=record, name="words.txt")
    page = visitor.get(file.get_absolute_url(), headers={"Range": "bytes=5-10"})
    assert (page.status_code, page.getvalue()) == (206, b"people")
    assert upkeep.check(file=file) == "whole"
    with django_capture_on_commit_callbacks(execute=True):
        actions.take_away(file=file, by=beatriz)
    assert not store.exists(file.store_key)
    assert visitor.get(file.get_absolute_url()).status_code == 404
    assert checks.files_can_be_kept() == []


def test_a_store_that_cannot_be_reached_is_named(settings: object) -> None:
    settings.LIBRARY_STORE = "s3://library?endpoint=http://127.0.0.1:1"
    settings.LIBRARY_STORE_KEY, settings.LIBRARY_STORE_SECRET = "ours", "secret"
    (fault,) = checks.files_can_be_kept()
    assert "cannot be kept" in fault.msg
