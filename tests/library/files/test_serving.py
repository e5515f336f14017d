"""A file at its own address: whole, in parts, asked for anew, and to nobody who may not see it."""

import hashlib

import pytest
from django.test import Client

from exchange.contributions import sealing
from exchange.contributions.actions import withdraw
from exchange.core import sending
from exchange.library.files import actions, store
from exchange.library.health import usage
from exchange.library.models import File, Resource, UsageDay
from exchange.members.models import Member
from tests.cast import signed_in
from tests.library.files import made

pytestmark = pytest.mark.django_db


def bytes_of(file: File) -> bytes:
    return b"".join(store.pieces(file.store_key, 0, file.size))


def test_a_file_comes_whole_with_everything_that_keeps_it_harmless(
    visitor: Client, beatriz: Member, ours: Resource
) -> None:
    upload = made.sent(made.pdf(pages=3))
    out = actions.keep(upload=upload, by=beatriz, resource=ours, name="Report of May.pdf")
    page = visitor.get(out.get_absolute_url())
    assert page.status_code == 200
    assert page.getvalue() == bytes_of(out)
    assert page["Content-Type"] == "application/pdf"
    assert page["Content-Length"] == str(out.size)
    assert page["Content-Disposition"] == 'attachment; filename="Report of May.pdf"'
    assert page["X-Content-Type-Options"] == "nosniff"
    assert page["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert page["Accept-Ranges"] == "bytes"
    assert page["ETag"] == f'"{out.sha256}"'
    assert page["Cache-Control"] == "public, no-cache, no-transform"
    assert f'{ours.get_absolute_url()}>; rel="collection"' in page["Link"]
    assert not page.has_header("X-Robots-Tag")
    assert not page.has_header("Counts")
    assert hashlib.sha256(bytes_of(out)).hexdigest() == out.sha256


def test_asking_for_the_head_alone_costs_nothing(visitor: Client, out: File) -> None:
    page = visitor.head(out.get_absolute_url())
    assert (page.status_code, page["Content-Length"]) == (200, str(out.size))
    assert page.content == b""
    assert visitor.post(out.get_absolute_url()).status_code == 405


@pytest.mark.parametrize(
    ("asked", "start", "stop"),
    [
        ("bytes=0-99", 0, 100),
        ("bytes=100-", 100, None),
        ("bytes=-50", -50, None),
        ("bytes=10-999999999", 10, None),
        ("Bytes = 5 - 5", 5, 6),
        ("bytes=-999999999", 0, None),
    ],
)
def test_a_part_comes_alone(
    visitor: Client, out: File, asked: str, start: int, stop: int | None
) -> None:
    page = visitor.get(out.get_absolute_url(), headers={"Range": asked})
    data = bytes_of(out)[start:stop]
    assert page.status_code == 206
    assert page.getvalue() == data
    assert page["Content-Length"] == str(len(data))
    first = start if start >= 0 else out.size + start
    assert page["Content-Range"] == f"bytes {first}-{first + len(data) - 1}/{out.size}"


@pytest.mark.parametrize(
    "asked", ["bytes=0-1,5-9", "lines=1-2", "bytes=9-3", "bytes=-", "bytes=a-b", "bytes 0-9"]
)
def test_what_is_asked_oddly_is_answered_whole(visitor: Client, out: File, asked: str) -> None:
    page = visitor.get(out.get_absolute_url(), headers={"Range": asked})
    assert (page.status_code, page["Content-Length"]) == (200, str(out.size))


@pytest.mark.parametrize("asked", ["bytes=999999999-", "bytes=-0"])
def test_a_part_behind_the_end_is_not_there(visitor: Client, out: File, asked: str) -> None:
    page = visitor.get(out.get_absolute_url(), headers={"Range": asked})
    assert (page.status_code, page["Content-Range"]) == (416, f"bytes */{out.size}")


def test_a_broken_download_goes_on_only_with_the_same_file(visitor: Client, out: File) -> None:
    def go_on(mark: str) -> int:
        headers = {"Range": "bytes=100-", "If-Range": mark}
        return visitor.get(out.get_absolute_url(), headers=headers).status_code

    assert go_on(f'"{out.sha256}"') == 206
    assert go_on('"another"') == 200
    assert go_on(f'W/"{out.sha256}"') == 200
    assert go_on("Fri, 20 Nov 2026 10:00:00 GMT") == 200


@pytest.mark.parametrize("mark", ['"{}"', 'W/"{}"', '"a", "{}"', "*"])
def test_who_has_it_already_is_told_so(visitor: Client, out: File, mark: str) -> None:
    headers = {"If-None-Match": mark.format(out.sha256)}
    page = visitor.get(out.get_absolute_url(), headers=headers)
    assert (page.status_code, page.content) == (304, b"")
    assert page["ETag"] == f'"{out.sha256}"'
    headers = {"If-None-Match": '"another"'}
    assert visitor.get(out.get_absolute_url(), headers=headers).status_code == 200


def test_words_are_never_packed_so_that_parts_fit(
    visitor: Client, ours: Resource, beatriz: Member
) -> None:
    words = made.sent(b"What people did. " * 500)
    file = actions.keep(upload=words, by=beatriz, resource=ours, name="words.md")
    page = visitor.get(file.get_absolute_url(), headers={"Accept-Encoding": "gzip"})
    assert page["Content-Type"] == "text/plain; charset=utf-8"
    assert page["Content-Disposition"] == 'attachment; filename="words.txt"'
    assert not page.has_header("Content-Encoding")
    assert page["ETag"] == f'"{file.sha256}"'
    assert page.getvalue() == bytes_of(file)


def test_a_recording_opens_where_it_stands(
    visitor: Client, ours: Resource, beatriz: Member
) -> None:
    sound = made.sent(made.mp3())
    file = actions.keep(upload=sound, by=beatriz, resource=ours, name="ripoti ya kijiji.mp3")
    page = visitor.get(file.get_absolute_url())
    assert page["Content-Type"] == "audio/mpeg"
    assert page["Content-Disposition"].startswith("inline")
    rules = page["Content-Security-Policy"]
    assert rules.startswith("sandbox allow-same-origin; default-src 'none'; media-src 'self'")
    assert "script" not in rules


def test_another_name_leads_to_the_right_one(visitor: Client, out: File) -> None:
    wrong = out.get_absolute_url().replace("Report", "Letter")
    assert visitor.get(wrong)["Location"] == out.get_absolute_url()
    assert visitor.get("/library/files/abcdefghijklmnopqrstuv/Report.pdf").status_code == 404


def test_what_waits_is_opened_by_its_sender_and_hosts_alone(
    client: Client, visitor: Client, amina: Member, beatriz: Member, chen: Member, ours: Resource
) -> None:
    file = actions.keep(upload=made.sent(b"Words."), by=amina, resource=ours, name="words.txt")
    address = file.get_absolute_url()
    assert visitor.get(address).status_code == 404
    for member, status in ((amina, 200), (beatriz, 200), (chen, 404)):
        page = signed_in(Client(), member).get(address)
        assert page.status_code == status
    page = signed_in(client, amina).get(address)
    assert page["Cache-Control"] == "private, no-store, no-transform"
    assert page["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("how", ["withdrawn", "held", "sealed"])
def test_a_file_leaves_with_its_record(
    visitor: Client, amina: Member, beatriz: Member, out: File, ours: Resource, how: str
) -> None:
    address = out.get_absolute_url()
    assert visitor.get(address).status_code == 200
    etag = {"If-None-Match": f'"{out.sha256}"'}
    if how == "withdrawn":
        withdraw(contribution=ours, by=amina)
    elif how == "held":
        sealing.hold_for_reports(contribution=ours)
    else:
        sealing.seal(contribution=ours)
    assert visitor.get(address).status_code == 404
    assert visitor.get(address, headers=etag).status_code == 404
    mine = signed_in(Client(), amina).get(address)
    assert mine.status_code == (200 if how == "held" else 404)
    host = signed_in(Client(), beatriz).get(address)
    assert host.status_code == (404 if how == "sealed" else 200)


def test_an_earlier_version_is_not_for_search_machines(
    beatriz: Member, visitor: Client, out: File
) -> None:
    newer = actions.replace(file=out, upload=made.sent(b"Corrected words."), by=beatriz)
    assert visitor.get(out.get_absolute_url()).status_code == 404
    assert visitor.get(newer.get_absolute_url()).status_code == 200
    page = signed_in(Client(), beatriz).get(out.get_absolute_url())
    assert (page.status_code, page["X-Robots-Tag"]) == (200, "noindex")


def test_bytes_that_are_lost_are_not_there(visitor: Client, out: File) -> None:
    store.remove(out.store_key)
    assert visitor.get(out.get_absolute_url()).status_code == 404


def test_taking_a_file_counts_once_whatever_the_parts(
    visitor: Client, out: File, ours: Resource
) -> None:
    usage.tally.forget()
    person = {"User-Agent": "Mozilla/5.0 (Linux; Android 13) Chrome/120 Mobile"}
    for part in ("bytes=0-99", "bytes=100-199", "bytes=200-"):
        visitor.get(out.get_absolute_url(), headers={**person, "Range": part})
    usage.flush()
    day = UsageDay.objects.get(resource=ours, what="taken")
    assert day.times == 1


ARABIC = "تقرير القرية.{}"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (ARABIC.format("pdf"), ARABIC.format("txt")),
        ("../../etc/passwd", "passwd.txt"),
        ("C:\\Users\\Grace\\report.pdf", "report.txt"),
        ("harmless\u202efdp.exe", "harmlessfdp.txt"),
        ("report.pdf.exe", "report.txt"),
        ("invoice.html", "invoice.txt"),
        ("", "file.txt"),
        ("...", "file.txt"),
        ("CON", "file-CON.txt"),
        ('a"b;c\r\nSet-Cookie: x=1.pdf', "a b;c Set-Cookie x=1.txt"),
        ("v1.2 of the plan.pdf", "v1.2 of the plan.txt"),
        ("50% of #children & more?.pdf", "50% of #children & more.txt"),
        ("x" * 400 + ".pdf", "x" * 116 + ".txt"),
    ],
)
def test_a_name_is_kept_in_its_own_script_without_its_tricks(
    visitor: Client, beatriz: Member, ours: Resource, given: str, kept: str
) -> None:
    file = actions.keep(upload=made.sent(b"Words."), by=beatriz, resource=ours, name=given)
    assert file.name == kept
    page = visitor.get(file.get_absolute_url())
    assert page.status_code == 200
    assert "\n" not in page["Content-Disposition"]


def test_only_a_few_long_files_go_to_slow_readers_at_once(
    visitor: Client, out: File, monkeypatch: object
) -> None:
    monkeypatch.setattr(sending, "FREE", 100)
    slow = [visitor.get(out.get_absolute_url()) for _reader in range(sending.LONG_AT_ONCE)]
    page = visitor.get(out.get_absolute_url())
    assert (page.status_code, page["Retry-After"]) == (503, "60")
    assert "Please try again in a minute" in page.content.decode()
    small = visitor.get(out.get_absolute_url(), headers={"Range": "bytes=0-50"})
    assert small.status_code == 206
    assert slow.pop().getvalue() == bytes_of(out)
    assert visitor.get(out.get_absolute_url()).getvalue() == bytes_of(out)
    for answer in slow:
        answer.getvalue()


def test_a_reader_who_goes_away_gives_the_room_back() -> None:
    long = sending.FREE + 1
    bodies = [sending.Body(iter([b"a", b"b"]), long) for _reader in range(sending.LONG_AT_ONCE)]
    with pytest.raises(sending.Full):
        sending.Body(iter([b"a"]), long)
    bodies[0].close()
    bodies[0].close()
    del bodies[1]
    fresh = [sending.Body(iter([b"a"]), long) for _reader in range(2)]
    with pytest.raises(sending.Full):
        sending.Body(iter([b"a"]), long)
    for body in (*bodies, *fresh):
        body.close()


def test_pieces_are_gathered_and_nothing_is_lost() -> None:
    small = [bytes([number % 256]) * 65_536 for number in range(100)]
    body = list(sending.Body(iter(small), 100))
    assert b"".join(body) == b"".join(small)
    assert len(body) == 4
