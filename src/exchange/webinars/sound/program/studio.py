"""One open broadcast: pieces in, one even flow out, to the stream and into minutes.
Used by the program's loop."""

from __future__ import annotations

import shutil

from exchange.webinars.sound.places import BYTES_A_SECOND, Order, Place, entries
from exchange.webinars.sound.program.decoding import Sitting
from exchange.webinars.sound.program.minutes import Minutes
from exchange.webinars.sound.program.mixing import Mixer
from exchange.webinars.sound.program.streaming import Stream
from exchange.webinars.sound.setting import Icecast

# The machine stood still for longer: we go on from now, and do not catch up with silence.
_LONGEST_STEP = 3.0


class Studio:
    """Is looked after ten times a second, until it says that it has ended."""

    def __init__(self, place: Place, order: Order, icecast: Icecast | None, moment: float) -> None:
        self.place = place
        self._order = order
        self._mixer = Mixer()
        self._minutes = Minutes(place, order.first)
        self._stream = Stream(icecast, place.key) if icecast else None
        self._sitting: Sitting | None = None
        self._begun = moment
        self._given = 0
        self._is_closing = False

    def tend(self, moment: float) -> bool:
        """One step. False when there is nothing left to do. Raises OSError when the folder went."""
        if self.place.closed.exists() or not self.place.folder.exists():
            return self._close()
        self._listen(moment)
        sound, is_sent = self._mixer.take(self._due(moment), moment)
        if self._stream is not None:
            self._stream.play(sound, moment)
        self._minutes.add(sound, is_sent=is_sent)
        self._minutes.tend()
        return True

    def end(self) -> None:
        """Let go of every program and file; what is on the disk can be taken up again."""
        if self._sitting is not None:
            self._sitting.end()
            self._sitting = None
        if self._stream is not None:
            self._stream.end()
        self._minutes.end()

    def _listen(self, moment: float) -> None:
        order = self.place.wanted() or self._order
        if self._sitting is None or order.sitting != self._order.sitting:
            self._take_over(order)
        if self._sitting is not None:
            self._mixer.put(self._sitting.tend(moment, self._mixer.behind))

    def _take_over(self, order: Order) -> None:
        """Another browser sends now: what the one before sent is played to its end."""
        if self._sitting is not None:
            self._mixer.put(self._sitting.tend(0.0, self._mixer.behind))
            self._sitting.end()
        self._order = order
        self._sitting = Sitting(self.place.sitting(order.sitting), self.place.work)
        for left in entries(self.place.inbox):
            if left.name != order.sitting:
                shutil.rmtree(left, ignore_errors=True)

    def _due(self, moment: float) -> int:
        """How many bytes of sound the clock asks for since the last step."""
        wanted = int((moment - self._begun) * BYTES_A_SECOND) // 2 * 2
        size = wanted - self._given
        self._given = wanted
        return max(0, min(size, int(_LONGEST_STEP * BYTES_A_SECOND)))

    def _close(self) -> bool:
        """Play out what has come into the last minute, and write it."""
        if not self.place.folder.exists():
            self.end()
            return False
        if not self._is_closing:
            self._is_closing = True
            self._play_out()
        if self._minutes.tend():
            return True
        self._finish()
        return False

    def _play_out(self) -> None:
        if self._stream is not None:
            self._stream.end()
            self._stream = None
        if self._sitting is not None:
            self._mixer.put(self._sitting.tend(0.0, 0.0))
            self._sitting.end()
            self._sitting = None
        if rest := self._mixer.rest():
            self._minutes.add(rest, is_sent=True)
        self._minutes.close()

    def _finish(self) -> None:
        for folder in (self.place.inbox, self.place.work):
            shutil.rmtree(folder, ignore_errors=True)
        self.place.ended.touch()
