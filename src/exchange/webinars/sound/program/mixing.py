"""Sound that comes in jerks, given out in one even flow: silence where nothing is there. Pure.
Used by the studio."""

from __future__ import annotations

from array import array

from exchange.webinars.sound.places import BYTES_A_SECOND

START_WITH = int(BYTES_A_SECOND * 2.5)  # so much waits before it is played, against small gaps
FIRST_WAIT = 4.0  # seconds after which it is played however little came
FAR_BEHIND = BYTES_A_SECOND * 6
_STEP = BYTES_A_SECOND // 10
_QUIET = 500  # of 32768


class Mixer:
    """A line that was away brings much at once: then pauses between words are left out until we
    are near the present again; no word is."""

    def __init__(self) -> None:
        self._waiting = bytearray()
        self._plays = False
        self._waits_since: float | None = None

    @property
    def behind(self) -> float:
        """Seconds of sound that wait to be played."""
        return len(self._waiting) / BYTES_A_SECOND

    def put(self, sound: bytes) -> None:
        self._waiting += sound

    def take(self, size: int, moment: float) -> tuple[bytes, bool]:
        """Exactly so many bytes, and whether any of them is sound that was sent."""
        if not self._may_play(moment):
            return bytes(size), False
        if len(self._waiting) > FAR_BEHIND:
            self._leave_out_pauses(size)
        given = bytes(self._waiting[:size])
        del self._waiting[:size]
        if len(given) < size:
            self._plays = False
        return given + bytes(size - len(given)), True

    def rest(self) -> bytes:
        """All that waits, at once: nothing follows."""
        given = bytes(self._waiting)
        self._waiting.clear()
        return given

    def _may_play(self, moment: float) -> bool:
        if self._plays:
            return True
        if not self._waiting:
            self._waits_since = None
            return False
        if self._waits_since is None:
            self._waits_since = moment
        self._plays = len(self._waiting) >= START_WITH or moment - self._waits_since > FIRST_WAIT
        if self._plays:
            self._waits_since = None
        return self._plays

    def _leave_out_pauses(self, size: int) -> None:
        """Look at what comes next in tenths of a second and drop the quiet ones."""
        at = 0
        while at < size and len(self._waiting) - at > FAR_BEHIND:
            if _is_quiet(self._waiting[at : at + _STEP]):
                del self._waiting[at : at + _STEP]
            else:
                at += _STEP


def _is_quiet(sound: bytearray) -> bool:
    samples = array("h", bytes(sound[: len(sound) // 2 * 2]))
    return max(samples) < _QUIET and min(samples) > -_QUIET
