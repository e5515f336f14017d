"""How often one server elsewhere may have us do something; counted in this process alone.
Called by `inbox`. Nothing is written down."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from time import monotonic

ASKED, DONE = "asked", "done"
# In a minute: questions we put to a server because of what came in its name; and wishes of its
# people, once they are proven.
MOST = {ASKED: 30, DONE: 120}
SECONDS = 60.0
_SERVERS = 2000


@dataclass
class _Minute:
    since: float
    count: int = 0


@dataclass
class _Book:
    pages: OrderedDict[tuple[str, str], _Minute] = field(default_factory=OrderedDict)
    lock: threading.Lock = field(default_factory=threading.Lock)


_book = _Book()


def takes(host: str, what: str) -> bool:
    """Count one more; False when it is too many for this minute."""
    with _book.lock:
        moment = monotonic()
        page = _book.pages.get((host, what))
        if page is None or moment - page.since > SECONDS:
            page = _Minute(moment)
        page.count += 1
        _book.pages[(host, what)] = page
        _book.pages.move_to_end((host, what))
        while len(_book.pages) > _SERVERS:
            _book.pages.popitem(last=False)
        return page.count <= MOST[what]


def forget() -> None:
    """Begin anew, as after a restart."""
    with _book.lock:
        _book.pages.clear()
