"""Words of scanned pages, recognised by `tesseract` where it is installed, a few pages at a time.
Called by actions of this matter; without tesseract nothing happens."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from functools import lru_cache
from typing import IO

from exchange.core import sandbox
from exchange.library.models import Reading
from exchange.library.reading import making
from exchange.library.reading.tree import line

PAGES_A_RUN = 8
MOST_PAGES = 400
_PDF = "application/pdf"
_PAGE_WALL, _PAGE_BYTES = 60.0, 60_000_000
_WORDS_WALL, _WORDS_BYTES = 120.0, 400_000
_TRAINED = {
    "en": "eng",
    "fr": "fra",
    "es": "spa",
    "pt": "por",
    "sw": "swa",
    "ar": "ara",
    "am": "amh",
    "my": "mya",
    "hi": "hin",
    "bn": "ben",
    "ru": "rus",
}
_FEWEST_LETTERS = 12
_NAME = re.compile(r"[a-z_]{3,20}")

Recognised = dict[str, list[str]]


def is_possible(language: str) -> bool:
    """Whether tesseract is here and has learned this language's letters."""
    return bool(_program()) and _trained(language) in _languages()


def due(reading: Reading) -> list[int]:
    """The pages to look at next; none when all were, or none can be."""
    if reading.file.media_type != _PDF or not is_possible(reading.language or "en"):
        return []
    scanned = reading.quality.get("scanned", ())[:MOST_PAGES]
    return [page for page in scanned if str(page) not in reading.recognised][:PAGES_A_RUN]


def recognised(file: IO[bytes], pages: list[int], language: str) -> Recognised:
    """Paragraphs by page; a page in which nothing was found has none. Raises sandbox.Busy."""
    found: Recognised = {}
    for page in pages:
        file.seek(0)
        with tempfile.TemporaryFile() as picture:
            shown = sandbox.run(
                making.command(_PDF, "--page", str(page), "--render"),
                file,
                wall=_PAGE_WALL,
                most=_PAGE_BYTES,
                environment={"PYTHONPATH": sandbox.SOURCE},
                into=picture,
            )
            picture.seek(0)
            is_shown = not shown.code and not shown.is_cut
            found[str(page)] = _read(picture, language) if is_shown else []
    return found


def _read(picture: IO[bytes], language: str) -> list[str]:
    command = [
        *(sys.executable, "-s", "-B", "-m", "exchange.library.reading.programs.recognise"),
        *(_program(), _trained(language)),
    ]
    outcome = sandbox.run(
        command,
        picture,
        wall=_WORDS_WALL,
        most=_WORDS_BYTES,
        environment={"PYTHONPATH": sandbox.SOURCE},
    )
    if outcome.code or outcome.is_cut:
        return []
    groups = re.split(r"\n\s*\n|\f", outcome.said.decode("utf-8", "replace"))
    paragraphs = [line(re.sub(r"(\w)-\n(\w)", r"\1\2", group)) for group in groups]
    # Specks and lines are read as a letter or two.
    kept = [one for one in paragraphs if sum(c.isalnum() for c in one) > 2]
    return kept if sum(map(len, kept)) >= _FEWEST_LETTERS else []


def _program() -> str:
    return shutil.which("tesseract") or ""


def _trained(language: str) -> str:
    return _TRAINED.get(language.split("-")[0], "")


@lru_cache(maxsize=1)
def _languages() -> frozenset[str]:
    """What it has learned; asked once."""
    program = _program()
    if not program:
        return frozenset()
    told = subprocess.run(  # noqa: S603 - a program of the system, nothing of a stranger in it
        [program, "--list-langs"], capture_output=True, text=True, check=False, timeout=20
    )
    lines = told.stdout.split() + told.stderr.split()
    return frozenset(word for word in lines if _NAME.fullmatch(word))
