"""From a file to everything that is kept of its light view: the right program, its answer, parts.
Called by actions of this matter; writes nothing."""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from time import monotonic
from typing import IO, Any

from exchange.core import sandbox
from exchange.core.languages import direction
from exchange.library.models import Reading
from exchange.library.reading import language, parting, tree
from exchange.library.reading.parting import Parted
from exchange.library.reading.tree import Block, Figure, Tree

# Raised when a program or the rendering has become better: what an older one made is made anew.
MAKER = 1
_OFFICE = "application/vnd.openxmlformats-officedocument."
_FOLDER = "exchange.library.reading.programs."
PROGRAMS = {
    "application/pdf": "pdf",
    f"{_OFFICE}wordprocessingml.document": "docx",
    f"{_OFFICE}presentationml.presentation": "pptx",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/epub+zip": "epub",
    "text/plain": "text",
}
# Two thousand dense pages take some minutes; the programs end themselves before that.
WALL_SECONDS = 400.0
MOST_BYTES = 90_000_000
_REASONS = {
    3: "broken",
    4: "encrypted",
    5: "too-long",
    6: "broken",
    7: "too-large",
}
_FEWEST_WORDS = 12  # a page, on the average, of something that is no heap of pictures
_WORD = re.compile(r"\w+")


@dataclass
class Made:
    """A light view, or why there is none."""

    state: str
    why: str = ""
    language: str = ""
    title: str = ""
    pages: int = 0
    words: int = 0
    quality: dict[str, Any] = field(default_factory=dict)
    parted: Parted = field(default_factory=Parted)
    figures: list[Figure] = field(default_factory=list)
    seconds: float = 0.0


def can_be_read(media_type: str) -> bool:
    """Whether there is a program for it: not for sound and single pictures."""
    return media_type in PROGRAMS


def command(media_type: str, *words: str) -> list[str]:
    """How the program of a sort of file is started."""
    return [sys.executable, "-s", "-B", "-m", _FOLDER + PROGRAMS[media_type], *words]


def make(
    file: IO[bytes],
    media_type: str,
    spoken: str,
    recognised: Mapping[str, Sequence[str]] | None = None,
) -> Made:
    """The light view of an opened file; `spoken` is what its record says of its language,
    `recognised` are words of scanned pages. Raises sandbox.Busy."""
    begun = monotonic()
    with tempfile.TemporaryFile() as heard:
        outcome = sandbox.run(
            command(media_type),
            file,
            wall=WALL_SECONDS,
            most=MOST_BYTES,
            environment={"PYTHONPATH": sandbox.SOURCE},
            into=heard,
        )
        heard.seek(0)
        said = b"" if outcome.code or outcome.is_cut else heard.read()
    if outcome.code or outcome.is_cut:
        return _failed(_REASONS.get(outcome.code, "too-heavy"), begun)
    try:
        found = tree.read(said)
    except tree.Unsound:
        return _failed("too-heavy", begun)
    _put_in(found, recognised or {})
    made = of_tree(found, spoken)
    made.seconds = round(monotonic() - begun, 3)
    return made


def of_tree(found: Tree, spoken: str) -> Made:
    """The light view of a tree."""
    words = " ".join(_some_words(found))
    tongue = language.guessed(words, default=spoken or found.language)
    parted = parting.parted(found, direction(tongue))
    count = sum(len(_WORD.findall(part.text)) for part in parted.parts)
    quality = {**found.quality, **_measured(found, parted)}
    if not count and not found.figures:
        return Made(Reading.State.FAILED, why="empty", pages=found.pages, quality=quality)
    return Made(
        Reading.State.IMAGE_ONLY if _is_pictures(found, count) else Reading.State.READY,
        language=tongue[:8],
        title=found.title,
        pages=found.pages,
        words=count,
        quality=quality,
        parted=parted,
        figures=list(found.figures.values()),
    )


def _put_in(found: Tree, recognised: Mapping[str, Sequence[str]]) -> None:
    """What was recognised of scanned pages, after the picture of each."""
    scanned = {page for page in found.quality.get("scanned", ()) if recognised.get(str(page))}
    if not scanned:
        return
    blocks: list[Block] = []
    page = 0
    for block in [*found.blocks, {"type": "page", "number": 0}]:
        if block["type"] == "page":
            said = recognised.get(str(page), ()) if page in scanned else ()
            blocks += [{"type": "paragraph", "spans": [{"t": tree.words(one)}]} for one in said]
            page = block["number"]
            block = {**block, "recognised": page in scanned}
        blocks.append(block)
    found.blocks = blocks[:-1]
    found.quality["recognised"] = sorted(scanned)


def _failed(why: str, begun: float) -> Made:
    return Made(Reading.State.FAILED, why=why, seconds=round(monotonic() - begun, 3))


def _some_words(found: Tree) -> list[str]:
    """The beginnings of paragraphs from everywhere in the document."""
    blocks = [one for one in found.blocks if one["type"] in ("paragraph", "heading", "quote")]
    every = max(1, len(blocks) // 200)
    return [tree.plain(one["spans"])[:400] for one in blocks[::every]]


def _is_pictures(found: Tree, words: int) -> bool:
    """Nearly all pages are pictures: what little text there is would mislead."""
    pages = max(found.pages, 1)
    scanned = len(set(found.quality.get("scanned", ())))
    recognised = len(set(found.quality.get("recognised", ())))
    return scanned - recognised > 0.8 * pages and words < _FEWEST_WORDS * pages


def _measured(found: Tree, parted: Parted) -> dict[str, Any]:
    """How good it is likely to be, in figures."""
    kinds: dict[str, int] = {}
    for block in found.blocks:
        kinds[block["type"]] = kinds.get(block["type"], 0) + 1
    return {"blocks": kinds, "headings": len(parted.contents)}
