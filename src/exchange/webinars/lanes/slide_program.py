"""The program that opens a hostile file of slides: words and one light picture of each, and ends.
Run by slide_files.py alone, as a process of its own; it imports nothing of ours."""

import io
import json
import os
import posixpath
import resource
import sys
import warnings
import zipfile
from collections.abc import Iterator
from typing import Any

# Before anything hostile is read: little time, little memory, nothing written to disk.
CPU_SECONDS = 60
ADDRESS_SPACE = 1_400_000_000
MOST_SLIDES = 60
MOST_PIXELS = 40_000_000
MOST_UNPACKED = 150_000_000
LARGEST_MEMBER = 30_000_000
LONGEST_WORDS = 4_000
# Steps until a picture weighs little enough: width, with colours or without, quality.
LIGHT = 15_000
STEPS = (
    (800, "RGB", 55),
    (800, "RGB", 30),
    (800, "L", 35),
    (640, "L", 30),
    (480, "L", 25),
    (360, "L", 15),
    (240, "L", 10),
)
BROKEN, TOO_LONG, ENCRYPTED = 3, 4, 5

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_LEFT_OUT = ("dt", "ftr", "sldNum", "hdr")
_MAIN = "ppt/presentation.xml"

Slide = tuple[str, str, bytes]


class Ended(Exception):
    """The file is not read, for a reason that has a code."""

    def __init__(self, code: int) -> None:
        super().__init__(str(code))
        self.code = code


def main() -> int:
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(5)
    _load()
    limit = int(sum(os.times()[:2])) + CPU_SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
    # Reading and writing go on through the open pipes; no file can be opened any more.
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
    data = sys.stdin.buffer.read()
    try:
        read = _pages if sys.argv[1] == "pdf" else _presentation
        _send(list(read(data)))
    except Ended as ended:
        return ended.code
    except Exception:  # noqa: BLE001 - whatever a parser throws, the file is none for us
        return BROKEN
    return 0


def _load() -> None:
    """Everything that may be needed later, while files can still be opened."""
    import pypdfium2  # noqa: PLC0415 - only after the limits stand
    from lxml import etree  # noqa: PLC0415 - as above
    from PIL import Image, WebPImagePlugin  # noqa: PLC0415 - as above

    Image.preinit()
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.new("RGB", (4, 4)).save(io.BytesIO(), "WEBP")
    etree.fromstring(b"<a/>")
    for codec in ("ascii", "latin-1", "utf-8", "utf-16", "utf-16-le", "cp437"):
        b"".decode(codec)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", "a")
    zipfile.ZipFile(made).read("a")
    del pypdfium2, WebPImagePlugin


def _pages(data: bytes) -> Iterator[Slide]:
    import pypdfium2  # noqa: PLC0415 - loaded above

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise Ended(ENCRYPTED if "assword" in str(error) else BROKEN) from error
    if len(document) > MOST_SLIDES:
        raise Ended(TOO_LONG)
    for page in document:
        said = page.get_textpage().get_text_bounded()[:LONGEST_WORDS]
        lines = [" ".join(line.split()) for line in said.splitlines()]
        lines = [line for line in lines if line]
        width, height = page.get_size()
        scale = min(1.0 * 800 / max(width, 1), 1200 / max(height, 1))
        picture = page.render(scale=scale).to_pil()
        yield "".join(lines[:1])[:200], "\n".join(lines[1:]), _light(picture)


def _light(picture: Any) -> bytes:
    """A fresh picture with nothing attached, as good as the weight allows."""
    from PIL import Image  # noqa: PLC0415 - loaded above

    if picture.mode in ("RGBA", "LA", "PA", "P"):
        picture = picture.convert("RGBA")
        ground = Image.new("RGB", picture.size, "white")
        ground.paste(picture, mask=picture.getchannel("A"))
        picture = ground
    data = b""
    for width, mode, quality in STEPS:
        share = min(1.0, width / picture.width, 1.5 * width / picture.height)
        size = (max(1, round(picture.width * share)), max(1, round(picture.height * share)))
        small = picture.convert("RGB").convert(mode).convert("RGB")
        small = small.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
        clean = Image.new("RGB", small.size)
        clean.paste(small)
        out = io.BytesIO()
        clean.save(out, "WEBP", quality=quality, method=4)
        data = out.getvalue()
        if len(data) <= LIGHT:
            return data
    return b""


def _presentation(data: bytes) -> Iterator[Slide]:
    """PPTX: the words of each slide, and its largest picture."""
    archive = zipfile.ZipFile(io.BytesIO(data))
    members = archive.infolist()
    if len(members) > 5_000 or sum(one.file_size for one in members) > MOST_UNPACKED:
        raise Ended(TOO_LONG)
    names = set(archive.namelist())
    if _MAIN not in names:
        raise Ended(BROKEN)
    relations = _relations(archive, names, _MAIN)
    order = [one.get(f"{_R}id") for one in _xml(archive, _MAIN).iter(f"{_P}sldId")]
    slides = [relations[key] for key in order if relations.get(key) in names]
    if len(slides) > MOST_SLIDES:
        raise Ended(TOO_LONG)
    for name in slides:
        root = _xml(archive, name)
        if root.get("show") != "0":
            title, text = _words(root)
            yield title, text, _picture(archive, names, name, root)


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as member:
        data = member.read(LARGEST_MEMBER + 1)
    if len(data) > LARGEST_MEMBER:
        raise Ended(TOO_LONG)
    return data


def _xml(archive: zipfile.ZipFile, name: str) -> Any:
    from lxml import etree  # noqa: PLC0415 - loaded above

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(_read(archive, name), parser)


def _relations(archive: zipfile.ZipFile, names: set[str], name: str) -> dict[str, str]:
    """What a part calls its neighbours, by their names in the file; none outside of it."""
    folder, base = posixpath.split(name)
    beside = f"{folder}/_rels/{base}.rels"
    if beside not in names:
        return {}
    return {
        one.get("Id", ""): posixpath.normpath(posixpath.join(folder, one.get("Target", "")))
        for one in _xml(archive, beside)
        if one.get("TargetMode") != "External"
    }


def _words(root: Any) -> tuple[str, str]:
    title, lines = "", []
    for shape in root.iter(f"{_P}sp", f"{_A}tbl"):
        place = next(shape.iter(f"{_P}ph"), None)
        role = "" if place is None else place.get("type") or "body"
        if role in _LEFT_OUT:
            continue
        said = [_paragraph(one) for one in shape.iter(f"{_A}p")]
        said = [one for one in said if one]
        if role in ("title", "ctrTitle") and not title:
            title = " ".join(said)[:200]
        else:
            lines += said
    text = "\n".join(lines)[:LONGEST_WORDS]
    return title, text


def _paragraph(one: Any) -> str:
    pieces = [
        " " if piece.tag == f"{_A}br" else piece.text or ""
        for piece in one.iter(f"{_A}t", f"{_A}br")
    ]
    return " ".join("".join(pieces).split())


def _picture(archive: zipfile.ZipFile, names: set[str], name: str, root: Any) -> bytes:
    from PIL import Image  # noqa: PLC0415 - loaded above

    relations = _relations(archive, names, name)
    keys = [blip.get(f"{_R}embed") for blip in root.iter(f"{_A}blip")]
    found = {relations[key] for key in keys if relations.get(key) in names}
    for media in sorted(found, key=lambda one: -archive.getinfo(one).file_size):
        try:
            opened = Image.open(
                io.BytesIO(_read(archive, media)), formats=["JPEG", "PNG", "GIF", "WEBP"]
            )
            if min(opened.size) >= 100:
                return _light(opened)
        except Exception:  # noqa: BLE001, S112 - a picture that is broken is left out
            continue
    return b""


def _send(slides: list[Slide]) -> None:
    told = [
        {"title": title, "text": text, "bytes": len(picture)} for title, text, picture in slides
    ]
    out = sys.stdout.buffer
    out.write(json.dumps(told).encode() + b"\n")
    for _title, _text, picture in slides:
        out.write(picture)
    out.flush()


if __name__ == "__main__":
    sys.exit(main())
