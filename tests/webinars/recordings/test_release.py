"""From minutes of sound to a recording that is out: made once, heard by two hosts, taken back.
Run by pytest alone."""

import subprocess
from datetime import timedelta

import pytest

from exchange.contributions.actions import withdraw
from exchange.contributions.errors import NotAllowed
from exchange.contributions.models import Contribution
from exchange.contributions.sealing import seal
from exchange.core.time import now
from exchange.ledger import worker
from exchange.ledger.actions import record
from exchange.ledger.models import Event
from exchange.ledger.registry import GiveUp, NotYet
from exchange.webinars.errors import AlreadyDone
from exchange.webinars.models import Hearing, Presenter, Recording, Webinar
from exchange.webinars.recordings import actions, joining, places, queries, working
from exchange.webinars.recordings.errors import NotAgreed, NotHeard, NotJoined
from exchange.webinars.sound import places as sounds
from exchange.webinars.sound import queries as sound
from tests.webinars.recordings.conftest import heard, is_out

pytestmark = pytest.mark.django_db
State = Recording.State


def spoken_by(webinar, name, *, agrees, **fields):
    given = {"answer": Presenter.Answer.AGREED, "may_be_recorded": agrees, **fields}
    return Presenter.objects.create(webinar=webinar, name=name, **given)


def length_of(path):
    told = subprocess.run(
        ["ffprobe", "-v", "quiet", "-show_entries", "format=duration", "-of", "csv=p=0", path],
        check=True,
        capture_output=True,
        text=True,
    )
    return float(told.stdout)


def test_minutes_become_one_small_file_of_each_sort(waiting):
    assert waiting.state == State.WAITING
    assert waiting.seconds == 6
    assert (waiting.opus_bytes, waiting.mp3_bytes) == (
        places.file(waiting.key, "opus").stat().st_size,
        places.file(waiting.key, "mp3").stat().st_size,
    )
    for sort in ("opus", "mp3"):
        assert 5.5 < length_of(places.file(waiting.key, sort)) < 6.6
    assert not list(places.root().glob(".making-*"))


def test_it_is_made_by_itself_when_the_hour_has_ended_and_only_once(
    sounded, beatriz, django_capture_on_commit_callbacks
):
    for _time in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            record("webinar.ended", subject_type="webinar", subject_id=sounded.pk)
        worker.run_until_idle()

    row = Recording.objects.get(webinar=sounded)
    assert row.state == State.WAITING
    assert Event.objects.filter(kind="recording.waiting").count() == 1


def test_nothing_is_made_that_was_not_announced_or_has_no_sound(sounded, over, broadcast):
    sounded.is_recorded = False
    assert actions.begin(webinar=sounded) is None

    sounded.is_recorded = True
    broadcast.pieces.all().delete()
    row = actions.begin(webinar=sounded)

    with pytest.raises(GiveUp, match="no-sound"):
        working.make(row.pk)
    broadcast.delete()
    assert actions.begin(webinar=over) is None


def test_the_last_minute_is_waited_for(sounded, broadcast):
    sounds.place(places.root().parent, broadcast.key).ended.unlink()
    row = actions.begin(webinar=sounded)

    with pytest.raises(NotYet):
        working.make(row.pk)

    sounds.place(places.root().parent, broadcast.key).ended.touch()
    working.make(row.pk)
    row.refresh_from_db()
    assert row.state == State.WAITING


def test_a_sound_program_that_fell_is_waited_for_a_day_at_most(sounded, broadcast):
    sounds.place(places.root().parent, broadcast.key).ended.unlink()
    row = actions.begin(webinar=sounded)
    Webinar.objects.filter(pk=sounded.pk).update(ended_at=now() - timedelta(hours=25))

    working.make(row.pk)

    row.refresh_from_db()
    assert row.state == State.WAITING


def test_interrupted_it_begins_anew_and_without_ffmpeg_it_says_so(sounded, monkeypatch):
    row = actions.begin(webinar=sounded)
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(GiveUp, match="no-ffmpeg"):
        working.make(row.pk)
    row.refresh_from_db()
    assert row.state == State.MAKING

    monkeypatch.undo()
    places.file(row.key, "mp3").write_bytes(b"half")
    assert actions.begin(webinar=sounded) == row
    working.make(row.pk)

    assert length_of(places.file(row.key, "mp3")) > 5.5


def test_what_is_no_sound_is_no_recording(sounded, broadcast):
    place = sounds.place(places.root().parent, broadcast.key)
    for number in (1, 2, 3):
        place.piece(number, "mp3").write_bytes(b"not sound at all")

    with pytest.raises(NotJoined, match="ffmpeg-failed"):
        joining.join(sound.pieces(sounded), key="a-key-of-twenty-two-ab")


def test_two_different_hosts_release_it_and_one_alone_does_not(waiting, beatriz, desta):
    heard(waiting, beatriz)
    heard(waiting, beatriz)
    waiting.refresh_from_db()
    assert (waiting.state, is_out(waiting)) == (State.WAITING, False)

    after = heard(waiting, desta)

    assert (after.state, is_out(waiting)) == (State.RELEASED, True)
    assert after.released_at is not None
    assert Event.objects.filter(kind="recording.released").count() == 1
    assert set(waiting.hearings.values_list("by_name", flat=True)) == {"Beatriz", "Desta"}


def test_who_has_not_opened_it_cannot_say_yes_and_a_member_neither(waiting, beatriz, amina):
    with pytest.raises(NotHeard):
        actions.say(recording=waiting, by=beatriz, says_yes=True)
    with pytest.raises(NotAllowed):
        heard(waiting, amina)

    assert not Hearing.objects.exists()
    assert heard(waiting, beatriz).hearings.count() == 1


def test_that_a_host_opened_it_is_written_down_once(waiting, beatriz):
    for _time in range(3):
        actions.note_played(recording=waiting, by=beatriz)

    kept = Event.objects.filter(kind=queries.PLAYED)
    assert list(kept.values_list("actor_id", "subject_id")) == [(beatriz.pk, waiting.pk)]


def test_one_no_keeps_it_in_and_takes_it_back(waiting, beatriz, desta):
    assert heard(waiting, beatriz, yes=False, note="Minute 3").state == State.REFUSED
    assert heard(waiting, desta).state == State.REFUSED
    assert not is_out(waiting)

    assert heard(waiting, beatriz).state == State.RELEASED
    assert is_out(waiting)
    assert heard(waiting, desta, yes=False).state == State.REFUSED
    assert not is_out(waiting)


def test_a_presenter_who_has_not_agreed_blocks_making_and_release(sounded, beatriz):
    presenter = spoken_by(sounded, "Dr Otieno", agrees=False)
    with pytest.raises(NotAgreed) as refused:
        actions.begin(webinar=sounded)
    assert refused.value.names == ["Dr Otieno"]

    Presenter.objects.filter(pk=presenter.pk).update(may_be_recorded=True)
    row = actions.begin(webinar=sounded)
    working.make(row.pk)
    Presenter.objects.filter(pk=presenter.pk).update(may_be_recorded=False)

    with pytest.raises(NotAgreed):
        heard(row, beatriz)
    assert heard(row, beatriz, yes=False).state == State.REFUSED


@pytest.mark.parametrize(
    "change",
    [
        {"may_be_recorded": False},
        {"answer": Presenter.Answer.LEFT, "answered_at": now()},
        {"answer": Presenter.Answer.LEFT, "name": ""},
    ],
)
def test_an_agreement_taken_back_takes_the_recording_from_everybody(released, change):
    presenter = spoken_by(released.webinar, "Dr Otieno", agrees=True)
    assert is_out(released)

    Presenter.objects.filter(pk=presenter.pk).update(**{"answered_at": now(), **change})

    assert not is_out(released)


def test_who_left_before_it_began_has_nothing_to_say(released):
    before = released.webinar.webinar.went_live_at - timedelta(days=1)
    gone = {"answer": Presenter.Answer.LEFT, "answered_at": before}
    spoken_by(released.webinar, "Dr Otieno", agrees=False, **gone)
    assert is_out(released)


def test_taken_away_it_is_gone_in_one_act_with_its_files(
    released, beatriz, amina, django_capture_on_commit_callbacks
):
    with pytest.raises(NotAllowed):
        actions.take_away(recording=released, by=amina)
    assert is_out(released)

    with django_capture_on_commit_callbacks(execute=True):
        after = actions.take_away(recording=released, by=beatriz)

    assert after.state == State.GONE
    assert not is_out(released)
    assert not any(places.file(released.key, sort).exists() for sort in ("mp3", "opus"))
    with pytest.raises(AlreadyDone):
        actions.take_away(recording=released, by=beatriz)
    with pytest.raises(AlreadyDone):
        heard(released, beatriz)


@pytest.mark.parametrize("act", [seal, withdraw])
def test_it_leaves_with_its_webinar(released, beatriz, act):
    row = Contribution.objects.get(pk=released.webinar_id)

    act(contribution=row) if act is seal else act(contribution=row, by=beatriz)

    assert not is_out(released)


def test_what_was_refused_or_withdrawn_is_destroyed_after_a_month(
    waiting, beatriz, django_capture_on_commit_callbacks
):
    heard(waiting, beatriz, yes=False)
    assert actions.clear_old(moment=now() + timedelta(days=29)) == 0
    assert places.file(waiting.key, "mp3").exists()

    with django_capture_on_commit_callbacks(execute=True):
        assert actions.clear_old(moment=now() + timedelta(days=31)) == 1

    assert not places.file(waiting.key, "mp3").exists()


def test_released_ones_stay_and_files_without_a_row_go(released):
    stray = places.root() / "a-stray-key-of-a-fall.mp3"
    stray.write_bytes(b"x")

    assert actions.clear_old(moment=now() + timedelta(days=400)) == 0

    assert not stray.exists()
    assert places.file(released.key, "mp3").exists()
