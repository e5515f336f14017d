"""A card of text for other places' previews: the title in our look, never a picture of anybody.
Called by the view that serves it. 1200 by 630 pixels, as the Open Graph readers expect."""

from __future__ import annotations

import io
import threading
import unicodedata
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from exchange.core import drawn_mark
from exchange.core.languages import direction

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

WIDTH, HEIGHT = 1200, 630
_EDGE, _BAND = 80, 18
_TITLE_SIZES, _SMALL = (72, 62, 54, 46), 34
_TITLE_TOP, _TITLE_ROOM, _MOST_LINES = 165, 290, 5
_QUIET = (92, 102, 98)
_FACE = Path(__file__).with_name("face") / "DejaVuSansCondensed-Bold.ttf"
# Scripts the face has all letters of; other titles are left to the words of the preview.
_SCRIPTS = ("LATIN", "ARABIC", "GREEK", "CYRILLIC", "HEBREW", "ARMENIAN", "GEORGIAN")
KEPT = 64


@dataclass(frozen=True)
class Text:
    """What stands on a card: what it is, its title, a quiet line, and the site's name."""

    kind: str
    title: str
    context: str
    site: str
    language: str = "en"


class Busy(Exception):
    """Somebody else's card is being drawn, and another waits for it."""


_lock = threading.Lock()
# One is drawn and one waits: whoever asks for very many does not take every thread.
_turns = threading.BoundedSemaphore(2)
_drawing = threading.Lock()
_kept: OrderedDict[Text, bytes] = OrderedDict()


def card(text: Text) -> bytes:
    """A PNG of 10 to 30 kB. One is drawn at a time; the last few are kept. Raises Busy."""
    with _lock:
        if text in _kept:
            _kept.move_to_end(text)
            return _kept[text]
    if not _turns.acquire(blocking=False):
        raise Busy
    try:
        with _drawing:
            made = _drawn(text)
    finally:
        _turns.release()
    with _lock:
        _kept[text] = made
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return made


def can_write(words: str, language: str) -> bool:
    """Whether the face and the machine can set these words: every letter there, and for scripts
    that join their letters the library that does it (libraqm with fribidi)."""
    from PIL import features  # noqa: PLC0415 - heavy, and few ever ask for it

    letters = [letter for letter in words if unicodedata.category(letter).startswith("L")]
    if not all(unicodedata.name(letter, "").startswith(_SCRIPTS) for letter in letters):
        return False
    runs_left = any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in letters)
    return not (runs_left or direction(language) == "rtl") or bool(features.check("raqm"))


def _drawn(text: Text) -> bytes:
    from PIL import Image, ImageDraw, features  # noqa: PLC0415

    picture = Image.new("RGB", (WIDTH, HEIGHT), drawn_mark.PAPER)
    pen = ImageDraw.Draw(picture)
    page = _Page(
        pen, runs_left=direction(text.language) == "rtl", shapes=bool(features.check("raqm"))
    )
    page.band()
    page.line(text.kind, top=_EDGE, colour=drawn_mark.ACT)
    page.title(text.title)
    page.line(text.context, top=HEIGHT - _EDGE - 92, colour=_QUIET)
    page.foot(text.site)
    kept = io.BytesIO()
    picture.quantize(64).save(kept, "PNG", optimize=True)
    return kept.getvalue()


class _Page:
    """The card while it is drawn, from the side its language begins at."""

    def __init__(self, pen: Any, *, runs_left: bool, shapes: bool) -> None:
        self._pen = pen
        self._runs_left = runs_left
        self._shape: dict[str, Any] = {"direction": "rtl" if runs_left else "ltr"} if shapes else {}

    def band(self) -> None:
        left = WIDTH - _BAND if self._runs_left else 0
        self._pen.rectangle((left, 0, left + _BAND, HEIGHT), fill=drawn_mark.ACT)

    def line(self, words: str, *, top: int, colour: tuple[int, int, int]) -> None:
        """One small line, cut where it would leave the card."""
        face = _face(_SMALL)
        if words and can_write(words, "en"):
            self._put(_cut(words, self._width(face)), face, top, colour)

    def title(self, words: str) -> None:
        """As large as it fits."""
        if not can_write(words, "en"):
            return
        for size in _TITLE_SIZES:
            face, step = _face(size), round(size * 1.28)
            lines = _wrapped(words, self._width(face))
            if len(lines) * step <= _TITLE_ROOM:
                break
        shown = lines[: min(_MOST_LINES, _TITLE_ROOM // step)]
        if len(shown) < len(lines):
            shown[-1] = _cut(f"{shown[-1]} {lines[len(shown)]}", self._width(face), ends="…")
        for number, line in enumerate(shown):
            self._put(line, face, _TITLE_TOP + number * step, drawn_mark.INK)

    def foot(self, site: str) -> None:
        side, top = 64, HEIGHT - _EDGE - 40
        left = WIDTH - _EDGE - side if self._runs_left else _EDGE
        drawn_mark.draw(self._pen, side=side, left=left, top=top)
        self._put(site, _face(_SMALL), top + 12, drawn_mark.ACT, indent=side + 20)

    def _put(
        self,
        words: str,
        face: FreeTypeFont,
        top: int,
        colour: tuple[int, int, int],
        indent: int = 0,
    ) -> None:
        at = _EDGE + indent
        if self._runs_left:
            at = WIDTH - at - round(face.getlength(words, **self._shape))
        self._pen.text((at, top), words, font=face, fill=colour, **self._shape)

    def _width(self, face: FreeTypeFont) -> Callable[[str], bool]:
        return lambda words: face.getlength(words, **self._shape) <= WIDTH - 2 * _EDGE


def _face(size: int) -> FreeTypeFont:
    from PIL import ImageFont  # noqa: PLC0415

    return ImageFont.truetype(_FACE, size)


def _wrapped(words: str, fits: Callable[[str], bool]) -> list[str]:
    """The words in lines that fit; one that is too long by itself is cut."""
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if fits(longer):
            lines[-1] = longer
        else:
            lines.append(_cut(word, fits))
    return [line for line in lines if line]


def _cut(words: str, fits: Callable[[str], bool], *, ends: str = "") -> str:
    if not ends and fits(words):
        return words
    while words and not fits(f"{words}…"):
        words = words[:-1]
    return f"{words.rstrip()}…"
