"""Workers that are killed while a newsletter is on its way, and what must be true afterwards.
Used by the proof of sending and by the journey of a host's month."""

from __future__ import annotations

import os
import random
import signal
from collections import Counter
from collections.abc import Callable, Iterable
from email import message_from_bytes
from time import monotonic, sleep

PATIENCE = 90.0


def kill_twice(
    *,
    arrived: Callable[[], int],
    workers: Callable[[], Iterable[int]],
    begin_again: Callable[[], None],
    expected: int,
) -> int:
    """SIGKILL to all workers when a random part of the mails has arrived, and once more; each time
    `begin_again` sees to it that there are new ones. Says how often mails were left to send."""
    in_the_middle = 0
    for part in ((0.05, 0.3), (0.45, 0.8)):
        at = random.uniform(*part) * expected
        wait_for(lambda at=at: arrived() >= at, "no mail arrived")
        sleep(random.random() * 0.05)
        for pid in workers():
            os.kill(pid, signal.SIGKILL)
        in_the_middle += arrived() < expected
        begin_again()
    return in_the_middle


def wait_for(happened: Callable[[], bool], trouble: str, seconds: float = PATIENCE) -> None:
    until = monotonic() + seconds
    while not happened():
        assert monotonic() < until, trouble
        sleep(0.01)


def read(letters: Iterable[bytes]) -> tuple[Counter[str], dict[str, str]]:
    """How many newsletters came to each address, and in which language."""
    copies: Counter[str] = Counter()
    spoken: dict[str, str] = {}
    for raw in letters:
        letter = message_from_bytes(raw)
        if ".newsletter-" in f".{letter['List-Id'] or ''}".replace("<", "."):
            address = letter["To"]
            copies[address] += 1
            spoken[address] = letter["Content-Language"]
    return copies, spoken


def prove_each_has_one(
    *, letters: Iterable[bytes], wanted: dict[str, str], unsure: set[str], kills: int
) -> None:
    """`wanted`: the language of each address. Nobody has two, each in their language; whoever has
    none is listed as one of whom nobody knows, and of those there is at most one for each kill."""
    copies, spoken = read(letters)
    assert max(copies.values()) == 1, "nobody has two"
    assert set(copies) <= set(wanted), "nobody else has one"
    assert set(wanted) - set(copies) <= unsure, "whoever has none is listed"
    assert len(unsure) <= kills, "one kill leaves one doubt at most"
    assert all(spoken[one] == wanted[one] for one in copies), "each in their language"
