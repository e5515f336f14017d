"""The program that reads a PDF from standard input and answers with its block tree.
Run through core.sandbox: `programs.pdf`, or `programs.pdf --page N --render` for one page's picture."""

from __future__ import annotations

import codecs
import io
import json
import mmap
import os
import signal
import sys
from collections.abc import Sequence
from typing import Any

from exchange.library.reading.programs import limits
from exchange.library.reading.programs.limits import (
    BROKEN,
    TOO_LARGE,
    WRONG_KIND,
    Answer,
    Refused,
    answered,
    confine,
)
from exchange.library.reading.programs.pdf.apart import done_apart, said_apart

LARGEST_FILE = 400_000_000
# Address space beside the file itself, which is mapped.
MEMORY = 600_000_000
HEAD = 1_024
# For the copies of pictures: processor, clock, bytes. What is not done by then is left out.
COPY_CPU, COPY_WALL, COPY_BYTES = 12, 20.0, 16_000_000
# Wide enough for recognising letters.
RENDER_WIDTH = 2_000


def main() -> int:
    ways = os.pipe()
    data = _mapped()
    confine(_load, memory=MEMORY + (len(data) if data is not None else 0))
    page = _page_asked(sys.argv[1:])
    if page is None:
        code = done_apart(lambda: answered(lambda: _tree(data, ways)), ways)
    else:
        code = done_apart(lambda: _picture(data, page), ways)
    # A parser that fell over its own feet: the file is broken, or too much for it.
    if code in (-signal.SIGSEGV, -signal.SIGBUS, -signal.SIGFPE, -signal.SIGILL):
        return BROKEN
    if code in (-signal.SIGABRT, -signal.SIGTRAP):
        return TOO_LARGE
    return code if code >= 0 else 1


def _load() -> None:
    """All that reading needs, while files can still be opened."""
    from PIL import Image, WebPImagePlugin  # noqa: PLC0415 - only after the limits stand

    from exchange.library.reading.programs.pdf import figures, reader  # noqa: PLC0415 - as above

    for codec in ("ascii", "latin-1", "utf-8", "utf-16-le", "cp1252"):
        codecs.lookup(codec)
    Image.new("RGB", (4, 4)).save(io.BytesIO(), "WEBP")
    del WebPImagePlugin, figures, reader


def _page_asked(words: Sequence[str]) -> int | None:
    if len(words) == 3 and words[0] == "--page" and words[2] == "--render" and words[1].isdigit():
        return int(words[1])
    return None


def _mapped() -> Any:
    """The file on standard input, mapped and not copied, while that may still be done; None when
    there is nothing, or too much."""
    size = os.fstat(0).st_size
    if not 0 < size <= LARGEST_FILE:
        return None
    return mmap.mmap(0, size, access=mmap.ACCESS_COPY)


def _opened(data: Any) -> Any:
    """The document. Raises Refused."""
    from exchange.library.reading.programs.pdf.engine import Document  # noqa: PLC0415 - loaded

    if data is None:
        raise Refused(TOO_LARGE if os.fstat(0).st_size else WRONG_KIND)
    if b"%PDF-" not in data[:HEAD]:
        raise Refused(WRONG_KIND)
    return Document(data)


def _tree(data: Any, ways: tuple[int, int]) -> Answer:
    from exchange.library.reading.programs.pdf.reader import Reader, regions_in  # noqa: PLC0415

    document = _opened(data)
    tree = Reader(document).read()
    wanted = regions_in(tree["blocks"])
    said = b""
    if wanted:
        said = said_apart(
            lambda into: _copy(document, [region for _block, region in wanted], into),
            ways,
            cpu=COPY_CPU,
            wall=COPY_WALL,
            most=COPY_BYTES,
        )
    return _with_figures(tree, wanted, said)


def _copy(document: Any, regions: Sequence[Any], into: int) -> None:
    """In the child: each copy as a line that tells its number and size, then its bytes."""
    from exchange.library.reading.programs.pdf.figures import copy_of  # noqa: PLC0415 - loaded

    for number, region in enumerate(regions):
        with document.page(region.page) as page:
            made = copy_of(page, region) if page is not None else None
        if made is not None:
            told = json.dumps({**made[0], "of": number, "bytes": len(made[1])}).encode()
            _write(into, told + b"\n" + made[1])


def _write(into: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(into, view) :]


def _with_figures(
    tree: dict[str, Any], wanted: Sequence[tuple[dict[str, Any], Any]], said: bytes
) -> Answer:
    """The tree with its figures named; a figure whose copy never came leaves its place."""
    copies: dict[int, tuple[dict[str, Any], bytes]] = {}
    start = 0
    while (end := said.find(b"\n", start)) > 0:
        told = json.loads(said[start:end])
        data = said[end + 1 : end + 1 + told["bytes"]]
        start = end + 1 + told["bytes"]
        if len(data) == told["bytes"]:
            copies[told.pop("of")] = (told, data)
    kept: list[bytes] = []
    for number, (block, region) in enumerate(wanted):
        del block["region"]
        if number in copies:
            told, data = copies[number]
            block["id"] = f"f{len(kept) + 1}"
            tree["figures"].append({"id": block["id"], **told, "alt": region.alt})
            kept.append(data)
        elif region.alt:
            # The picture is lost, its words are not.
            block.update({"type": "paragraph", "spans": [{"t": region.alt}]})
    missing = len(wanted) - len(kept)
    tree["quality"]["dropped"]["pictures"] += missing
    tree["blocks"] = [one for one in tree["blocks"] if one["type"] != "figure" or "id" in one]
    return Answer(tree, kept)


def _picture(data: Any, number: int) -> int:
    """One page as a picture on standard output, for recognising its letters."""
    from exchange.library.reading.programs.pdf.figures import rendered  # noqa: PLC0415 - loaded

    try:
        with _opened(data).page(number) as page:
            picture = rendered(page, page.box, RENDER_WIDTH) if page is not None else None
        if picture is None:
            return BROKEN
        picture.convert("L").save(sys.stdout.buffer, "PNG", compress_level=3)
        sys.stdout.buffer.flush()
    except Refused as refused:
        return refused.code
    return limits.FINE


if __name__ == "__main__":
    sys.exit(main())
