"""`python -m exchange.webinars.sound.program`: looks after every open broadcast until told to stop.
Started by `./exchange run`, or by whoever looks after the machine; no Django, no database."""

from __future__ import annotations

import logging
import os
import shutil
import signal
import sys
import time
from pathlib import Path

from exchange.webinars.sound import places, setting
from exchange.webinars.sound.program.studio import Studio

log = logging.getLogger("exchange.webinars.sound")
_STEP = 0.1
_LOOK_EVERY = 0.5


class Studios:
    """All open broadcasts of one data directory."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self.open: dict[str, Studio] = {}

    def look(self, moment: float) -> None:
        """Begin with what has been opened; take up again what a fall left unfinished."""
        for place in places.every(self._data):
            if place.key in self.open or place.ended.exists():
                continue
            order = place.wanted()
            if order is not None:
                icecast = setting.icecast(os.environ, self._data)
                self.open[place.key] = Studio(place, order, icecast, moment)

    def tend(self, moment: float) -> None:
        for key, studio in list(self.open.items()):
            try:
                goes_on = studio.tend(moment)
            except OSError:  # the folder went while we wrote, or the disk is full
                log.warning("broadcast %s could not be kept; trying again", key, exc_info=True)
                goes_on = False
            if not goes_on:
                studio.end()
                del self.open[key]

    def end(self) -> None:
        for studio in self.open.values():
            studio.end()


def main() -> int:
    """Until SIGTERM or SIGINT. What was open is taken up again by the next start."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    if shutil.which("ffmpeg") is None:
        log.error("ffmpeg is missing: apt-get install ffmpeg icecast2")
        return 1
    os.umask(0o077)  # people's voices: for the owner alone
    told: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda wish, _frame: told.append(wish))
    studios = Studios(Path(os.environ.get("EXCHANGE_DATA", "var")).resolve())
    looked = -_LOOK_EVERY
    while not told:
        moment = time.monotonic()
        if moment - looked >= _LOOK_EVERY:
            studios.look(moment)
            looked = moment
        studios.tend(moment)
        time.sleep(_STEP if studios.open else _LOOK_EVERY)
    studios.end()
    return 0


if __name__ == "__main__":
    sys.exit(main())
