"""What is drawn on a page besides letters: ruled lines, pictures, links; boxes in upright order.
Called once a page; nothing is decoded here."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

import pypdfium2.raw as raw

from exchange.library.reading.programs.pdf.engine import Page, call
from exchange.library.reading.programs.pdf.words import upright

Box = tuple[float, float, float, float]
PATH, IMAGE, FORM = 2, 3, 5
MOST_OBJECTS, MOST_EDGES, DEEPEST_FORM = 20_000, 3_000, 2
MOST_SEGMENTS = 400
THIN, LARGEST_DOT = 2.5, 7.0
MOST_LINKS, LONGEST_ADDRESS = 500, 2_000
_URI = 3

_void, _int = ctypes.c_void_p, ctypes.c_int
_count = call("FPDFPage_CountObjects", _int, _void)
_get = call("FPDFPage_GetObject", _void, _void, _int)
_form_count = call("FPDFFormObj_CountObjects", _int, _void)
_form_get = call("FPDFFormObj_GetObject", _void, _void, ctypes.c_ulong)
_type = call("FPDFPageObj_GetType", _int, _void)
_bounds = call("FPDFPageObj_GetBounds", _int, _void, _void, _void, _void, _void)
_matrix = call("FPDFPageObj_GetMatrix", _int, _void, _void)
_mark = call("FPDFPageObj_GetMarkedContentID", _int, _void)
_pixels = call("FPDFImageObj_GetImagePixelSize", _int, _void, _void, _void)
_data = call("FPDFImageObj_GetImageDataRaw", ctypes.c_ulong, _void, _void, ctypes.c_ulong)
_segments = call("FPDFPath_CountSegments", _int, _void)
_segment = call("FPDFPath_GetPathSegment", _void, _void, _int)
_point = call("FPDFPathSegment_GetPoint", _int, _void, _void, _void)
_kind = call("FPDFPathSegment_GetType", _int, _void)
_link = call("FPDFLink_Enumerate", _int, _void, _void, _void)
_link_box = call("FPDFLink_GetAnnotRect", _int, _void, _void)
_action = call("FPDFLink_GetAction", _void, _void)
_action_type = call("FPDFAction_GetType", ctypes.c_ulong, _void)
_address = call("FPDFAction_GetURIPath", ctypes.c_ulong, _void, _void, _void, ctypes.c_ulong)
_LINE_TO, _MOVE_TO = 0, 2


@dataclass(slots=True)
class Picture:
    """A picture on a page: its box, its pixels, and what tells it from others."""

    box: Box
    width: int
    height: int
    sign: tuple[int, int, int]
    mark: int
    turned: Box = (0.0, 0.0, 0.0, 0.0)


@dataclass(slots=True)
class Drawn:
    """Ruled lines as boxes without width or height, curves' boxes, and pictures."""

    edges: list[Box] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    shapes: list[Box] = field(default_factory=list)
    # Small round or square ones: the bullets of lists, where they are drawn.
    dots: list[Box] = field(default_factory=list)
    # More than anybody draws by hand: painting it would take too long.
    is_too_much: bool = False


def drawn_on(page: Page, turn: int) -> Drawn:
    """All of it, up to what an honest page holds."""
    found = Drawn()
    for number, (thing, of, shift) in enumerate(islice(_things(page), MOST_OBJECTS)):
        found.is_too_much = number + 1 >= MOST_OBJECTS
        box = _box(thing)
        if box is None:
            continue
        if shift is not None:
            box = _shifted(box, shift)
        if of == IMAGE:
            _add_picture(found, thing, box, turn)
        elif of == PATH and len(found.edges) < MOST_EDGES:
            _add_path(found, thing, box, turn, shift)
    return found


def _things(page: Page) -> Iterator[tuple[int, int, raw.FS_MATRIX | None]]:
    for index in range(_count(page.handle)):
        thing = _get(page.handle, index)
        if thing:
            yield from _inside(thing, None, 0)


def _inside(
    thing: int, shift: raw.FS_MATRIX | None, deep: int
) -> Iterator[tuple[int, int, raw.FS_MATRIX | None]]:
    of = _type(thing)
    if of != FORM:
        if of in (PATH, IMAGE):
            yield thing, of, shift
        return
    if deep >= DEEPEST_FORM:
        return
    own = raw.FS_MATRIX()
    moved = own if shift is None and _matrix(thing, ctypes.addressof(own)) else shift
    for index in range(_form_count(thing)):
        inner = _form_get(thing, index)
        if inner:
            yield from _inside(inner, moved, deep + 1)


def _box(thing: int) -> Box | None:
    sides = (ctypes.c_float * 4)()
    start = ctypes.addressof(sides)
    if not _bounds(thing, start, start + 4, start + 8, start + 12):
        return None
    left, bottom, right, top = sides
    return (left, bottom, right, top) if abs(left) < 1e5 and abs(right) < 1e5 else None


def _shifted(box: Box, by: raw.FS_MATRIX) -> Box:
    xs = [by.a * x + by.c * y + by.e for x in (box[0], box[2]) for y in (box[1], box[3])]
    ys = [by.b * x + by.d * y + by.f for x in (box[0], box[2]) for y in (box[1], box[3])]
    return (min(xs), min(ys), max(xs), max(ys))


def _add_picture(found: Drawn, thing: int, box: Box, turn: int) -> None:
    width, height = ctypes.c_uint(), ctypes.c_uint()
    if not _pixels(thing, ctypes.addressof(width), ctypes.addressof(height)):
        return
    sign = (width.value, height.value, _data(thing, None, 0))
    found.pictures.append(
        Picture(box, width.value, height.value, sign, _mark(thing), upright(box, turn))
    )


def _add_path(found: Drawn, thing: int, box: Box, turn: int, shift: raw.FS_MATRIX | None) -> None:
    seen = upright(box, turn)
    wide, high = seen[2] - seen[0], seen[3] - seen[1]
    if min(wide, high) <= THIN:
        if max(wide, high) > THIN:
            found.edges.append(seen)
        return
    if max(wide, high) <= LARGEST_DOT and abs(wide - high) < 1:
        found.dots.append(seen)
        return
    count = _segments(thing)
    if count > MOST_SEGMENTS:
        found.shapes.append(seen)
        return
    lines = list(_straight(thing, count))
    if len(lines) < count // 2:
        found.shapes.append(seen)
        return
    own = raw.FS_MATRIX()
    _matrix(thing, ctypes.addressof(own))
    for line in lines:
        edge = _shifted(line, own)
        edge = upright(_shifted(edge, shift) if shift is not None else edge, turn)
        if min(edge[2] - edge[0], edge[3] - edge[1]) <= THIN:
            found.edges.append(edge)


def _straight(thing: int, count: int) -> Iterator[Box]:
    """The lines of a path that go straight across or down, a closing one among them."""
    x, y = ctypes.c_float(), ctypes.c_float()
    at_x, at_y = ctypes.addressof(x), ctypes.addressof(y)
    last = first = (0.0, 0.0)
    for index in range(count):
        segment = _segment(thing, index)
        if not segment or not _point(segment, at_x, at_y):
            continue
        here = (x.value, y.value)
        kind = _kind(segment)
        if kind == _MOVE_TO:
            first = here
        elif kind == _LINE_TO and (here[0] == last[0]) != (here[1] == last[1]):
            yield (*_lower(last, here), *_upper(last, here))
        last = here
    if count > 2 and last != first and (last[0] == first[0]) != (last[1] == first[1]):
        yield (*_lower(last, first), *_upper(last, first))


def _lower(one: tuple[float, float], other: tuple[float, float]) -> tuple[float, float]:
    return (min(one[0], other[0]), min(one[1], other[1]))


def _upper(one: tuple[float, float], other: tuple[float, float]) -> tuple[float, float]:
    return (max(one[0], other[0]), max(one[1], other[1]))


def links_on(page: Page, turn: int) -> list[tuple[Box, str]]:
    """Where a reader may go from the page, outside the document."""
    found: list[tuple[Box, str]] = []
    place, link = ctypes.c_int(0), ctypes.c_void_p()
    box = raw.FS_RECTF()
    at = (ctypes.addressof(place), ctypes.addressof(link))
    for _number in range(MOST_LINKS):
        if not _link(page.handle, *at):
            break
        action = _action(link.value) if link.value else None
        if not action or _action_type(action) != _URI:
            continue
        address = _address_of(page.document, action)
        if address and _link_box(link.value, ctypes.addressof(box)):
            seen = upright((box.left, box.bottom, box.right, box.top), turn)
            found.append((seen, address))
    return found


def _address_of(document: int, action: int) -> str:
    size = _address(document, action, None, 0)
    if not 1 < size < LONGEST_ADDRESS:
        return ""
    buffer = ctypes.create_string_buffer(size + 1)
    _address(document, action, buffer, size)
    address = buffer.value.decode("utf-8", errors="ignore").strip()
    is_ours = address.lower().startswith(("https://", "http://", "mailto:"))
    return address if is_ours and address.isprintable() and " " not in address else ""
