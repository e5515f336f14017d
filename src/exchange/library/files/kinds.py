"""Which sorts of files the library takes, and how one is known by its own first bytes.
Pure; called by the models, the actions and the pages of files."""

from __future__ import annotations

import re
from dataclasses import dataclass

# How much of a beginning and of an end is looked at.
EDGE = 4096
ZIP_TAIL = 66_000


@dataclass(frozen=True)
class FileKind:
    """One sort of file. `label` is a name that is the same in every language; `opens` says that a
    browser shows or plays it by itself, without anything in it that could run."""

    code: str
    media_type: str
    suffix: str
    label: str
    opens: bool = False


_OFFICE = "application/vnd.openxmlformats-officedocument."
KINDS = {
    kind.code: kind
    for kind in (
        FileKind("pdf", "application/pdf", "pdf", "PDF"),
        FileKind("docx", _OFFICE + "wordprocessingml.document", "docx", "Word"),
        FileKind("pptx", _OFFICE + "presentationml.presentation", "pptx", "PowerPoint"),
        FileKind("odt", "application/vnd.oasis.opendocument.text", "odt", "OpenDocument"),
        FileKind("epub", "application/epub+zip", "epub", "EPUB"),
        FileKind("mp3", "audio/mpeg", "mp3", "MP3", opens=True),
        FileKind("ogg", "audio/ogg", "ogg", "Ogg", opens=True),
        FileKind("m4a", "audio/mp4", "m4a", "M4A", opens=True),
        FileKind("text", "text/plain", "txt", "TXT"),
        FileKind("image", "image/webp", "webp", "WebP", opens=True),
    )
}
UNKNOWN = FileKind("", "application/octet-stream", "bin", "?")
# For the button that opens the phone's own list of files: a help, no check.
ACCEPTED = (
    ".pdf,.docx,.pptx,.odt,.epub,.mp3,.ogg,.oga,.opus,.m4a,.txt,.md,"
    "image/jpeg,image/png,image/webp,image/heic"
)

_MARKUP = re.compile(rb"<\s*(?:svg|html|script|\?php|!doctype|body|iframe)", re.IGNORECASE)
_ENCRYPTED_OFFICE = "EncryptedPackage".encode("utf-16-le")
_ZIP_END = b"PK\x05\x06"
_BRANDS = {b"M4A ", b"M4B ", b"mp41", b"mp42", b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"dash"}
_PICTURE_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}


class NotTaken(Exception):
    """A file that we do not take, with a code that `words.why_not` turns into a sentence."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def by_media_type(media_type: str) -> FileKind:
    """The sort of a file that is kept."""
    found = (kind for kind in KINDS.values() if kind.media_type == media_type)
    return next(found, UNKNOWN)


def family(head: bytes, tail: bytes) -> str:
    """ "pdf", "zip", "mp3", "ogg", "m4a", "image" or "text", by the first bytes: the name and the
    browser's word do not count. Raises NotTaken, also for a file that is two things at once."""
    found = _by_magic(head)
    if found == "":
        return _text(head, tail)
    if found == "old-office":
        is_locked = _ENCRYPTED_OFFICE in head or _ENCRYPTED_OFFICE in tail
        raise NotTaken("encrypted" if is_locked else "old-office")
    if found in ("program", "film", "archive", "rtf"):
        raise NotTaken(found)
    if found != "zip" and (_ZIP_END in tail or _is_page(head, tail)):
        raise NotTaken("two-things")
    if found != "pdf" and b"%PDF-" in head[:1024]:
        raise NotTaken("two-things")
    return found


def _is_page(head: bytes, tail: bytes) -> bool:
    return bool(_MARKUP.search(head[:EDGE]) or _MARKUP.search(tail[-EDGE:]))


_MAGIC = (
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"\xff\xd8\xff", "image"),
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"ID3", "mp3"),
    (b"OggS", "ogg"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old-office"),
    (b"{\\rtf", "rtf"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"\xca\xfe\xba\xbe", "program"),
    (b"\xcf\xfa\xed\xfe", "program"),
    (b"#!", "program"),
    (b"PK\x05\x06", "archive"),
    (b"Rar!\x1a\x07", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"\x1aE\xdf\xa3", "film"),
)


def _by_magic(head: bytes) -> str:
    for magic, found in _MAGIC:
        if head.startswith(magic):
            return found
    if head[:4] == b"RIFF":
        return {b"WEBP": "image", b"AVI ": "film"}.get(head[8:12], "")
    if head[4:8] == b"ftyp":
        return _by_brand(head)
    # The start of a frame of MPEG sound, layer III, with a rate and a frequency that exist.
    is_frame = len(head) > 3 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2
    return "mp3" if is_frame and head[2] >> 4 not in (0, 15) and head[2] & 12 != 12 else ""


def _by_brand(head: bytes) -> str:
    brands = {head[8:12], *(head[at : at + 4] for at in range(16, min(64, len(head)), 4))}
    if brands & (_PICTURE_BRANDS | {b"avif", b"avis"}):
        return "image"
    return "m4a" if brands & _BRANDS else "film"


def _text(head: bytes, tail: bytes) -> str:
    """What has no mark of its own is plain text, or nothing we know."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if b"%PDF-" in head[:1024] or _ZIP_END in tail:
        raise NotTaken("two-things")
    if start[:1] == b"<" and (_MARKUP.match(start) or start.startswith(b"<?xml")):
        raise NotTaken("web-page")
    is_wide = head[:2] in (b"\xff\xfe", b"\xfe\xff")
    if not is_wide and re.search(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]", head):
        raise NotTaken("wrong-type")
    return "text"
