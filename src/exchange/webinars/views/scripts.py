"""The addresses of this room's scripts and of the style sheet, marked by what is in them, so that a
change is fetched at once. Called by the views beside it."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.templatetags.static import static

_HERE = Path(__file__).parents[1] / "static" / "webinars"


@lru_cache(maxsize=8)
def script(name: str = "live.js") -> str:
    mark = hashlib.sha256((_HERE / name).read_bytes()).hexdigest()[:8]
    return f"{static(f'webinars/{name}')}?{mark}"


@lru_cache(maxsize=1)
def style() -> str:
    """For pages that come again and again: fetched once, where others carry it inside."""
    mark = hashlib.sha256(settings.STYLE.encode()).hexdigest()[:8]
    return f"{static('look.min.css')}?{mark}"
