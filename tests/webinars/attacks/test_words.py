"""Words before somebody has read them, and after they were taken down: behind every door they are not.
Run by pytest alone."""

import zipfile
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from exchange.contributions import sealing
from exchange.contributions.models import Contribution
from exchange.core import reportable
from exchange.core.time import now
from exchange.ledger import worker
from exchange.library.files import store
from exchange.library.models import File
from exchange.mail.models import OutgoingMail
from exchange.webinars.after import entering, opening, summing, telling, tried
from exchange.webinars.dialogue import actions
from exchange.webinars.lanes import actions as lanes
from exchange.webinars.models import (
    Asked,
    Broadcast,
    Lane,
    Line,
    LiveCount,
    LiveEvent,
    Phase,
    Piece,
    Poll,
    Presenter,
    Recording,
    Said,
    Slide,
    Summary,
    TeamMember,
    Tried,
    Webinar,
)
from exchange.webinars.rules import Roles
from exchange.webinars.sound import places

pytestmark = pytest.mark.django_db
MARK = "zebrafinch"
HOST = Roles(is_host=True)


@pytest.fixture
def over(live) -> Webinar:
    ended = now() - timedelta(hours=2)
    Webinar.objects.filter(pk=live.pk).update(
        phase=Phase.OVER, starts_at=ended - timedelta(hours=1), ended_at=ended
    )
    return Webinar.objects.get(pk=live.pk)


def _doors(webinar: Webinar) -> list[str]:
    """Everything that a visitor can ask of one hour."""
    base = f"/webinars/{webinar.pk}/live/"
    return [
        webinar.get_absolute_url(),
        base,
        f"/ar{base}",
        f"{base}state/?since=0&lane=en",
        f"{base}state/?as=page&wall=all&lane=en",
        f"{base}lanes/en/",
        f"{base}lanes/en/words.txt",
        f"{base}lanes/en/words.vtt",
        f"{base}slides/",
        f"/webinars/{webinar.pk}.ics",
        "/calendar.ics",
        "/webinars/podcast.xml",
        "/webinars/",
        "/search/?q=elders",
        "/",
    ]


def _where(webinar: Webinar, *clients: Client) -> set[str]:
    """Behind which doors the mark stands; asked twice, for the second answer may be a kept one."""
    return {
        path
        for path in _doors(webinar)
        for client in (*clients, Client(), Client())
        if MARK in client.get(path).content.decode()
    }


def _waiting(webinar: Webinar, seat, amina) -> None:
    lane = Lane.objects.create(webinar=webinar, language="en")
    Line.objects.create(lane=lane, number=1, text=MARK, state="waiting", by=amina)
    given = {"webinar": webinar, "seat": seat, "shown_as": MARK}
    for state in ("waiting", "declined", "hidden"):
        Asked.objects.create(**given, text=MARK, state=state, note=MARK, answer=MARK)
    Asked.objects.create(**given, text=MARK, state="shown", answer=MARK, sealed_at=now())
    Asked.objects.create(webinar=webinar, text="Who begins?", state="shown", mailed=MARK, note=MARK)
    Said.objects.create(**given, text=MARK, state="waiting")
    Said.objects.create(**given, text=MARK, state="hidden")
    Said.objects.create(**given, text=MARK, state="shown", sealed_at=now())
    Poll.objects.create(webinar=webinar, text=MARK, choices=[MARK, "no"])
    Slide.objects.create(webinar=webinar, number=1, title=MARK, text=MARK)
    Slide.objects.create(webinar=webinar, number=2, title=MARK, text=MARK, seen_at=now())
    Presenter.objects.create(webinar=webinar, name=MARK, words=MARK, role=MARK)
    Presenter.objects.create(webinar=webinar, name=MARK, answer="agreed", may_be_named=False)
    Summary.objects.create(webinar=webinar, text=MARK, takeaways=MARK)
    Tried.objects.create(webinar=webinar, seat=seat, what="tried", words=MARK)


def test_what_waits_or_was_put_away_stands_behind_no_door(live, seat, guest, guests_phone, amina):
    _waiting(live, seat, amina)

    assert _where(live, guests_phone) == set()


def test_nor_once_the_hour_is_summed_up(over, seat, guest, guests_phone, amina):
    _waiting(over, seat, amina)
    Webinar.objects.filter(pk=over.pk).update(
        phase=Phase.SUMMED, engine="link", engine_link=f"https://meet.example.org/{MARK}"
    )

    assert _where(over, guests_phone) == set()


def test_what_is_told_to_helpers_presenters_and_one_seat_reaches_no_other(
    live, seat, guest, guests_phone
):
    audiences = ("helpers", "presenters", f"seat:{seat.pk}", "lane:sw")
    for number, audience in enumerate(audiences, start=1):
        LiveEvent.objects.create(
            webinar=live, seq=number, kind="next", audience=audience, payload={"text": MARK}
        )
    LiveCount.objects.update_or_create(webinar=live, defaults={"seq": 9})
    base = f"/webinars/{live.pk}/live/state/?since=0"

    for lane in ("", "&lane=en", "&lane=helpers", "&lane=sw,helpers", f"&lane=seat:{seat.pk}"):
        for client in (guests_phone, Client()):
            assert MARK not in client.get(base + lane).content.decode()
    assert MARK in Client().get(f"{base}&lane=sw").content.decode()


@pytest.mark.django_db(transaction=True)
def test_what_helpers_take_down_is_told_to_nobody_who_comes_later(
    live, seat, beatriz, guests_phone
):
    row = actions.ask(webinar=live, seat=seat, text=f"Of {MARK} and elders?", language="en")
    actions.show(asked=row, by=beatriz, roles=HOST)
    assert f"/webinars/{live.pk}/live/" in _where(live, guests_phone)
    before = guests_phone.get(f"/webinars/{live.pk}/live/")

    actions.hide(asked=row, by=beatriz, roles=HOST)

    assert _where(live, guests_phone) == set()
    again = guests_phone.get(
        f"/webinars/{live.pk}/live/", headers={"If-None-Match": before["ETag"]}
    )
    assert again.status_code == 200
    assert MARK not in str(list(LiveEvent.objects.values_list("payload", flat=True)))


@pytest.mark.django_db(transaction=True)
def test_a_line_that_was_sealed_leaves_the_summary_and_the_record(over, seat, amina, beatriz):
    words = f"The uncle of {MARK} came again."
    lane = Lane.objects.create(webinar=over, language="en")
    line = Line.objects.create(lane=lane, number=1, text=words, by=amina)
    Line.objects.create(lane=lane, number=2, text="Tea helps with fathers.", by=amina)
    row = summing.begin(webinar=over)
    row = summing.write(
        webinar=over, text=f"Good. {words}", takeaways=words, by=beatriz, version=row.version,
        insist=True,
    )  # fmt: skip
    Summary.objects.filter(pk=row.pk).update(state="out", out_at=now())
    Webinar.objects.filter(pk=over.pk).update(phase=Phase.SUMMED)
    hour = Webinar.objects.get(pk=over.pk)
    entering.enter_record(webinar=hour, by=beatriz)
    worker.run_until_idle()

    place = reportable.place("line")
    assert place is not None
    place.seal(line.pk)
    worker.run_until_idle()

    assert MARK not in Client().get(hour.get_absolute_url()).content.decode()
    kept = Contribution.objects.get(pk=Webinar.objects.get(pk=hour.pk).record_id)
    assert MARK not in Client().get(kept.get_absolute_url()).content.decode()
    for file in File.objects.filter(resource_id=kept.pk, state="kept"):
        with store.opened(file.store_key) as raw, zipfile.ZipFile(raw) as book:
            assert MARK not in "".join(book.read(name).decode() for name in book.namelist())


@pytest.mark.django_db(transaction=True)
def test_a_record_that_cannot_be_made_anew_is_hidden_meanwhile(over, amina, beatriz):
    lane = Lane.objects.create(webinar=over, language="en")
    line = Line.objects.create(lane=lane, number=1, text=f"Of {MARK}, again.", by=amina)
    row = summing.begin(webinar=over)
    row = summing.write(
        webinar=over, text="It went well.", takeaways="", by=beatriz, version=row.version
    )
    summing.let_out(webinar=over, by=beatriz, version=row.version)
    hour = Webinar.objects.get(pk=over.pk)
    kept = entering.enter_record(webinar=hour, by=beatriz)
    Summary.objects.filter(pk=row.pk).update(state="draft")

    lanes.take_back(line=line, by=beatriz, roles=HOST)
    worker.run_until_idle()

    assert Client().get(kept.get_absolute_url()).status_code == 404


def test_an_answer_given_elsewhere_does_not_put_a_question_back_on_the_wall(over, seat, beatriz):
    row = Asked.objects.create(webinar=over, seat=seat, text=f"Of {MARK}?", state="shown")
    question = opening.open_question(asked=row, presenter=None, due_on=None, by=beatriz)
    actions.hide(asked=row, by=beatriz, roles=HOST)

    opening.answered_elsewhere(question_id=question.pk)

    row.refresh_from_db()
    assert row.state == "hidden"


def test_a_host_lets_out_the_mail_they_read_and_not_the_one_that_came_after(
    over, seat, beatriz, signed_in
):
    row = Asked.objects.create(webinar=over, seat=seat, text="Who begins?", state="shown")
    opening.open_question(asked=row, presenter=None, due_on=None, by=beatriz)
    opening.keep_mailed_answer(asked=row, words="The elders begin.")
    host = signed_in(Client(), beatriz)
    page = host.get(reverse("webinars-desk:after", args=[over.pk])).content.decode()
    read = page.partition('name="read" value="')[2].partition('"')[0]
    opening.keep_mailed_answer(asked=row, words=f"Ask {MARK}.")
    act = reverse("webinars-desk:after-answer", args=[over.pk, row.pk])

    host.post(act, {"read": read})
    assert Asked.objects.get(pk=row.pk).answer == ""

    opening.keep_mailed_answer(asked=row, words="The elders begin.")
    host.post(act, {"read": read})
    assert Asked.objects.get(pk=row.pk).answer == "The elders begin."


def test_a_host_lets_out_what_was_tried_as_they_read_it(over, guest, beatriz, signed_in):
    tried.say(seat=guest, what="tried", words="We began with tea and elders.")
    host = signed_in(Client(), beatriz)
    page = host.get(reverse("webinars-desk:after-answers", args=[over.pk])).content.decode()
    read = page.partition('name="read" value="')[2].partition('"')[0]
    row = tried.say(seat=guest, what="tried", words=f"We began with {MARK}.")
    act = reverse("webinars-desk:after-tried", args=[over.pk, row.pk])

    host.post(act, {"act": "out", "read": read})

    assert not Tried.objects.get().is_out


def _minute(webinar: Webinar, data) -> str:
    row = Broadcast.objects.create(webinar=webinar, state="closed", closed_at=now())
    place = places.place(data, row.key)
    place.pieces.mkdir(parents=True)
    for kind in places.KINDS:
        place.piece(1, kind).write_bytes(b"sound")
    Piece.objects.create(broadcast=row, number=1, opus_bytes=5, mp3_bytes=5)
    return f"/webinars/{webinar.pk}/sound/1.mp3"


@pytest.mark.parametrize("state", ["refused", "gone"])
def test_sound_that_a_host_refused_or_took_away_is_caught_up_with_by_nobody(
    over, seat, amina, beatriz, state, settings, tmp_path, signed_in
):
    settings.DATA_DIR = tmp_path
    minute = _minute(over, tmp_path)
    member, host = signed_in(Client(), amina), signed_in(Client(), beatriz)
    assert member.get(minute).status_code == 200

    Recording.objects.create(webinar=over, state=state)

    assert member.get(minute).status_code == 404
    assert member.get(minute.replace("1.mp3", "since-1.mp3")).status_code == 404
    assert host.get(minute).status_code == 200


def test_after_a_week_sound_is_heard_as_a_recording_or_not_at_all(
    over, seat, amina, settings, tmp_path, signed_in
):
    settings.DATA_DIR = tmp_path
    minute = _minute(over, tmp_path)
    Webinar.objects.filter(pk=over.pk).update(ended_at=now() - timedelta(days=8), is_recorded=True)

    assert signed_in(Client(), amina).get(minute).status_code == 404


def test_one_tap_does_not_take_away_the_gist_that_was_typed(live, seat, beatriz):
    row = actions.ask(webinar=live, seat=seat, text="How do fathers begin?", language="en")
    actions.show(asked=row, by=beatriz, roles=HOST)
    actions.answer(asked=row, by=beatriz, roles=HOST, gist="With tea.")

    assert actions.answer(asked=row, by=None, roles=Roles(is_presenter=True)).answer == "With tea."
    assert actions.answer(asked=row, by=beatriz, roles=HOST, gist="").answer == ""


def test_presenters_do_not_read_what_waits_in_a_lane(live, amina, beatriz, signed_in):
    lane = Lane.objects.create(webinar=live, language="en")
    Line.objects.create(lane=lane, number=1, text=MARK, state="waiting", by=beatriz)
    Presenter.objects.create(webinar=live, member=amina, name="Amina", answer="agreed")
    address = f"/webinars/{live.pk}/live/lanes/en/"
    phone = signed_in(Client(), amina)

    assert phone.post(address, {"text": ""}).status_code == 404
    TeamMember.objects.create(webinar=live, member=amina, task="writer")
    assert MARK in phone.post(address, {"text": ""}).content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_record_is_hidden_while_its_hour_waits_for_a_host(over, beatriz):
    row = summing.begin(webinar=over)
    row = summing.write(
        webinar=over, text="It went well.", takeaways="", by=beatriz, version=row.version
    )
    summing.let_out(webinar=over, by=beatriz, version=row.version)
    kept = entering.enter_record(webinar=Webinar.objects.get(pk=over.pk), by=beatriz)
    worker.run_until_idle()
    assert Client().get(kept.get_absolute_url()).status_code == 200

    sealing.hold_for_reports(contribution=over)
    worker.run_until_idle()

    assert Client().get(kept.get_absolute_url()).status_code == 404


def test_a_question_that_went_on_by_itself_is_not_shown_once_its_words_are_sealed(
    over, seat, beatriz
):
    row = Asked.objects.create(webinar=over, seat=seat, text=f"Of {MARK}?", state="shown")
    question = opening.open_question(asked=row, presenter=None, due_on=None, by=beatriz)
    place = reportable.place("asked")
    assert place is not None

    place.seal(row.pk)

    assert not Contribution.objects.visible_to(None).filter(pk=question.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_a_letter_that_waits_does_not_carry_away_what_was_sealed(over, seat, amina, beatriz):
    words = f"The uncle of {MARK} came again."
    lane = Lane.objects.create(webinar=over, language="en")
    line = Line.objects.create(lane=lane, number=1, text=words, by=amina)
    Summary.objects.create(webinar=over, text="Good.", takeaways=words, state="out", out_at=now())
    Webinar.objects.filter(pk=over.pk).update(phase=Phase.SUMMED)
    telling.tell_summed(webinar_id=over.pk)
    letter = OutgoingMail.objects.get(purpose="webinar-summed")
    assert telling.still_goes(letter) == ""

    lanes.take_back(line=line, by=beatriz, roles=HOST)

    assert telling.still_goes(letter) == "words-gone"
