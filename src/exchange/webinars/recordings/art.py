"""The square picture of the podcast: our mark on warm paper, drawn once and kept.
Called by the view that serves it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import lru_cache

SIDE = 1400
_PAPER, _ACT, _LIVE = (251, 247, 240), (11, 92, 85), (224, 160, 48)
_FIELD = 32.0
# The two strokes of mark.html as curves of four points, and the dot between them.
_STROKES = (
    (((5, 19), (7, 11), (14, 7), (20, 9)), _ACT),
    (((27, 13), (25, 21), (18, 25), (12, 23)), _LIVE),
)
_THICK, _DOT = 1.6, 2.6
Point = tuple[float, float]


@lru_cache(maxsize=1)
def picture() -> bytes:
    """A PNG of a few kilobytes."""
    from PIL import Image, ImageDraw  # noqa: PLC0415 - heavy, and few ever ask for it

    large = Image.new("RGB", (SIDE * 2, SIDE * 2), _PAPER)
    pen = ImageDraw.Draw(large)
    for curve, colour in _STROKES:
        for point in _along(curve):
            _disc(pen, point, _THICK, colour)
    _disc(pen, (16, 16), _DOT, _ACT)
    small = large.resize((SIDE, SIDE), Image.Resampling.LANCZOS).quantize(32)
    kept = io.BytesIO()
    small.save(kept, "PNG", optimize=True)
    return kept.getvalue()


def _along(curve: tuple[Point, Point, Point, Point]) -> Iterator[Point]:
    """Points of a cubic curve, close enough to look like a stroke."""
    for step in range(401):
        at = step / 400
        weights = ((1 - at) ** 3, 3 * at * (1 - at) ** 2, 3 * at * at * (1 - at), at**3)
        yield (
            sum(weight * point[0] for weight, point in zip(weights, curve, strict=True)),
            sum(weight * point[1] for weight, point in zip(weights, curve, strict=True)),
        )


def _disc(pen, point: Point, radius: float, colour: tuple[int, int, int]) -> None:  # type: ignore[no-untyped-def]
    scale = SIDE * 2 / _FIELD
    left, top = (point[0] - radius) * scale, (point[1] - radius) * scale
    pen.ellipse((left, top, left + 2 * radius * scale, top + 2 * radius * scale), fill=colour)
