"""The program that opens a stranger's DOCX, PPTX, ODT or EPUB and packs it anew without names.
Run by cleaning.py alone, as a process of its own; what goes is said in packed.py."""

from __future__ import annotations

import codecs
import io
import re
import sys
import zipfile

from exchange.library.files.programs.answering import Clean, Unwanted, answered
from exchange.library.reading.programs.limits import BROKEN, ENCRYPTED, Refused, confine

CPU_SECONDS = 45
MOST_ENTRIES = 5_000
MOST_INSIDE = 300_000_000
# Words packed tightly are large unpacked; beyond this only a trap is.
TIGHTEST = 120
ALWAYS_FINE = 20_000_000

_SORTS = {
    b"application/epub+zip": "epub",
    b"application/vnd.oasis.opendocument.text": "odt",
}
_MAIN_PARTS = (
    (b"wordprocessingml.document.main+xml", "docx"),
    (b"presentationml.presentation.main+xml", "pptx"),
    (b"presentationml.slideshow.main+xml", "pptx"),
)
_MACROS = re.compile(
    r"(?i)(?:^|/)(?:vbaproject\.bin|vbadata\.xml|activex/.*)$|^(?:basic|scripts)/.+"
)
# How fonts are hidden in EPUBs; anything else that is encrypted is a lock.
_FONTS_ALONE = (b"http://www.idpf.org/2008/embedding", b"http://ns.adobe.com/pdf/enc#RC")


def main() -> int:
    confine(_load, cpu=CPU_SECONDS)
    return answered(_cleaned)


def _load() -> None:
    """Everything that may be needed later, while files can still be opened."""
    from exchange.library.files.programs import packed  # noqa: PLC0415 - after the limits stand

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("ä", b"x" * 100)
    zipfile.ZipFile(out).read("ä")
    for codec in ("ascii", "latin-1", "utf-8", "utf-16", "cp437"):
        codecs.lookup(codec)
    del packed


def _cleaned() -> Clean:
    from exchange.library.files.programs import packed  # noqa: PLC0415 - loaded above

    try:
        archive = zipfile.ZipFile(sys.stdin.buffer)
    except zipfile.BadZipFile as broken:
        raise Unwanted("cut-off") from broken
    entries = archive.infolist()
    _check(entries)
    kind = _kind(archive)
    _check_locks(archive, kind)
    taken: set[str] = set()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as fresh:
        for entry in _in_order(entries):
            data = archive.read(entry)
            clean = packed.without_names(entry.filename, data, kind, taken)
            if clean is not None:
                fresh.writestr(_blank(entry), clean)
    return Clean(kind, out.getvalue(), taken)


def _check(entries: list[zipfile.ZipInfo]) -> None:
    """The list of contents alone, before anything is unpacked."""
    if not entries:
        raise Unwanted("archive")
    if min(entry.header_offset for entry in entries) != 0:
        raise Unwanted("two-things")
    names = [entry.filename.casefold() for entry in entries]
    if len(set(names)) != len(names) or any(map(_is_odd, names)):
        raise Refused(BROKEN)
    inside = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if len(entries) > MOST_ENTRIES or inside > MOST_INSIDE:
        raise Unwanted("bomb")
    if inside > ALWAYS_FINE and inside > TIGHTEST * packed:
        raise Unwanted("bomb")
    if any(entry.flag_bits & 0x41 for entry in entries):
        raise Refused(ENCRYPTED)
    if any(entry.compress_type not in (0, 8) for entry in entries):
        raise Refused(BROKEN)
    if any(_MACROS.search(entry.filename) for entry in entries):
        raise Unwanted("macros")


def _is_odd(name: str) -> bool:
    """A name that leads out of the package."""
    return (
        name.startswith(("/", "\\"))
        or "\\" in name
        or "\x00" in name
        or ".." in name.split("/")
        or re.match(r"[a-z]:", name) is not None
    )


def _kind(archive: zipfile.ZipFile) -> str:
    names = set(archive.namelist())
    if "mimetype" in names:
        kind = _SORTS.get(archive.read("mimetype").strip(), "")
        if kind == "" or not names & {"content.xml", "META-INF/container.xml"}:
            raise Unwanted("wrong-type")
        return kind
    if "[Content_Types].xml" not in names:
        raise Unwanted("archive")
    parts = archive.read("[Content_Types].xml")
    if b"macroEnabled" in parts or b"vbaProject" in parts:
        raise Unwanted("macros")
    kind = next((kind for mark, kind in _MAIN_PARTS if mark in parts), "")
    main = {"docx": "word/document.xml", "pptx": "ppt/presentation.xml"}
    if kind == "" or main[kind] not in names:
        raise Unwanted("wrong-type")
    return kind


def _check_locks(archive: zipfile.ZipFile, kind: str) -> None:
    names = set(archive.namelist())
    manifest = archive.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in names else b""
    if b"encryption-data" in manifest:
        raise Refused(ENCRYPTED)
    if kind != "epub":
        return
    if "META-INF/encryption.xml" in names:
        locks = re.findall(
            rb"""Algorithm\s*=\s*["']([^"']*)""", archive.read("META-INF/encryption.xml")
        )
        if any(lock not in _FONTS_ALONE for lock in locks):
            raise Refused(ENCRYPTED)
    if names & {"META-INF/rights.xml", "META-INF/sinf.xml"}:
        raise Refused(ENCRYPTED)


def _in_order(entries: list[zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
    """What says of which sort it is stands first, as readers expect."""
    return sorted(
        (entry for entry in entries if not entry.is_dir()),
        key=lambda entry: entry.filename not in ("mimetype", "[Content_Types].xml"),
    )


def _blank(entry: zipfile.ZipInfo) -> zipfile.ZipInfo:
    """The same entry without its date, its remarks and whose computer packed it."""
    blank = zipfile.ZipInfo(entry.filename, (1980, 1, 1, 0, 0, 0))
    blank.compress_type = (
        zipfile.ZIP_STORED if entry.filename == "mimetype" else entry.compress_type
    )
    blank.external_attr = 0o600 << 16
    blank.create_system = 0
    return blank


if __name__ == "__main__":
    sys.exit(main())
