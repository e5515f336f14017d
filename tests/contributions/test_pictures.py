"""Pictures: who agreed, who sees them, and that nothing is left over."""

import os
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from exchange.contributions import actions as words
from exchange.contributions.content import Content
from exchange.contributions.models import Consent, Contribution, Picture, State
from exchange.contributions.pictures import actions, clock, store
from exchange.core.gates import Outcome, Verdict
from exchange.core.time import now
from exchange.ledger import worker
from exchange.ledger.models import Event
from exchange.mail.models import OutgoingMail
from exchange.members import dossier
from exchange.members.models import Member
from tests.contributions import files

pytestmark = pytest.mark.django_db

TODAY = now().date()
CONSENT: dict[str, Any] = {
    "who": "adult",
    "person_agreed": True,
    "guardian_agreed": False,
    "how": "written",
    "agreed_on": TODAY,
    "use": "here",
    "until": TODAY + timedelta(days=300),
}


@pytest.fixture(scope="module")
def harmless() -> Any:
    return files.reencoded(files.photo())


def ready(harmless: Any, outcome: Outcome = Outcome.PASS, **consent: Any) -> actions.Ready:
    agreed = actions.Agreed(**{**CONSENT, **consent}) if consent else None
    return actions.Ready(harmless, "A meeting under a tree", "", agreed, Verdict(outcome))


@pytest.fixture
def question(amina: Member) -> Contribution:
    content = Content(title="Where do you meet?", body="Ours is a tree.")
    return words.submit(kind="question", content=content, author=amina)


@pytest.fixture
def picture(question: Contribution, amina: Member, harmless: Any) -> Picture:
    return actions.add(ready=ready(harmless), contribution=question, by=amina)


@pytest.fixture(autouse=True)
def _no_files_left(db: None) -> Iterator[None]:
    yield
    for picture in Picture.objects.all():
        store.remove(picture.key)


def address(picture: Picture, size: int = 320) -> str:
    return f"/pictures/{picture.key}/{size}.webp"


def lies_on_disk(picture: Picture) -> list[Path]:
    return sorted(Path(settings.DATA_DIR, "pictures").glob(f"??/{picture.key}/*"))


def test_a_picture_is_served_with_what_keeps_a_browser_safe(
    visitor: Client, picture: Picture
) -> None:
    response = visitor.get(address(picture))

    assert response.status_code == 200
    assert response.content[:4] == b"RIFF"
    assert {
        name: response[name]
        for name in (
            "Content-Type",
            "X-Content-Type-Options",
            "Content-Security-Policy",
            "Content-Disposition",
            "Cache-Control",
        )
    } == {
        "Content-Type": "image/webp",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Content-Disposition": 'inline; filename="picture-320.webp"',
        "Cache-Control": "no-cache",
    }

    again = visitor.get(address(picture), headers={"If-None-Match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    "path", ["/pictures/{key}/321.webp", "/pictures/nothing-here-at-all/320.webp"]
)
def test_there_are_no_other_files(visitor: Client, picture: Picture, path: str) -> None:
    assert visitor.get(path.format(key=picture.key)).status_code == 404


def test_taken_away_it_is_gone_at_once_with_every_file(
    visitor: Client, picture: Picture, amina: Member, signed_in: Any, transactional_db: None
) -> None:
    etag = visitor.get(address(picture))["ETag"]
    assert len(lies_on_disk(picture)) == 3
    client = signed_in(Client(), amina)

    client.post(f"/pictures/{picture.key}/withdrawal/")

    assert lies_on_disk(picture) == []
    for reader in (visitor, client):
        again = reader.get(address(picture), headers={"If-None-Match": etag})
        assert again.status_code == 404
    row = Picture.objects.get()
    assert (row.alt, row.source_sha256) == ("", "")
    assert Event.objects.filter(kind="picture.withdrawn", subject_id=picture.pk).exists()


def test_somebody_else_cannot_take_it_away(picture: Picture, chen: Member, signed_in: Any) -> None:
    client = signed_in(Client(), chen)

    assert client.post(f"/pictures/{picture.key}/withdrawal/").status_code == 404
    assert Picture.objects.standing().exists()


def test_consent_that_is_withdrawn_is_forgotten_with_the_picture(
    question: Contribution, amina: Member, beatriz: Member, harmless: Any, signed_in: Any
) -> None:
    picture = actions.add(ready=ready(harmless, who="adult"), contribution=question, by=amina)
    client = signed_in(Client(), beatriz)

    client.post(f"/pictures/{picture.key}/withdrawal/", {"consent": "1"})

    assert not Consent.objects.exists()
    assert not Picture.objects.standing().exists()
    assert Event.objects.filter(kind="picture.consent_withdrawn").count() == 1


@pytest.mark.parametrize("what", ["withdrawn", "waiting", "held"])
def test_a_picture_is_seen_only_with_its_words(
    what: str,
    visitor: Client,
    question: Contribution,
    picture: Picture,
    chen: Member,
    signed_in: Any,
) -> None:
    assert visitor.get(address(picture)).status_code == 200
    Contribution.objects.filter(pk=question.pk).update(state=State(what))

    assert visitor.get(address(picture)).status_code == 404
    assert signed_in(Client(), chen).get(address(picture)).status_code == 404


def test_beside_sealed_words_nobody_sees_a_picture_and_no_dossier_tells_of_it(
    question: Contribution, picture: Picture, amina: Member, beatriz: Member, signed_in: Any
) -> None:
    readers = [Client(), signed_in(Client(), amina), signed_in(Client(), beatriz)]
    assert [one.get(address(picture)).status_code for one in readers] == [200, 200, 200]
    Contribution.objects.filter(pk=question.pk).update(state=State.SEALED, sealed_at=now())

    assert [one.get(address(picture)).status_code for one in readers] == [404, 404, 404]
    assert dossier.export(amina)["contributions"]["pictures"] == []


def test_a_waiting_picture_is_seen_by_its_owner_and_hosts_until_a_host_lets_it_out(
    question: Contribution,
    amina: Member,
    beatriz: Member,
    chen: Member,
    harmless: Any,
    signed_in: Any,
) -> None:
    waiting = actions.add(ready=ready(harmless, Outcome.HOLD), contribution=question, by=amina)
    readers = {m.display_name: signed_in(Client(), m) for m in (amina, beatriz, chen)}
    readers["visitor"] = Client()

    seen = {name: client.get(address(waiting)).status_code for name, client in readers.items()}
    refused = readers["Amina"].post(f"/pictures/{waiting.key}/publication/")
    readers["Beatriz"].post(f"/pictures/{waiting.key}/publication/")

    assert seen == {"Amina": 200, "Beatriz": 200, "Chen": 404, "visitor": 404}
    assert refused.status_code == 404
    assert readers["visitor"].get(address(waiting)).status_code == 200


def test_a_newcomer_s_picture_waits_with_the_words_and_goes_out_with_them(
    visitor: Client, chen: Member, beatriz: Member, harmless: Any
) -> None:
    content = Content(title="Where do you meet?")
    row = words.submit(kind="question", content=content, author=chen)
    verdict = actions.judged(alt="A tree", caption="", file_name="a.jpg", by=chen)
    picture = actions.add(
        ready=actions.Ready(harmless, "A tree", "", None, verdict), contribution=row, by=chen
    )
    assert picture.is_waiting
    assert visitor.get(address(picture)).status_code == 404

    words.publish(contribution=row, by=beatriz, version=row.version)
    worker.run_until_idle()

    assert visitor.get(address(picture)).status_code == 200


def test_withdrawing_the_words_removes_the_files(
    question: Contribution, picture: Picture, amina: Member
) -> None:
    words.withdraw(contribution=question, by=amina)
    worker.run_until_idle()

    # on_commit does not run inside a test's transaction; the row says that they must go.
    assert Picture.objects.get().gone_at is not None


def test_withdrawn_words_leave_no_file(
    transactional_db: None, question: Contribution, picture: Picture, amina: Member
) -> None:
    words.withdraw(contribution=question, by=amina)
    worker.run_until_idle()

    assert lies_on_disk(picture) == []


def test_a_file_sent_twice_is_one_picture(
    question: Contribution, picture: Picture, amina: Member, harmless: Any
) -> None:
    again = actions.add(ready=ready(harmless), contribution=question, by=amina)

    assert again.pk == picture.pk
    assert len(list(Path(settings.DATA_DIR, "pictures").glob("??/*"))) == 1


def test_there_are_at_most_four(question: Contribution, amina: Member) -> None:
    for number in range(4):
        made = files.reencoded(files.photo(size=(40 + number, 30)))
        actions.add(ready=ready(made), contribution=question, by=amina)
    fifth = files.reencoded(files.photo(size=(60, 30)))

    with pytest.raises(actions.TooMany):
        actions.add(ready=ready(fifth), contribution=question, by=amina)

    assert len(list(Path(settings.DATA_DIR, "pictures").glob("??/*"))) == 4


# --- consent ---


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"who": "adult"}, ""),
        ({"who": "child", "guardian_agreed": True}, ""),
        ({"until": TODAY + timedelta(days=5 * 365)}, ""),
        ({"who": "child"}, "child and a parent or guardian"),
        ({"who": "child", "person_agreed": False, "guardian_agreed": True}, "child and a parent"),
        ({"who": "adult", "person_agreed": False}, "agreed themselves"),
        ({"agreed_on": TODAY + timedelta(days=1)}, "cannot lie ahead"),
        ({"agreed_on": date(2024, 1, 1), "until": TODAY}, "run out already"),
        ({"until": TODAY + timedelta(days=6 * 366)}, "at most five years"),
    ],
)
def test_consent_is_taken_only_whole(
    change: dict[str, Any], why: str, question: Contribution, amina: Member, harmless: Any
) -> None:
    given = ready(harmless, **change)
    if not why:
        actions.add(ready=given, contribution=question, by=amina)
        assert Consent.objects.get().who == given.consent.who
        return

    with pytest.raises(actions.ConsentMissing) as refused:
        actions.add(ready=given, contribution=question, by=amina)

    assert why in str(refused.value.why)
    assert not Picture.objects.exists()


def test_consent_that_has_run_out_hides_the_picture_and_tells_people(
    visitor: Client,
    question: Contribution,
    amina: Member,
    beatriz: Member,
    harmless: Any,
) -> None:
    picture = actions.add(ready=ready(harmless, who="adult"), contribution=question, by=amina)
    moment = now() + timedelta(days=302)

    clock.consents(now())
    assert visitor.get(address(picture)).status_code == 200
    clock.consents(moment)
    clock.consents(moment)

    assert visitor.get(address(picture)).status_code == 404
    mails = OutgoingMail.objects.filter(purpose="picture-consent")
    assert sorted(mails.values_list("to_address", flat=True)) == [amina.email, beatriz.email]
    assert not any("tree" in mail.subject for mail in mails)

    clock.consents(moment + timedelta(days=31))
    assert not Picture.objects.standing().exists()


# --- the dossier, and the sweep ---


def test_the_dossier_tells_of_pictures_and_the_name_leaves_them(
    question: Contribution, amina: Member, harmless: Any
) -> None:
    actions.add(ready=ready(harmless, who="adult"), contribution=question, by=amina)

    told = dossier.export(amina)["contributions"]
    dossier.erase(amina)

    assert [one["alt"] for one in told["pictures"]] == ["A meeting under a tree"]
    assert [one["how"] for one in told["consents"]] == ["written"]
    assert Picture.objects.get().by is None
    assert Consent.objects.exists()


def test_files_without_a_row_are_swept_and_others_stay(picture: Picture, harmless: Any) -> None:
    store.put("an-upload-cut-short-0", harmless.sizes)
    left = Path(settings.FILE_UPLOAD_TEMP_DIR) / "left.upload"
    left.write_bytes(b"x")
    actions.sweep()
    assert store.read("an-upload-cut-short-0", 320)

    for old in (left, *Path(settings.DATA_DIR, "pictures").glob("??/*")):
        os.utime(old, (1, 1))
    actions.sweep()

    assert store.read("an-upload-cut-short-0", 320) is None
    assert not left.exists()
    assert len(lies_on_disk(picture)) == 3
