"""From the characters of a page to pieces of words: text, place, size, style.
Called once a page; the only module that asks PDFium about characters."""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2.raw as raw

from exchange.library.reading.programs.limits import TOO_LARGE, Refused
from exchange.library.reading.programs.pdf.engine import Page, call
from exchange.library.reading.programs.pdf.letters import Glyph, clean, is_rtl

BOLD, ITALIC, RAISED, LOWERED = 1, 2, 4, 8
INVISIBLE = 3
MOST_ON_A_PAGE = 120_000
# PDFium runs the halves of a word into one across lines, with a mark of its own between.
_WORD = re.compile(r"[^\s\u0000\u0002\ufffe]+[\u0002\ufffe]?")
_BOLD_NAME = re.compile(r"bold|black|heavy|demi|cmbx|cmssbx|sfbx|-medi\b|-bd\b|semibd", re.I)
_ITALIC_NAME = re.compile(r"ital|obli|cmti|cmsl|sfti|slant|cmmi", re.I)
_FORCED_BOLD, _ITALIC_FLAG = 1 << 18, 1 << 6

_void, _int, _float = ctypes.c_void_p, ctypes.c_int, ctypes.c_float
_count = call("FPDFText_CountChars", _int, _void)
_text = call("FPDFText_GetText", _int, _void, _int, _int, _void)
_unicode = call("FPDFText_GetUnicode", ctypes.c_uint, _void, _int)
_object = call("FPDFText_GetTextObject", _void, _void, _int)
_origin = call("FPDFText_GetCharOrigin", _int, _void, _int, _void, _void)
_loose = call("FPDFText_GetLooseCharBox", _int, _void, _int, _void)
_matrix = call("FPDFText_GetMatrix", _int, _void, _int, _void)
_font_size = call("FPDFText_GetFontSize", ctypes.c_double, _void, _int)
_font_info = call("FPDFText_GetFontInfo", ctypes.c_ulong, _void, _int, _void, ctypes.c_ulong, _void)
_font = call("FPDFTextObj_GetFont", _void, _void)
_mode = call("FPDFTextObj_GetTextRenderMode", _int, _void)
_mark = call("FPDFPageObj_GetMarkedContentID", _int, _void)


@dataclass(slots=True)
class Piece:
    """A run of letters without a space in one style; x and y as an upright reader sees them."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    style: int
    spaced: bool
    mark: int
    start: int
    end: int
    word: int
    angle: int
    invisible: bool
    href: str = ""


@dataclass(slots=True)
class _Style:
    size: float
    style: int
    mark: int
    angle: int
    invisible: bool


class Characters:
    """The characters of an open page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.count = _count(page.text)
        if self.count > MOST_ON_A_PAGE:
            raise Refused(TOO_LARGE)
        self.turn = 0
        self._styles: dict[int, _Style] = {}
        self._fonts: dict[int, int] = {}
        self._place = raw.FS_RECTF()
        self._at_place = ctypes.addressof(self._place)
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._at_x, self._at_y = ctypes.addressof(self._x), ctypes.addressof(self._y)

    def pieces(self) -> list[Piece]:
        """In PDFium's order, upright: when most of a page stands on its side, it is turned."""
        found = list(self._pieces())
        angles = Counter[int]()
        for one in found:
            angles[one.angle] += len(one.text)
        self.turn = angles.most_common(1)[0][0] if angles else 0
        if self.turn not in (0, 90, 180, 270):
            self.turn = 0
        for one in found:
            if one.angle == self.turn:
                self._measure(one)
        return [one for one in found if one.angle != self.turn or self._is_on_page(one)]

    def glyphs(self, piece: Piece, of: int) -> Iterator[Glyph]:
        """The letters of a piece, each with its place."""
        for index in range(piece.start, piece.end):
            text = clean(chr(_unicode(self.page.text, index) or 32)).strip()
            if text:
                left, _low, right, _high = self._upright(index)
                yield Glyph(text, left, right, piece.y, piece.word, of)

    def _pieces(self) -> Iterator[Piece]:
        text = self._whole()
        handle = self.page.text
        ended = -1
        for word, found in enumerate(_WORD.finditer(text)):
            start, end = found.span()
            first = start
            here = _object(handle, start)
            if end - start > 1 and _object(handle, end - 1) != here:
                for index in range(start + 1, end):
                    other = _object(handle, index)
                    if other != here and other and not self._is_alike(here, other, index):
                        yield self._piece(text, here, (first, index), word, first != ended)
                        ended = first = index
                        here = other
            yield self._piece(text, here, (first, end), word, first != ended)
            ended = end

    def _is_alike(self, one: int | None, other: int, index: int) -> bool:
        """Many files give each letter an object of its own: only a change of style counts."""
        if not one or one not in self._styles:
            return not one
        return self._style_of(other, index) == self._styles[one] and _mark(other) == _mark(one)

    def _piece(
        self, text: str, of: int | None, span: tuple[int, int], word: int, spaced: bool
    ) -> Piece:
        style = self._style_of(of or 0, span[0])
        return Piece(
            text=clean(text[span[0] : span[1]]),
            x0=0.0,
            x1=0.0,
            y=0.0,
            size=style.size,
            style=style.style,
            spaced=spaced,
            mark=style.mark,
            start=span[0],
            end=span[1],
            word=word,
            angle=style.angle,
            invisible=style.invisible,
        )

    def _measure(self, piece: Piece) -> None:
        _origin(self.page.text, piece.start, self._at_x, self._at_y)
        _x, piece.y = turned(self._x.value, self._y.value, self.turn)
        left, _low, right, _high = self._upright(piece.start)
        if piece.end - piece.start > 1:
            start, _low, end, _high = self._upright(piece.end - 1)
            left, right = min(left, start), max(right, end)
        if is_rtl(piece.text) and piece.end - piece.start > 2:
            for index in range(piece.start + 1, piece.end - 1):
                start, _low, end, _high = self._upright(index)
                left, right = min(left, start), max(right, end)
        piece.x0, piece.x1 = left, right

    def _upright(self, index: int) -> tuple[float, float, float, float]:
        _loose(self.page.text, index, self._at_place)
        place = self._place
        return upright((place.left, place.bottom, place.right, place.top), self.turn)

    def _is_on_page(self, piece: Piece) -> bool:
        left, bottom, right, top = upright(self.page.box, self.turn)
        inside = left - 2 <= piece.x1 and piece.x0 <= right + 2
        return bool(piece.text) and inside and bottom - 2 <= piece.y <= top + 2

    def _whole(self) -> str:
        """All characters, one for each of PDFium's numbers."""
        buffer = ctypes.create_string_buffer(2 * self.count + 4)
        got = _text(self.page.text, 0, self.count, buffer)
        text = buffer.raw[: 2 * max(0, got - 1)].decode("utf-16-le", errors="replace")
        if len(text) == self.count:
            return text
        codes = (_unicode(self.page.text, index) for index in range(self.count))
        return "".join(chr(code) if 0 < code < 0x110000 else "\0" for code in codes)

    def _style_of(self, of: int, index: int) -> _Style:
        known = self._styles.get(of)
        if known is None:
            known = self._styles[of] = self._new_style(of, index)
        return known

    def _new_style(self, of: int, index: int) -> _Style:
        matrix = raw.FS_MATRIX()
        size = _font_size(self.page.text, index)
        if not _matrix(self.page.text, index, ctypes.addressof(matrix)):
            return _Style(size, 0, -1, 0, False)
        rendered = size * math.hypot(matrix.c, matrix.d)
        angle = round(math.degrees(math.atan2(matrix.b, matrix.a))) % 360
        nearest = round(angle / 90) * 90
        if abs(angle - nearest) <= 3:
            angle = nearest % 360
        rendered = rendered if 0.1 < rendered < 2_000 else 1.0
        style = self._font_style(_font(of) if of else 0, index)
        mark = _mark(of) if of else -1
        is_hidden = bool(of) and _mode(of) == INVISIBLE
        return _Style(round(rendered, 2), style, mark, angle, is_hidden)

    def _font_style(self, font: int, index: int) -> int:
        if font in self._fonts:
            return self._fonts[font]
        flags = ctypes.c_int()
        name = ctypes.create_string_buffer(200)
        _font_info(self.page.text, index, name, 199, ctypes.addressof(flags))
        said = name.value.decode("utf-8", errors="replace")
        style = BOLD if _BOLD_NAME.search(said) or flags.value & _FORCED_BOLD else 0
        style |= ITALIC if _ITALIC_NAME.search(said) or flags.value & _ITALIC_FLAG else 0
        self._fonts[font] = style
        return style


def turned(x: float, y: float, turn: int) -> tuple[float, float]:
    """A point of a page that was turned, as it stands when read upright."""
    if turn == 90:
        return (y, -x)
    if turn == 180:
        return (-x, -y)
    return (-y, x) if turn == 270 else (x, y)


def upright(box: tuple[float, float, float, float], turn: int) -> tuple[float, float, float, float]:
    """Left, bottom, right, top of a turned box."""
    one, other = turned(box[0], box[1], turn), turned(box[2], box[3], turn)
    return (
        min(one[0], other[0]),
        min(one[1], other[1]),
        max(one[0], other[0]),
        max(one[1], other[1]),
    )
