"""What the sound program does with pieces: put in order, mixed with silence, written as minutes.
Run by pytest alone."""

import json
import subprocess
import time
from array import array
from pathlib import Path

import pytest

from exchange.webinars.sound.places import BYTES_A_SECOND, Order, Place
from exchange.webinars.sound.program.decoding import PATIENCE, Sitting
from exchange.webinars.sound.program.minutes import FULL, Minutes
from exchange.webinars.sound.program.mixing import FAR_BEHIND, START_WITH, Mixer
from exchange.webinars.sound.program.studio import Studio
from tests.webinars.sound.radio import Radio, hand_in, until

LOUD = array("h", [9000, -9000] * (BYTES_A_SECOND // 4)).tobytes()
SECOND = BYTES_A_SECOND


@pytest.fixture
def place(tmp_path: Path) -> Place:
    place = Place(tmp_path / "sound" / "broadcast-of-a-test")
    place.folder.mkdir(parents=True)
    place.work.mkdir()
    return place


# --- one even flow ---


def test_nothing_sent_is_silence():
    assert Mixer().take(SECOND, 0.0) == (bytes(SECOND), False)


def test_a_little_is_kept_back_before_it_is_played_and_then_nothing_is_lost():
    mixer = Mixer()

    mixer.put(LOUD)
    early = mixer.take(SECOND, 0.1)
    mixer.put(LOUD * 2)
    played = [mixer.take(SECOND, 1.0 + n) for n in range(4)]

    assert early == (bytes(SECOND), False)
    assert [sound for sound, _sent in played[:3]] == [LOUD] * 3
    assert played[3] == (bytes(SECOND), True)


def test_a_short_word_is_played_though_nothing_follows():
    mixer = Mixer()
    mixer.put(LOUD)

    assert not mixer.take(SECOND, 0.0)[1]
    assert mixer.take(SECOND, 4.1) == (LOUD, True)


def test_far_behind_pauses_are_left_out_and_no_word_is():
    mixer = Mixer()
    mixer.put((bytes(SECOND) + LOUD) * 10)
    heard = b""

    for n in range(25):
        heard += mixer.take(SECOND, float(n))[0]

    assert heard.count(LOUD[:100]) >= 10
    assert mixer.behind == 0
    words = array("h", heard)
    assert sum(1 for one in words if one) == 10 * SECOND // 2
    assert START_WITH < FAR_BEHIND


# --- pieces ---


class TestPieces:
    """With pieces as a browser makes them."""

    @pytest.fixture
    def sitting(self, place: Place) -> Sitting:
        folder = place.sitting("s" * 22)
        folder.mkdir(parents=True)
        return Sitting(folder, place.work)

    def _decoded(self, sitting: Sitting, seconds: float, moment: float = 0.0) -> float:
        heard = 0

        def enough() -> bool:
            nonlocal heard
            heard += len(sitting.tend(moment, 0.0))
            return heard >= seconds * SECOND

        until(enough, 5)
        return heard / SECOND

    def test_they_are_decoded_in_their_order_however_they_come(self, radio, place, sitting):
        for number in (2, 0, 1):
            hand_in(place, "s" * 22, number, radio.pieces[number])

        heard = self._decoded(sitting, 2.8)
        sitting.end()

        assert heard < 3.2
        assert sitting.next == 3
        assert not list(place.sitting("s" * 22).iterdir())

    def test_a_missing_one_is_waited_for_and_then_done_without(self, radio, place, sitting):
        for number in (0, 2, 3):
            hand_in(place, "s" * 22, number, radio.pieces[number])

        self._decoded(sitting, 0.8, moment=100.0)
        assert sitting.next == 1
        sitting.tend(100.0 + PATIENCE - 1, 0.0)
        assert sitting.next == 1

        self._decoded(sitting, 1.8, moment=100.1 + PATIENCE)
        sitting.end()

        assert sitting.next == 4

    def test_the_same_one_again_is_not_heard_again(self, radio, place, sitting):
        hand_in(place, "s" * 22, 0, radio.pieces[0])
        self._decoded(sitting, 0.8)
        hand_in(place, "s" * 22, 0, radio.pieces[0])

        assert sitting.tend(0.0, 0.0) == b""
        sitting.end()
        assert not list(place.sitting("s" * 22).iterdir())

    def test_another_decoder_goes_on_in_the_middle(self, radio, place, sitting):
        hand_in(place, "s" * 22, 0, radio.pieces[0])
        self._decoded(sitting, 0.8)
        sitting.end()
        afresh = Sitting(place.sitting("s" * 22), place.work)

        for number in (1, 2):
            hand_in(place, "s" * 22, number, radio.pieces[number])

        assert 1.8 < self._decoded(afresh, 1.8) < 2.2
        afresh.end()

    def test_what_is_no_sound_ends_the_decoder_and_nothing_else(self, radio, place, sitting):
        hand_in(place, "s" * 22, 0, b"\x1aE\xdf\xa3" + b"not sound at all" * 500)
        hand_in(place, "s" * 22, 1, b"neither is this")
        sitting.tend(0.0, 0.0)
        until(lambda: sitting.tend(0.0, 0.0) == b"" and not sitting.decoder, 5)

        hand_in(place, "s" * 22, 2, radio.pieces[0])

        self._decoded(sitting, 0.8)
        sitting.end()


# --- minutes ---


def _settled(minutes: Minutes) -> None:
    until(lambda: not minutes.tend(), 10)


def test_a_full_minute_becomes_two_small_files_and_a_note(place: Place):
    minutes = Minutes(place, 1)

    minutes.add(LOUD * 61, is_sent=True)
    _settled(minutes)

    assert place.numbers() == [1]
    assert json.loads(place.note(1).read_text()) == {"seconds": 60.0}
    assert place.piece(1, "opus").stat().st_size < 120_000
    assert _seconds(place.piece(1, "mp3")) == pytest.approx(60, abs=0.3)
    minutes.end()


def test_numbers_go_on_after_a_fall_and_the_minute_that_was_open_is_filled(place: Place):
    before = Minutes(place, 5)
    before.add(LOUD * 65, is_sent=True)
    # It falls: neither is the full minute encoded, nor the open one closed.
    before._file.close()

    after = Minutes(place, 5)
    after.add(LOUD * 55, is_sent=True)
    _settled(after)

    assert place.numbers() == [5, 6]
    assert {json.loads(place.note(n).read_text())["seconds"] for n in (5, 6)} == {60.0}
    after.end()


def test_an_encoder_that_is_killed_is_started_again(place: Place):
    minutes = Minutes(place, 1)
    minutes.add(LOUD * 60, is_sent=True)
    minutes.tend()
    subprocess.run(["kill", "-9", str(minutes.encoder)], check=True)

    _settled(minutes)

    assert place.numbers() == [1]
    assert place.note(1).exists()
    minutes.end()


def test_a_minute_in_which_nobody_sent_anything_is_no_piece(place: Place):
    minutes = Minutes(place, 1)

    minutes.add(bytes(FULL), is_sent=False)

    assert not minutes.tend()
    assert not list(place.work.iterdir())


def test_what_is_closed_ends_with_its_last_seconds(radio: Radio, place: Place):
    place.sitting("s" * 22).mkdir(parents=True)
    order = Order(1, "s" * 22)
    place.want(order)
    studio = Studio(place, order, None, 0.0)
    for number in range(4):
        hand_in(place, "s" * 22, number, radio.pieces[number])
    moment = 0.0
    while moment < 8:
        studio.tend(moment)
        moment += 0.1
        time.sleep(0.003)

    place.closed.touch()
    until(lambda: not studio.tend(moment), 10)

    assert place.ended.exists()
    assert not place.work.exists()
    assert not place.inbox.exists()
    assert 7 < json.loads(place.note(1).read_text())["seconds"] < 9
    assert loudest(place.piece(1, "mp3")) > -30


def _seconds(path: Path) -> float:
    words = ["ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", path]
    return float(subprocess.run(words, capture_output=True, text=True, check=True).stdout)


def loudest(path: Path) -> float:
    words = ["ffmpeg", "-hide_banner", "-i", path, "-af", "volumedetect", "-f", "null", "-"]
    said = subprocess.run(words, capture_output=True, text=True, check=True).stderr
    return float(said.partition("max_volume: ")[2].split()[0])
