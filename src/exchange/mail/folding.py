"""Words as people type them on a phone, made comparable: small letters without accents and marks.
Used by the commands and the small words that our letters teach."""

from __future__ import annotations

import re
import unicodedata


def folded(words: str, *, keep: str = "") -> str:
    """Small letters, one space between words; Arabic alef in one shape. Marks go but those to
    `keep`."""
    apart = unicodedata.normalize("NFKD", words.strip().casefold())
    letters = "".join(one for one in apart if not unicodedata.combining(one)).replace("ـ", "")
    return " ".join(re.sub(rf"[^\w\s{re.escape(keep)}]", " ", letters).split())
