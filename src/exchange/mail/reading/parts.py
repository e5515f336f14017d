"""Takes a mail apart: its texts in order, and the files that came along.
Called by `mail.reading.actions`. Goes down a few levels and no further, and never calls itself."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from email.message import Message
from email.parser import BytesHeaderParser
from email.policy import compat32

from exchange.mail.reading import headers, transfer
from exchange.mail.reading.charsets import decode
from exchange.mail.reading.flowed import unfolded
from exchange.mail.reading.opened import Attachment

DEEPEST, MOST_PARTS = 30, 300
LONGEST_TEXT, LONGEST_HEADER = 500_000, 32_000
LONGEST_PAGE = 1_000_000
_HEADER = re.compile(rb"[!-9;-~]+[ \t]*:|[ \t]")
_IGNORED = (
    "application/ms-tnef",
    "application/pgp-signature",
    "application/pkcs7-signature",
    "application/x-pkcs7-signature",
)
_PARSER = BytesHeaderParser(policy=compat32)


@dataclass
class Part:
    """One part: its header, its bytes as they came, and the parts inside."""

    header: Message
    body: bytes
    depth: int = 0
    inner: list[Part] = field(default_factory=list)

    @property
    def sort(self) -> str:
        """The content type, in small letters; text/plain if it says nothing that makes sense."""
        told = headers.raw_value(self.header, "Content-Type")
        kind = told.split(";")[0].strip().lower()
        return kind if re.fullmatch(r"[\w.+-]+/[\w.+-]+", kind) else "text/plain"

    def parameter(self, name: str) -> str:
        """A parameter of the content type, "" if it is not there."""
        try:
            found = self.header.get_param(name)
        except (ValueError, TypeError, AttributeError, UnicodeError, LookupError):
            return ""
        return str(found[2] if isinstance(found, tuple) else found or "")

    @property
    def disposition(self) -> str:
        """ "inline", "attachment" or ""."""
        told = headers.raw_value(self.header, "Content-Disposition")
        return told.split(";")[0].strip().lower()

    @property
    def name(self) -> str:
        """The file's name, without any path."""
        try:
            raw = self.header.get_filename() or ""
        except (ValueError, TypeError, AttributeError, UnicodeError, LookupError):
            raw = ""
        return re.split(r"[/\\]", headers.decoded(str(raw)))[-1][:200]

    @property
    def is_text(self) -> bool:
        """Whether it is something the person wrote, not a file that was put in."""
        if self.sort not in ("text/plain", "text/html", "text/enriched"):
            return False
        return self.disposition != "attachment" and not self.name

    @property
    def content(self) -> bytes:
        """The bytes, out of their transfer encoding, however broken."""
        how = headers.raw_value(self.header, "Content-Transfer-Encoding").strip().lower()
        return transfer.decoded(self.body, how, self.sort.startswith("text/"))

    def text(self) -> tuple[str, bool]:
        """The text in one kind of line ends, and whether bytes were lost."""
        longest = LONGEST_PAGE if self.sort == "text/html" else LONGEST_TEXT
        content = self.content[: longest * 4]
        charset = self.parameter("charset")
        if not charset and self.sort == "text/html":
            said = re.search(rb"charset=[\"']?([\w.-]{1,40})", content[:2000], re.I)
            charset = said[1].decode("ascii") if said else ""
        text, damaged = decode(content, charset)
        damaged = damaged or len(text) > longest
        text = _one_line_end(text[:longest])
        if self.parameter("format").lower() == "flowed" and self.sort == "text/plain":
            text = unfolded(text, delsp=self.parameter("delsp").lower() == "yes")
        return text, damaged

    def as_attachment(self) -> Attachment:
        """The part as a file."""
        inline = self.disposition != "attachment" and self.header.get("Content-ID") is not None
        name = self.name
        if not name and self.sort == "message/rfc822":
            name = "message.eml"
        return Attachment(name, self.sort, self.content, inline)


def taken_apart(raw: bytes) -> Part:
    """The mail with all its parts, as deep as we go."""
    raw = re.sub(rb"\A(?:[ \t]*\r?\n)+|\AFrom [^\r\n]*\r?\n", b"", raw)
    if b"\n" not in raw:
        raw = raw.replace(b"\r", b"\n")
    top = _part(raw, 0)
    waiting, count = [top], 0
    while waiting and count < MOST_PARTS:
        part = waiting.pop()
        count += 1
        if part.sort.startswith("multipart/") and part.depth < DEEPEST:
            # A digest's parts are mails, whatever they say.
            part.inner = [_part(piece, part.depth + 1) for piece in _pieces(part)][:MOST_PARTS]
            waiting += part.inner
    return top


def texts(top: Part, html: bool = True) -> list[Part]:
    """The parts that are the words, in their order; of two forms of the same, HTML or the plain
    one."""
    chosen: list[Part] = []
    waiting = [top]
    while waiting:
        part = waiting.pop()
        if part.sort == "multipart/alternative" and part.inner:
            waiting += reversed(_form(part.inner, html))
        elif part.inner:
            waiting += reversed(part.inner)
        elif part.is_text or _is_unread_multipart(part):
            chosen.append(part)
    return chosen or _named_text(top)


def _named_text(top: Part) -> list[Part]:
    """Some programs give the words themselves a file's name."""
    named = [part for part in files(top) if part.sort in ("text/plain", "text/html")]
    return [part for part in named if part.disposition != "attachment"][:1]


def files(top: Part) -> list[Part]:
    """The parts that are files, in their order."""
    found: list[Part] = []
    waiting = [top]
    while waiting:
        part = waiting.pop()
        waiting += reversed(part.inner)
        is_file = not part.inner and not part.is_text and not part.sort.startswith("multipart/")
        if is_file and part.sort not in _IGNORED:
            found.append(part)
    return found


def _is_unread_multipart(part: Part) -> bool:
    return part.sort.startswith("multipart/") and not part.inner


def _form(forms: list[Part], html: bool) -> list[Part]:
    """One of the forms: the one that is wanted if it is there and says something."""
    plain = [form for form in forms if form.sort in ("text/plain", "text/enriched")]
    others = [form for form in forms if form not in plain]
    if html or (plain and is_empty_form(plain[0].text()[0])):
        return others or plain
    return plain or others


def is_empty_form(text: str) -> bool:
    """Whether a plain part says nothing, or only that the mail is to be seen in HTML."""
    words = re.findall(r"\w+", text[:2000])
    if not words:
        return True
    return len(words) < 60 and _HTML_ONLY.search(text[:2000]) is not None


_HTML_ONLY = re.compile(
    r"HTML[- ](?:capable|compatible|enabled)|(?:in|as|support|supports|read|display|view)\s"
    r"(?:an?\s)?HTML|HTML\s(?:e-?mail|message|format|version|view)|(?:au format|en|em|im|in) HTML|"
    r"(?:e-?mail|mail) (?:program|client|reader|app)\w* (?:can|could|does|is)\s?(?:not|n.t|unable)|HTML-(?:Format|Nachricht|Ansicht|weergave)|HTML (?:بتنسيق|صيغة)|(?:بتنسيق|بصيغة) HTML",
    re.I,
)


def _part(raw: bytes, depth: int) -> Part:
    end = _header_end(raw)
    try:
        header = _PARSER.parsebytes(raw[: min(end, LONGEST_HEADER)])
    except (ValueError, TypeError, UnicodeError, IndexError):
        header = Message(policy=compat32)
    return Part(header, re.sub(rb"\A\r?\n", b"", raw[end:]), depth)


def _header_end(raw: bytes) -> int:
    """Where the header ends: an empty line, or a line that can be none."""
    at = 0
    while at < len(raw):
        if raw.startswith((b"\n", b"\r\n"), at) or not _HEADER.match(raw, at):
            return at
        newline = raw.find(b"\n", at)
        at = len(raw) if newline < 0 else newline + 1
    return at


def _pieces(part: Part) -> list[bytes]:
    """What stands between the boundaries. An end that is missing is the end of the mail."""
    boundary = part.parameter("boundary").strip().encode("utf-8", "surrogateescape")
    pieces = _between(part.body, boundary) if boundary else []
    if pieces:
        return pieces
    guessed = re.search(rb"(?m)^--([^\r\n]{4,100}?)\r?\n[Cc]ontent-", part.body)
    return _between(part.body, guessed[1]) if guessed else []


def _between(body: bytes, boundary: bytes) -> list[bytes]:
    line = re.compile(rb"(?m)^--" + re.escape(boundary) + rb"(--)?[ \t]*\r?$\n?")
    pieces: list[bytes] = []
    start = -1
    for found in line.finditer(body):
        if start >= 0:
            pieces.append(re.sub(rb"\r?\n\Z", b"", body[start : found.start()]))
        start = -1 if found[1] else found.end()
        if len(pieces) >= MOST_PARTS:
            return pieces
    if 0 <= start < len(body):
        pieces.append(body[start:])
    return pieces


def _one_line_end(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return re.sub("[\x0b\x0c\x85\u2028\u2029]", "\n", text)
