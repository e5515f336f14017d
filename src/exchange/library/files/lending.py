"""The library's cleaning programs, lent to every room that keeps files.
Registered with `core.cleaning` by the hooks of files."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from exchange.core import cleaning
from exchange.library.files import names, words
from exchange.library.files.cleaning import cleaned, real
from exchange.library.files.kinds import ACCEPTED, NotTaken


def register() -> None:
    cleaning.register(lent, accepted=ACCEPTED)


@contextmanager
def lent(file: IO[bytes], size: int, name: str) -> Iterator[cleaning.Clean]:
    """As the library cleans its own. Raises cleaning.NotTaken with the library's words."""
    try:
        with real(file) as opened, cleaned(opened, size) as made:
            shown = names.safe(name, made.kind.suffix)
            yield cleaning.Clean(
                path=made.path,
                media_type=made.kind.media_type,
                name=shown,
                words_of_name=names.words_of(shown),
                size=made.size,
                sha256=made.sha256,
                taken_out=made.taken_out,
                opens=made.kind.opens,
            )
    except NotTaken as refusal:
        raise cleaning.NotTaken(words.why_not(refusal.code)) from refusal
