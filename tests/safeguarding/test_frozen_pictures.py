"""Pictures beside what is reported are kept as evidence, for handlers alone, until the end.
Run by pytest alone."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from exchange.contributions.models import Contribution, Picture
from exchange.contributions.pictures import actions as pictures
from exchange.contributions.pictures import store
from exchange.conversation.actions import answer
from exchange.core.gates import Outcome, Verdict
from exchange.core.time import now
from exchange.ledger.models import Event
from exchange.members.models import Member
from exchange.safeguarding import frozen, targets
from exchange.safeguarding.actions import handling, keeping, report
from exchange.safeguarding.models import Case, Evidence, Look
from tests import cast
from tests.contributions import files

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def harmless() -> Any:
    return files.reencoded(files.photo())


@pytest.fixture(autouse=True)
def _own_place(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path


def beside(row: Contribution, by: Member, harmless: Any, **more: Any) -> Picture:
    verdict = Verdict(more.pop("outcome", Outcome.PASS))
    ready = pictures.Ready(harmless, "A meeting under a tree", "In May", None, verdict)
    return pictures.add(ready=ready, contribution=row, by=by, **more)


@pytest.fixture
def picture(question: Contribution, amina: Member, harmless: Any) -> Picture:
    return beside(question, amina, harmless)


@pytest.fixture
def case(picture: Picture, lead: Member, deputy: Member, reported: Any) -> Case:
    return reported().case


def kept(case: Case) -> list[dict[str, Any]]:
    return [one for row in case.evidence.all() for one in row.pictures]


def address(case: Case, key: str = "") -> str:
    return f"/desk/concerns/{case.pk}/pictures/{key or kept(case)[0]['id']}/"


def lies_on_disk() -> list[Path]:
    return list(Path(settings.DATA_DIR, "evidence").glob("*"))


def test_what_the_reporter_saw_is_kept_with_its_mark_and_outlives_the_picture(case, picture):
    data = store.read(picture.key, 800)
    store.remove(picture.key)

    (one,) = kept(case)
    assert one["sha256"] == picture.size(800)["sha256"]
    assert (one["alt"], one["caption"]) == ("A meeting under a tree", "In May")
    assert frozen.read(one["id"]) == data
    (file,) = lies_on_disk()
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700


def test_the_same_picture_is_kept_once_and_a_new_one_as_well(reported, picture, lead):
    case = reported("spam").case
    reported("spam")
    assert (len(kept(case)), Evidence.objects.count()) == (1, 1)

    again = files.reencoded(files.photo("PNG", size=(640, 480)))
    beside(picture.contribution, picture.by, again)
    reported("spam")

    assert len({one["sha256"] for one in kept(case)}) == 2


def test_what_the_reporter_does_not_see_is_not_kept(question, amina, harmless, reported):
    waiting = beside(question, amina, harmless, outcome=Outcome.HOLD)
    assert waiting.is_waiting

    assert kept(reported("spam").case) == []
    assert lies_on_disk() == []


def test_of_an_answer_its_own_picture_is_kept(question, picture, amina, harmless, lead):
    reply = answer(contribution=question, author=amina, body="Ours.", language="en")
    beside(question, amina, harmless, reply_number=reply.pk)

    case = report(kind="at-risk", target=targets.of_reply(reply)).case

    assert len(kept(case)) == 1
    assert len(kept(report(kind="spam", target=targets.of_contribution(question)).case)) == 1


def test_a_report_is_taken_in_though_the_disk_fails(picture, reported, monkeypatch, caplog):
    def full(_data: bytes) -> str:
        raise OSError("no space left")

    monkeypatch.setattr(frozen, "keep", full)

    case = reported().case

    assert (case.is_sealed, kept(case)) == (True, [])
    assert f"picture {picture.pk} could not be kept" in caplog.text
    assert "tree" not in caplog.text


def test_handlers_alone_open_it_and_every_look_is_written_down(
    case, lead, deputy, beatriz, amina, chen, signed_in
):
    refused = {who: signed_in(Client(), who).get(address(case)) for who in (beatriz, amina, chen)}
    assert [answer.status_code for answer in refused.values()] == [404, 404, 404]
    assert Client().get(address(case)).status_code == 302
    assert not Look.objects.exists()

    opened = signed_in(Client(), lead).get(address(case))

    assert opened.status_code == 200
    assert opened.content == frozen.read(kept(case)[0]["id"])
    assert list(Look.objects.values_list("by", "what")) == [(lead.pk, "image")]
    headers = {
        "Content-Type": "image/webp",
        "Cache-Control": "private, no-store",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
    }
    assert {name: opened[name] for name in headers} == headers


def test_who_stepped_aside_or_asks_by_another_case_gets_nothing(case, lead, deputy, reported):
    client = cast.signed_in(Client(), lead)
    other = report(kind="spam", target=targets.GENERAL).case
    key = kept(case)[0]["id"]
    assert client.get(address(case)).status_code == 200

    assert client.get(address(other, key)).status_code == 404
    assert client.get(address(case, "A" * 22)).status_code == 404
    handling.step_aside(case=case, by=lead)
    assert client.get(address(case, key)).status_code == 404


def test_without_the_second_factor_nothing_is_served(case, lead):
    client = Client()
    client.force_login(lead)

    assert client.get(address(case)).status_code == 302
    assert not Look.objects.exists()


def test_on_the_page_it_is_folded_and_loaded_only_when_opened(case, at_desk):
    page = f"/desk/concerns/{case.pk}/"
    assert "/pictures/" not in at_desk.get(page).content.decode()

    unfolded = at_desk.post(f"{page}words/").content.decode()

    veil = re.search(r'<details class="veil">.*?<img ([^>]*)>', unfolded, re.DOTALL)
    assert veil
    assert 'loading="lazy"' in veil[1]
    assert address(case) in veil[1]
    assert list(Look.objects.values_list("what", flat=True)) == ["case", "words"]


def test_a_file_that_was_changed_is_said_to_be(case, at_desk):
    (file,) = lies_on_disk()
    file.write_bytes(b"something else")

    unfolded = at_desk.post(f"/desk/concerns/{case.pk}/words/").content.decode()

    assert "it was changed since it was kept" in unfolded
    assert "<img" not in unfolded


def test_it_is_destroyed_with_the_case_and_the_mark_stays(
    case, lead, at_desk, django_capture_on_commit_callbacks
):
    where, mark = address(case), kept(case)[0]["sha256"]
    handling.close(case=case, by=lead, outcome="acted")
    case.refresh_from_db()

    keeping.destroy_due(moment=case.opened_at)
    assert len(lies_on_disk()) == 1
    with django_capture_on_commit_callbacks(execute=True):
        keeping.destroy_due(moment=case.keep_until)

    assert lies_on_disk() == []
    assert kept(case) == [{"sha256": mark}]
    assert at_desk.get(where).status_code == 404
    assert at_desk.post(f"/desk/concerns/{case.pk}/words/").status_code == 200


def test_files_no_evidence_names_are_swept_and_others_stay(case, monkeypatch):
    frozen.keep(b"of a report that was never taken in")
    monkeypatch.setattr(frozen, "OLD_SECONDS", -60)

    keeping.destroy_due(moment=case.opened_at)

    assert [file.stem for file in lies_on_disk()] == [kept(case)[0]["id"]]


def test_the_ledger_knows_nothing_of_it(case):
    told = str(list(Event.objects.values()))

    assert not any(said in told for said in ("tree", "In May", kept(case)[0]["id"]))


def hidden_long_ago(picture: Picture) -> None:
    Picture.objects.filter(pk=picture.pk).update(hidden_at=now() - timedelta(days=40))


def stands(picture: Picture) -> bool:
    pictures.hide_run_out(moment=now())
    return Picture.objects.standing().filter(pk=picture.pk).exists()


@pytest.mark.parametrize("ends", ["let stand", "closed", "nothing"])
def test_a_consent_that_ran_out_removes_no_evidence_until_the_case_allows(
    case, picture, lead, ends
):
    hidden_long_ago(picture)
    assert stands(picture)

    if ends == "let stand":
        handling.let_stand(case=case, by=lead)
    elif ends == "closed":
        handling.close(case=case, by=lead, outcome="acted")

    assert stands(picture) is (ends == "nothing")


def test_a_case_that_sealed_nothing_keeps_no_picture_longer(picture, reported, lead):
    assert not reported("spam").case.is_sealed
    hidden_long_ago(picture)

    assert not stands(picture)


def test_the_picture_of_a_sealed_answer_waits_and_others_do_not(
    question, picture, amina, harmless, lead
):
    reply = answer(contribution=question, author=amina, body="Ours.", language="en")
    own = beside(question, amina, harmless, reply_number=reply.pk)
    report(kind="at-risk", target=targets.of_reply(reply))
    hidden_long_ago(picture)
    hidden_long_ago(own)

    assert (stands(own), stands(picture)) == (True, False)
