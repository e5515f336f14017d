"""PDFium, with the few of its calls that reading needs, prepared to be called a million times.
Called by the modules of this program; one document at a time, never from two threads."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as raw
from pypdfium2_raw import bindings  # type: ignore[import-untyped]

from exchange.library.reading.programs.limits import (
    BROKEN,
    ENCRYPTED,
    MOST_PAGES,
    TOO_LONG,
    Refused,
)

PASSWORD, SECURITY = 4, 5
MOST_BOOKMARKS, DEEPEST_BOOKMARK = 3_000, 6
_LONGEST_TITLE = 2_000


def call(name: str, result: Any, *arguments: Any) -> Any:
    """One of PDFium's functions with plain numbers for its handles: far cheaper than objects."""
    function = bindings._libs["pdfium"][name]
    function.restype = result
    function.argtypes = list(arguments)
    return function


_handle, _int, _buffer = ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p
_load = call("FPDF_LoadMemDocument64", _handle, _buffer, ctypes.c_size_t, ctypes.c_char_p)
_load_page = call("FPDF_LoadPage", _handle, _handle, _int)
_close_page = call("FPDF_ClosePage", None, _handle)
_load_text = call("FPDFText_LoadPage", _handle, _handle)
_close_text = call("FPDFText_ClosePage", None, _handle)
_count = call("FPDF_GetPageCount", _int, _handle)
_label = call("FPDF_GetPageLabel", ctypes.c_ulong, _handle, _int, _buffer, ctypes.c_ulong)
_box = call("FPDF_GetPageBoundingBox", _int, _handle, ctypes.c_void_p)
_first_mark = call("FPDFBookmark_GetFirstChild", _handle, _handle, _handle)
_next_mark = call("FPDFBookmark_GetNextSibling", _handle, _handle, _handle)
_mark_title = call("FPDFBookmark_GetTitle", ctypes.c_ulong, _handle, _buffer, ctypes.c_ulong)
_mark_goal = call("FPDFBookmark_GetDest", _handle, _handle, _handle)
_goal_page = call("FPDFDest_GetDestPageIndex", _int, _handle, _handle)


@dataclass(slots=True)
class Page:
    """An open page: its handles, its number from 1, and its box."""

    document: int
    handle: int
    text: int
    number: int
    box: tuple[float, float, float, float]


class Document:
    """An open document. Raises Refused when it cannot or may not be read."""

    def __init__(self, data: Any) -> None:
        raw.FPDF_InitLibrary()
        # Kept: PDFium reads from it until the end.
        self._data = data
        length = len(data)
        start = (ctypes.c_char * length).from_buffer(data)
        self.handle = _load(ctypes.addressof(start), length, None)
        if not self.handle:
            error = raw.FPDF_GetLastError()
            raise Refused(ENCRYPTED if error in (PASSWORD, SECURITY) else BROKEN)
        self.pages = _count(self.handle)
        if self.pages > MOST_PAGES:
            raise Refused(TOO_LONG)
        if self.pages < 1:
            raise Refused(BROKEN)

    @contextmanager
    def page(self, number: int) -> Iterator[Page | None]:
        """A page, closed afterwards so that memory stays flat; None when it cannot be read."""
        handle = _load_page(self.handle, number - 1)
        text = _load_text(handle) if handle else None
        try:
            if handle and text:
                yield Page(self.handle, handle, text, number, _box_of(handle))
            else:
                yield None
        finally:
            if text:
                _close_text(text)
            if handle:
                _close_page(handle)

    def label(self, number: int) -> str:
        """What is printed on the page as its number, as the document says; "" when it does not."""
        size = _label(self.handle, number - 1, None, 0)
        if not 2 < size < 60:
            return ""
        return text_of(lambda buffer, room: _label(self.handle, number - 1, buffer, room), size)

    def outline(self) -> list[tuple[int, str, int]]:
        """(level, title, page) of the document's own bookmarks, as far as they can be trusted."""
        found: list[tuple[int, str, int]] = []
        seen: set[int] = set()
        waiting = [(_first_mark(self.handle, None), 1)]
        while waiting and len(found) < MOST_BOOKMARKS:
            mark, level = waiting.pop()
            if not mark or mark in seen or level > DEEPEST_BOOKMARK:
                continue
            seen.add(mark)
            waiting.append((_next_mark(self.handle, mark), level))
            waiting.append((_first_mark(self.handle, mark), level + 1))
            goal = _mark_goal(self.handle, mark)
            size = _mark_title(mark, None, 0)
            if goal and 2 < size < _LONGEST_TITLE:
                title = text_of(lambda buffer, room, of=mark: _mark_title(of, buffer, room), size)
                found.append((level, title, _goal_page(self.handle, goal) + 1))
        return found


def text_of(read: Any, size: int) -> str:
    """What a function of PDFium writes into a buffer, as text without its closing zero."""
    buffer = ctypes.create_string_buffer(size + 2)
    read(buffer, size)
    words = buffer.raw[:size].decode("utf-16-le", errors="replace").split("\0", 1)[0]
    return words.replace("\ufffd", "")


def _box_of(handle: int) -> tuple[float, float, float, float]:
    """Left, bottom, right, top of what is shown; an A4 sheet when the page does not know."""
    box = raw.FS_RECTF()
    if not _box(handle, ctypes.addressof(box)):
        return (0.0, 0.0, 595.0, 842.0)
    left, right = sorted((box.left, box.right))
    bottom, top = sorted((box.bottom, box.top))
    if right - left < 1 or top - bottom < 1:
        return (0.0, 0.0, 595.0, 842.0)
    return (left, bottom, right, top)
