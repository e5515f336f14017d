"""Our mark, drawn on a picture: the two strokes of mark.svg and the dot between them.
Called by rooms that make pictures; needs Pillow only where a pen is handed in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

PAPER, INK = (251, 247, 240), (29, 43, 42)
ACT, LIVE = (11, 92, 85), (224, 160, 48)
_FIELD = 32.0
# The strokes as curves of four points.
_STROKES = (
    (((5, 19), (7, 11), (14, 7), (20, 9)), ACT),
    (((27, 13), (25, 21), (18, 25), (12, 23)), LIVE),
)
_THICK, _DOT = 1.6, 2.6
Point = tuple[float, float]


def draw(pen: Any, *, side: float, left: float = 0, top: float = 0) -> None:
    """The mark in a square of `side` pixels, by a pen of PIL.ImageDraw."""
    for curve, colour in _STROKES:
        for point in _along(curve):
            _disc(pen, point, _THICK, colour, (side / _FIELD, left, top))
    _disc(pen, (16, 16), _DOT, ACT, (side / _FIELD, left, top))


def _along(curve: tuple[Point, Point, Point, Point]) -> Iterator[Point]:
    """Points of a cubic curve, close enough to look like a stroke."""
    for step in range(401):
        at = step / 400
        weights = ((1 - at) ** 3, 3 * at * (1 - at) ** 2, 3 * at * at * (1 - at), at**3)
        yield (
            sum(weight * point[0] for weight, point in zip(weights, curve, strict=True)),
            sum(weight * point[1] for weight, point in zip(weights, curve, strict=True)),
        )


def _disc(
    pen: Any,
    point: Point,
    radius: float,
    colour: tuple[int, int, int],
    place: tuple[float, float, float],
) -> None:
    scale, left, top = place
    x, y = left + (point[0] - radius) * scale, top + (point[1] - radius) * scale
    pen.ellipse((x, y, x + 2 * radius * scale, y + 2 * radius * scale), fill=colour)
