"""The square picture of the podcast: our mark on warm paper, drawn once and kept.
Called by the view that serves it."""

from __future__ import annotations

import io
from functools import lru_cache

from exchange.core import drawn_mark

SIDE = 1400


@lru_cache(maxsize=1)
def picture() -> bytes:
    """A PNG of a few kilobytes."""
    from PIL import Image, ImageDraw  # noqa: PLC0415 - heavy, and few ever ask for it

    large = Image.new("RGB", (SIDE * 2, SIDE * 2), drawn_mark.PAPER)
    drawn_mark.draw(ImageDraw.Draw(large), side=SIDE * 2)
    small = large.resize((SIDE, SIDE), Image.Resampling.LANCZOS).quantize(32)
    kept = io.BytesIO()
    small.save(kept, "PNG", optimize=True)
    return kept.getvalue()
