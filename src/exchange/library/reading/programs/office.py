"""What programs for office files share: a zip opened with care, bounded XML, small pictures, blocks.
Called by the programs of this folder; knows nothing of Django."""

from __future__ import annotations

import codecs
import io
import posixpath
import re
import sys
import warnings
import zipfile
from typing import Any
from urllib.parse import unquote

from exchange.library.reading.programs import limits
from exchange.library.reading.programs.limits import Answer, Refused

MOST_MEMBERS = 8_000
LARGEST_MEMBER = 60_000_000
MOST_UNPACKED = 250_000_000
LARGEST_FILE = 150_000_000
MOST_FIGURES = 300
MOST_FIGURE_BYTES = 40_000_000
MOST_PIXELS = 40_000_000
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FORMATS = ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP")

Span = dict[str, Any]
Block = dict[str, Any]


def prepare() -> None:
    """Everything office files need, loaded while files can still be opened."""
    from lxml import etree, html  # noqa: PLC0415 - only within limits
    from PIL import (  # noqa: PLC0415 - as above
        BmpImagePlugin,
        GifImagePlugin,
        Image,
        JpegImagePlugin,
        PngImagePlugin,
        TiffImagePlugin,
        WebPImagePlugin,
    )

    sys.setrecursionlimit(6_000)
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    first = Image.new("RGB", (4, 4))
    for name in ("PNG", "JPEG", "WEBP"):
        out = io.BytesIO()
        first.save(out, name)
        Image.open(out).load()
    for codec in ("cp437", "utf-8", "utf-16", "utf-16-le", "latin-1", "cp1252", "ascii"):
        codecs.lookup(codec)
    html.document_fromstring("<p>x</p>")
    etree.fromstring(b"<x/>", parser())
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("x", "x")
    Package(made.getvalue()).read("x")
    del BmpImagePlugin, GifImagePlugin, JpegImagePlugin, PngImagePlugin
    del TiffImagePlugin, WebPImagePlugin


def parser() -> Any:
    """Reads XML without entities, without a network, without endless depth."""
    from lxml import etree  # noqa: PLC0415 - loaded by prepare

    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False
    )


class Package:
    """A zip of parts. Raises Refused for what is none, is encrypted, or unpacks to too much."""

    def __init__(self, data: bytes) -> None:
        if data.startswith(_OLD_OFFICE):
            is_locked = "EncryptedPackage".encode("utf-16-le") in data
            raise Refused(limits.ENCRYPTED if is_locked else limits.WRONG_KIND)
        if not data.startswith(b"PK"):
            raise Refused(limits.WRONG_KIND)
        try:
            self.archive = zipfile.ZipFile(io.BytesIO(data))
            members = self.archive.infolist()
        except (zipfile.BadZipFile, ValueError, OverflowError) as error:
            raise Refused(limits.BROKEN) from error
        if len(members) > MOST_MEMBERS or sum(one.file_size for one in members) > MOST_UNPACKED:
            raise Refused(limits.TOO_LARGE)
        if any(one.flag_bits & 1 for one in members):
            raise Refused(limits.ENCRYPTED)
        self.names = {one.filename for one in members}
        self.unpacked = 0

    def read(self, name: str) -> bytes:
        """One part. What it says of its size is not believed."""
        if name not in self.names:
            raise Refused(limits.BROKEN)
        with self.archive.open(name) as part:
            data = part.read(LARGEST_MEMBER + 1)
        self.unpacked += len(data)
        if len(data) > LARGEST_MEMBER or self.unpacked > 2 * MOST_UNPACKED:
            raise Refused(limits.TOO_LARGE)
        return data

    def xml(self, name: str) -> Any:
        from lxml import etree  # noqa: PLC0415 - loaded by prepare

        try:
            return etree.fromstring(self.read(name), parser())
        except (etree.XMLSyntaxError, ValueError) as error:
            raise Refused(limits.BROKEN) from error

    def relations(self, name: str) -> dict[str, tuple[str, str]]:
        """By id: the sort of a relation and the part it leads to; outside ones are left out."""
        folder, base = posixpath.split(name)
        rels = posixpath.join(folder, "_rels", f"{base}.rels")
        if rels not in self.names:
            return {}
        found = {}
        for one in self.xml(rels):
            if not isinstance(one.tag, str) or one.get("TargetMode") == "External":
                continue
            sort = (one.get("Type") or "").rsplit("/", 1)[-1]
            found[one.get("Id") or ""] = (sort, joined(folder, one.get("Target") or ""))
        return found


def joined(folder: str, target: str) -> str:
    """The name of a part that is named from another one's folder."""
    target = unquote(target.split("#")[0])
    if target.startswith("/"):
        return posixpath.normpath(target).lstrip("/")
    return posixpath.normpath(posixpath.join(folder, target))


class Paper:
    """The tree being written: blocks, pictures, counted so that it cannot grow without end."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.title = ""
        self.language = ""
        self.pages = 0
        self.figures: list[dict[str, Any]] = []
        self.data: list[bytes] = []
        self.characters = 0
        self.page_now = 0
        self._by_source: dict[str, str] = {}
        self._lost = 0

    def add(self, block: Block) -> None:
        self.blocks.append(block)
        if len(self.blocks) > 100_000:
            raise Refused(limits.TOO_LONG)

    def words(self, kind: str, spans: list[Span], **more: Any) -> None:
        """A block of words; nothing when there are none."""
        spans = self.tidy(spans)
        if spans:
            self.add({"type": kind, "spans": spans, **more})

    def page(self, number: int) -> None:
        if number > limits.MOST_PAGES:
            raise Refused(limits.TOO_LONG)
        self.page_now = self.pages = number
        self.add({"type": "page", "number": number})

    def tidy(self, spans: list[Span]) -> list[Span]:
        """Spans of one look joined, white space as one space, none at the ends."""
        made: list[Span] = []
        for one in spans:
            text = re.sub(r"\s+", " ", one["t"])
            if made and made[-1]["t"].endswith(" "):
                text = text.lstrip(" ") if text.strip(" ") or text == " " else text
            look = {key: value for key, value in one.items() if key != "t"}
            if not text:
                continue
            if made and {k: v for k, v in made[-1].items() if k != "t"} == look:
                made[-1]["t"] += text
            else:
                made.append({"t": text, **look})
        if made:
            made[0]["t"] = made[0]["t"].lstrip()
            made[-1]["t"] = made[-1]["t"].rstrip()
        made = [one for one in made if one["t"]]
        self.characters += sum(len(one["t"]) for one in made)
        if self.characters > limits.MOST_CHARACTERS:
            raise Refused(limits.TOO_LONG)
        return made if any(one["t"].strip() for one in made) else []

    def picture(self, source: str, data: bytes, alt: str = "") -> str:
        """The name of a picture made small, the same for the same source; "" when it is none."""
        if source not in self._by_source:
            self._by_source[source] = self._made(data, alt)
        return self._by_source[source]

    def _made(self, data: bytes, alt: str) -> str:
        small = small_picture(data)
        full = len(self.figures) >= MOST_FIGURES
        if small is None or full or sum(map(len, self.data)) > MOST_FIGURE_BYTES:
            self._lost += 1
            return ""
        width, height, webp = small
        name = f"f{len(self.figures) + 1}"
        told = {"id": name, "page": self.page_now, "width": width, "height": height}
        self.figures.append({**told, "bytes": len(webp), "alt": clean(alt)[:300]})
        self.data.append(webp)
        return name

    def answer(self) -> Answer:
        quality = {"figures": len(self.figures), "lost": self._lost}
        tree = {
            "version": 1,
            "language": self.language,
            "title": clean(self.title)[:300],
            "pages": self.pages,
            "blocks": cleaned(self.blocks),
            "figures": self.figures,
            "quality": quality,
        }
        return Answer(tree, self.data)


def small_picture(data: bytes) -> tuple[int, int, bytes] | None:
    """Width, height and WebP of a picture, nothing attached; None for what is none, or a dot."""
    from PIL import Image  # noqa: PLC0415 - loaded by prepare

    if not data or len(data) > LARGEST_MEMBER:
        return None
    try:
        opened = Image.open(io.BytesIO(data), formats=_FORMATS)
        if opened.width * opened.height > MOST_PIXELS or min(opened.size) < 24:
            return None
        opened.draft("RGB", (1000, 1000))
        picture = _on_white(opened)
        picture.thumbnail((1000, 1400), Image.Resampling.LANCZOS, reducing_gap=2.0)
        clean_one = Image.new("RGB", picture.size)
        clean_one.paste(picture)
        for quality in (60, 48, 36, 24):
            out = io.BytesIO()
            clean_one.save(out, "WEBP", quality=quality, method=3)
            if out.tell() <= 80_000:
                break
        return (*clean_one.size, out.getvalue())
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - whatever a decoder throws, there is no picture then
        return None


def _on_white(opened: Any) -> Any:
    from PIL import Image  # noqa: PLC0415 - loaded by prepare

    if opened.mode in ("RGB", "L", "CMYK"):
        return opened.convert("RGB")
    clear = opened.convert("RGBA")
    ground = Image.new("RGB", clear.size, "white")
    ground.paste(clear, mask=clear.getchannel("A"))
    return ground


def clean(text: str) -> str:
    """Text that can be written out."""
    return text.encode("utf-8", "replace").decode("utf-8")


def cleaned(told: Any) -> Any:
    """The same for every text within."""
    if isinstance(told, str):
        return clean(told)
    if isinstance(told, list):
        return [cleaned(one) for one in told]
    if isinstance(told, dict):
        return {key: cleaned(one) for key, one in told.items()}
    return told


def promoted(rows: list[list[dict[str, Any]]]) -> list[list[dict[str, Any]]]:
    """The first row as the head, where a table names none and its first row reads like one."""
    if len(rows) < 2 or any(cell.get("head") for cell in rows[0]):
        return rows
    names = ["".join(one["t"] for one in cell["spans"]).strip() for cell in rows[0]]
    if len(names) > 1 and all(names) and max(map(len, names)) <= 120:
        for cell in rows[0]:
            cell["head"] = True
    return rows


def given() -> bytes:
    """The file on standard input. Raises Refused when it is larger than any we take."""
    data = sys.stdin.buffer.read(LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE:
        raise Refused(limits.TOO_LARGE)
    return data
