"""Pictures worth keeping: where they stand, and small copies of them.
Called once a page for the places, and once at the end for the copies."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as raw
from PIL import Image

from exchange.library.reading.programs.pdf.drawn import Box, Drawn, Picture
from exchange.library.reading.programs.pdf.engine import Page, call
from exchange.library.reading.programs.pdf.words import upright

SMALLEST_SIDE, SMALLEST_AREA = 36.0, 3_000.0
MOST_ON_A_PAGE = 12
# More shapes than this, close together, are a drawing; fewer are ornaments and frames.
FEWEST_SHAPES, MOST_SHAPES, DRAWING_SIDE = 12, 600, 90.0
# A page with fewer letters than this under a large picture is a scan.
FEW_LETTERS = 20
MOST_PIXELS = 40_000_000
# Less than this between the lightest and the darkest: there is nothing to see.
FEWEST_SHADES = 12
WIDEST, TALLEST = 1_000, 1_600
QUALITY, SCAN_QUALITY, SCAN_WIDTH = 58, 42, 900

_void, _int = ctypes.c_void_p, ctypes.c_int
_to_device = call(
    "FPDF_PageToDevice", _int, _void, *[_int] * 5, *[ctypes.c_double] * 2, _void, _void
)
_render = call("FPDF_RenderPageBitmap", None, _void, _void, *[_int] * 6)
_new_bitmap = call("FPDFBitmap_CreateEx", _void, _int, _int, _int, _void, _int)
_fill = call("FPDFBitmap_FillRect", _int, _void, _int, _int, _int, _int, ctypes.c_ulong)
_destroy = call("FPDFBitmap_Destroy", None, _void)
_width = call("FPDF_GetPageWidthF", ctypes.c_float, _void)
_height = call("FPDF_GetPageHeightF", ctypes.c_float, _void)


@dataclass(slots=True)
class Region:
    """A part of a page that is shown as a picture."""

    page: int
    box: Box
    upright: Box
    # As many pixels as it has itself; 0 for a drawing, which has none.
    pixels: int = 0
    source: int = 0
    signs: tuple[tuple[int, int, int], ...] = ()
    marks: tuple[int, ...] = ()
    alt: str = ""
    scan: bool = False
    turn: int = 0
    rank: float = field(default=0.0)


def regions_on(page: Page, drawn: Drawn, letters: int, turn: int) -> list[Region]:
    """The pictures and drawings of a page; the whole page when it is a scan."""
    if drawn.is_too_much:
        return []
    area = _area(upright(page.box, turn))
    large = sum(_area(one.turned) for one in drawn.pictures) >= 0.4 * area
    if letters < FEW_LETTERS and (large or len(drawn.shapes) >= 60):
        source = sum(one.width * one.height for one in drawn.pictures)
        box = upright(page.box, turn)
        signs = tuple(one.sign for one in drawn.pictures)
        return [Region(page.number, page.box, box, 0, source, signs, scan=True)]
    kept = [one for one in drawn.pictures if _is_worth(one, area, letters)]
    found = [_region(page, group) for group in _groups(kept)]
    found += _drawings(page, drawn, area, turn)
    found = [one for one in found if _area(one.upright) >= SMALLEST_AREA]
    return sorted(found, key=lambda one: -_area(one.upright))[:MOST_ON_A_PAGE]


def _area(box: Box) -> float:
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])


def _is_worth(one: Picture, area: float, letters: int) -> bool:
    if min(one.width, one.height) < 8:
        return False
    is_ground = _area(one.turned) > 0.8 * area and letters > 150
    return not is_ground


def _groups(pictures: Sequence[Picture]) -> list[list[Picture]]:
    """Pictures that touch are slices of one."""
    groups: list[list[Picture]] = []
    for one in pictures[:200]:
        near = [group for group in groups if any(_touch(one.turned, two.turned) for two in group)]
        merged = [one, *(each for group in near for each in group)]
        groups = [group for group in groups if group not in near]
        groups.append(merged)
    return groups


def _touch(one: Box, other: Box, by: float = 2.0) -> bool:
    across = one[0] - by <= other[2] and other[0] - by <= one[2]
    return across and one[1] - by <= other[3] and other[1] - by <= one[3]


def _union(boxes: Sequence[Box]) -> Box:
    return (
        min(one[0] for one in boxes),
        min(one[1] for one in boxes),
        max(one[2] for one in boxes),
        max(one[3] for one in boxes),
    )


def _region(page: Page, group: Sequence[Picture]) -> Region:
    box, seen = _union([one.box for one in group]), _union([one.turned for one in group])
    widest = max(one.width / max(1.0, one.turned[2] - one.turned[0]) for one in group)
    return Region(
        page.number,
        box,
        seen,
        pixels=int(widest * (seen[2] - seen[0])),
        source=sum(one.width * one.height for one in group),
        signs=tuple(one.sign for one in group),
        marks=tuple(one.mark for one in group if one.mark >= 0),
    )


def _drawings(page: Page, drawn: Drawn, area: float, turn: int) -> list[Region]:
    """Charts and maps drawn with lines and curves."""
    if len(drawn.shapes) < FEWEST_SHAPES:
        return []
    clusters: list[tuple[Box, int]] = []
    for one in drawn.shapes[:MOST_SHAPES]:
        if _area(one) > 0.7 * area:
            continue
        near = [each for each in clusters if _touch(one, each[0], 10.0)]
        clusters = [each for each in clusters if each not in near]
        count = 1 + sum(each[1] for each in near)
        clusters.append((_union([one, *(each[0] for each in near)]), count))
    found = []
    for box, count in clusters:
        big = min(box[2] - box[0], box[3] - box[1]) >= DRAWING_SIDE
        if count >= FEWEST_SHAPES and big and _area(box) < 0.8 * area:
            found.append(Region(page.number, upright(box, (360 - turn) % 360), box, turn=turn))
    return found


def copy_of(page: Page, region: Region) -> tuple[dict[str, Any], bytes] | None:
    """A small WebP picture of a region; None when there is nothing to see, or too much."""
    if region.source > MOST_PIXELS:
        return None
    most = SCAN_WIDTH if region.scan else WIDEST
    wanted = min(most, region.pixels) if region.pixels else most
    picture = rendered(page, region.box, wanted)
    if picture is None:
        return None
    counts = picture.convert("L").histogram()
    shades = [shade for shade, count in enumerate(counts) if count]
    if shades[-1] - shades[0] < FEWEST_SHADES:
        return None
    if region.scan:
        picture = picture.convert("L")
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=SCAN_QUALITY if region.scan else QUALITY, method=2)
    told = {"page": region.page, "width": picture.width, "height": picture.height}
    return told, out.getvalue()


def rendered(page: Page, box: Box, wanted: int) -> Image.Image | None:
    """A part of a page as it is seen, about `wanted` pixels wide."""
    full = (_width(page.handle), _height(page.handle))
    if not (1 < full[0] < 20_000 and 1 < full[1] < 20_000):
        return None
    seen = _on_paper(page, box, full)
    wide, high = seen[2] - seen[0], seen[3] - seen[1]
    if wide < 1 or high < 1:
        return None
    scale = min(max(wanted, 1) / wide, TALLEST / high, 4.0)
    size = (max(1, round(wide * scale)), max(1, round(high * scale)))
    bitmap = _new_bitmap(*size, raw.FPDFBitmap_BGRx, None, 0)
    if not bitmap:
        return None
    try:
        _fill(bitmap, 0, 0, *size, 0xFFFFFFFF)
        start = (-round(seen[0] * scale), -round(seen[1] * scale))
        whole = (round(full[0] * scale), round(full[1] * scale))
        _render(bitmap, page.handle, *start, *whole, 0, 0)
        buffer = raw.FPDFBitmap_GetBuffer(ctypes.cast(bitmap, raw.FPDF_BITMAP))
        stride = raw.FPDFBitmap_GetStride(ctypes.cast(bitmap, raw.FPDF_BITMAP))
        data = ctypes.string_at(buffer, stride * size[1])
        return Image.frombuffer("RGB", size, data, "raw", "BGRX", stride, 1)
    finally:
        _destroy(bitmap)


def _on_paper(page: Page, box: Box, full: tuple[float, float]) -> Box:
    """A box of the page's own space as the paper lies before us, in points from its top left."""
    points = []
    fine = 10
    for x, y in ((box[0], box[1]), (box[2], box[3])):
        at_x, at_y = ctypes.c_int(), ctypes.c_int()
        size = (round(full[0] * fine), round(full[1] * fine))
        pointers = (ctypes.addressof(at_x), ctypes.addressof(at_y))
        _to_device(page.handle, 0, 0, *size, 0, x, y, *pointers)
        points.append((at_x.value / fine, at_y.value / fine))
    (x0, y0), (x1, y1) = points
    left, right = sorted((x0, x1))
    top, bottom = sorted((y0, y1))
    return (max(0.0, left), max(0.0, top), min(full[0], right), min(full[1], bottom))
