"""The pages of files: on the record, adding one, a newer version, taking away, and the desk."""

from collections.abc import Callable

import pytest
from django.test import Client

from exchange.contributions import sealing
from exchange.contributions.actions import publish
from exchange.core import uploads
from exchange.ledger import worker
from exchange.library.files import actions, store, upkeep
from exchange.library.files.beside import beside
from exchange.library.models import File, Resource
from exchange.members.models import Member
from tests.cast import signed_in
from tests.library.files import made

pytestmark = pytest.mark.django_db


def page_of(client: Client, resource: Resource) -> str:
    return client.get(resource.get_absolute_url()).content.decode()


def sending(client: Client, resource: Resource, data: bytes, name: str = "report.pdf", **more: str):
    given = {"file": made.sent(data, name), **more}
    return client.post(f"/library/{resource.pk}/files/", given)


def test_a_record_shows_its_files_with_kind_size_and_mark(
    visitor: Client, out: File, ours: Resource
) -> None:
    page = page_of(visitor, ours)
    assert out.get_absolute_url() in page
    assert "TXT, 11 kB" in page
    assert out.sha256 in page
    assert "Add a file" not in page


def test_a_record_without_files_says_nothing_of_files(visitor: Client, ours: Resource) -> None:
    assert 'id="files"' not in page_of(visitor, ours)


def test_a_member_adds_a_file_and_is_told_what_was_taken_out(
    client: Client, amina: Member, ours: Resource
) -> None:
    signed_in(client, amina)
    assert "Add a file" in page_of(client, ours)
    answer = sending(client, ours, made.pdf(), label="The annex", language="sw")
    assert answer.status_code == 302
    page = page_of(client, ours)
    assert "The file is kept: PDF" in page
    assert "We took out of it: who made it, with what and when." in page
    assert "A host opens it before others can." in page
    assert "The annex" in page
    assert "waits for a host" in page
    file = File.objects.get()
    assert (file.language, file.label, file.by) == ("sw", "The annex", amina)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "This file is empty."),
        (b"MZ program", "This is a program."),
        (made.pdf()[:900], "its end is missing"),
        (made.packed({"a": "b"}), "This is an archive."),
    ],
)
def test_a_refused_file_is_said_in_one_sentence_and_the_words_stay(
    client: Client, amina: Member, ours: Resource, data: bytes, said: str
) -> None:
    answer = sending(signed_in(client, amina), ours, data, label="Kiambatisho cha ripoti")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert said in page
    assert "Kiambatisho cha ripoti" in page
    assert not File.objects.exists()


def test_too_large_a_file_keeps_what_was_typed(
    client: Client, amina: Member, ours: Resource, settings: object
) -> None:
    settings.LARGEST_LIBRARY_FILE = 200_000
    answer = sending(signed_in(client, amina), ours, bytes(900_000), label="Kiambatisho")
    assert answer.status_code == 422
    assert "larger than 0 MB" in answer.content.decode()
    assert "Kiambatisho" in answer.content.decode()


def test_a_form_without_a_file_asks_for_one(client: Client, amina: Member, ours: Resource) -> None:
    signed_in(client, amina)
    answer = client.post(f"/library/{ours.pk}/files/", {"label": "Kiambatisho"})
    assert answer.status_code == 422
    assert "Please choose a file first." in answer.content.decode()


def test_a_visitors_words_wait_while_they_sign_in_and_their_file_is_not_written_down(
    client: Client, amina: Member, ours: Resource, settings: object
) -> None:
    answer = sending(client, ours, made.pdf(), label="Kiambatisho")
    assert answer.status_code == 302
    assert not list(settings.FILE_UPLOAD_TEMP_DIR.iterdir())
    client.force_login(amina)
    page = client.get(f"/library/{ours.pk}/files/?unsent=1").content.decode()
    assert "Kiambatisho" in page


def test_strangers_find_no_page_to_add_to(
    client: Client, chen: Member, ours: Resource, out: File
) -> None:
    signed_in(client, chen)
    assert client.get(f"/library/{ours.pk}/files/").status_code == 404
    assert sending(client, ours, made.pdf()).status_code == 404
    for what in ("replace", "away"):
        address = f"/library/{ours.pk}/files/{out.pk}/{what}/"
        assert client.get(address).status_code == 404
        assert client.post(address).status_code == 404
    assert File.objects.get().state == "kept"


def test_a_newer_version_stands_first_and_hosts_see_the_earlier_one(
    client: Client, visitor: Client, beatriz: Member, ours: Resource, out: File
) -> None:
    signed_in(client, beatriz)
    address = f"/library/{ours.pk}/files/{out.pk}/replace/"
    assert "Report of May" in client.get(address).content.decode()
    answer = client.post(address, {"file": made.sent(b"Corrected words.", "report2.txt")})
    assert answer.status_code == 302
    assert "Earlier version 1" in page_of(client, ours)
    public = page_of(visitor, ours)
    assert "version 2" in public
    assert "Earlier version" not in public
    assert client.get(address).status_code == 404


def test_taking_away_is_asked_once(
    client: Client,
    amina: Member,
    ours: Resource,
    out: File,
    django_capture_on_commit_callbacks: Callable,
) -> None:
    signed_in(client, amina)
    address = f"/library/{ours.pk}/files/{out.pk}/away/"
    assert "Take this file away?" in client.get(address).content.decode()
    assert File.objects.get().state == "kept"
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(address).status_code == 302
    assert not store.exists(out.store_key)
    assert 'type="text/plain"' not in page_of(client, ours)


def test_a_host_opens_what_waits_and_lets_it_out(
    client: Client, visitor: Client, amina: Member, beatriz: Member, ours: Resource
) -> None:
    file = actions.keep(upload=made.sent(b"Words."), by=amina, resource=ours, name="words.txt")
    signed_in(client, beatriz)
    desk = client.get("/desk/library/files/").content.decode()
    assert file.get_absolute_url() in desk
    assert "I opened it: let it out" in desk
    assert client.post(f"/desk/library/files/{file.pk}/out/").status_code == 302
    assert visitor.get(file.get_absolute_url()).status_code == 200
    assert "No file waits." in client.get("/desk/library/files/").content.decode()


def test_the_desk_is_for_hosts(client: Client, visitor: Client, amina: Member, out: File) -> None:
    assert visitor.get("/desk/library/files/").status_code == 302
    signed_in(client, amina)
    assert client.get("/desk/library/files/").status_code == 404
    assert client.post(f"/desk/library/files/{out.pk}/out/").status_code == 404


def test_the_desk_says_what_is_damaged_and_that_it_is_mended(
    client: Client, visitor: Client, beatriz: Member, out: File, ours: Resource, settings: object
) -> None:
    place = settings.DATA_DIR / "library" / "files" / out.key[:2] / out.key
    whole = place.read_bytes()
    place.write_bytes(whole[:-1] + b"?")
    upkeep.check(file=out)
    signed_in(client, beatriz)
    desk = client.get("/desk/library/files/").content.decode()
    assert "not as it was kept" in desk
    assert ">1</small>" in client.get("/desk/").content.decode()
    assert "perhaps damaged here" in page_of(visitor, ours)
    again = f"/desk/library/files/{out.pk}/again/"
    assert "still not as it was kept" in client.post(again, follow=True).content.decode()
    place.write_bytes(whole)
    assert "whole again" in client.post(again, follow=True).content.decode()
    assert "perhaps damaged" not in page_of(visitor, ours)


def test_the_files_of_a_page_are_one_question_to_the_database(
    ours: Resource, out: File, amina: Member, django_assert_num_queries: Callable
) -> None:
    for reader in (None, amina):
        with django_assert_num_queries(1):
            assert len(beside(ours, reader)["files"]) == 1


def test_a_host_publishes_a_record_and_its_files_are_out(
    amina: Member,
    beatriz: Member,
    ours: Resource,
    django_capture_on_commit_callbacks: Callable,
) -> None:
    sealing.hold_for_reports(contribution=ours)
    ours.refresh_from_db()
    file = actions.keep(upload=made.sent(b"Words."), by=amina, resource=ours, name="words.txt")
    with django_capture_on_commit_callbacks(execute=True):
        publish(contribution=ours, by=beatriz, version=ours.version)
    worker.run_until_idle()
    file.refresh_from_db()
    assert file.is_out


def test_a_form_beyond_everything_is_answered_in_words(
    client: Client, amina: Member, ours: Resource, settings: object
) -> None:
    settings.LARGEST_LIBRARY_FORM = 1000
    answer = sending(signed_in(client, amina), ours, bytes(5000))
    assert answer.status_code == 413
    assert "A file may have up to 50 MB" in answer.content.decode()


def test_only_a_few_large_forms_come_in_at_once(
    client: Client, amina: Member, ours: Resource, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "WAIT_SECONDS", 0.01)
    signed_in(client, amina)
    for _form in range(uploads.AT_ONCE):
        assert uploads._turns.acquire(blocking=False)
    try:
        answer = sending(client, ours, b"MZ" + bytes(300_000))
        assert (answer.status_code, answer["Retry-After"]) == (429, "60")
        assert "Please send it again in a minute." in answer.content.decode()
        assert sending(client, ours, b"MZ small").status_code == 422
    finally:
        for _form in range(uploads.AT_ONCE):
            uploads._turns.release()
    for _form in range(uploads.AT_ONCE + 1):
        assert sending(client, ours, b"MZ" + bytes(300_000)).status_code == 422
