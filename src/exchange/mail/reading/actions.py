"""Opens a mail: whatever bytes came, something that can be read.
Called by `mail.receiving` and by the bench."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from exchange.core.text import clean
from exchange.mail.reading import gluing, headers, page, parts
from exchange.mail.reading.comparing import UNSAID
from exchange.mail.reading.line import Line, from_text, limited
from exchange.mail.reading.opened import Opened, Piece
from exchange.mail.reading.parts import Part
from exchange.mail.reading.splitting import Writer, split
from exchange.mail.reading.wording import FORWARD_SUBJECT

_TOKEN = re.compile(r"\w+")
_IS_PAGE = re.compile(r"\s*(?:<!doctype html|<html|<(?:div|p|body|meta|table)\b[^>]{0,300}>)", re.I)
_HAS_TAGS = re.compile(r"<(?:br|p|div|span|html|body|table|b|i|a|font|li|pre|blockquote)\b", re.I)


def open_mail(raw: bytes, sent_text: str = "") -> Opened:
    """The mail's words, without quotes and signatures, and all else it holds. Never raises for
    what a mail may hold. `sent_text`: the mail of ours that is being answered, where it is known;
    what stands in a quote and not in it is the person's."""
    top = parts.taken_apart(raw)
    name, address = headers.sender(top.header)
    subject = headers.value(top.header, "Subject")
    writer = Writer(name, address, bool(FORWARD_SUBJECT.match(subject)))
    read = _read(top, writer, sent_text)
    return Opened(
        words=read.words,
        pieces=read.pieces,
        subject=subject,
        from_name=name,
        from_address=address,
        message_id=headers.message_id(top.header),
        in_reply_to=next(iter(headers.ids(top.header, "In-Reply-To")), ""),
        references=headers.ids(top.header, "References"),
        attachments=tuple(part.as_attachment() for part in parts.files(top)),
        from_html=read.from_html,
        damaged=read.damaged,
    )


@dataclass(frozen=True)
class _Read:
    """The words of one form of the mail."""

    words: str
    pieces: tuple[Piece, ...]
    from_html: bool
    damaged: bool

    @property
    def tokens(self) -> set[str]:
        return set(_TOKEN.findall(" ".join(piece.text for piece in self.pieces)))


def _read(top: Part, writer: Writer, sent_text: str) -> _Read:
    """HTML knows paragraphs and quotes better. Plain text is taken where it is all there is, and
    where it holds words of the person's that the HTML does not."""
    rich = _one_form(parts.texts(top), writer, sent_text)
    plain_parts = parts.texts(top, html=False)
    if not rich.from_html or plain_parts == parts.texts(top):
        return rich
    plain = _one_form(plain_parts, writer, sent_text)
    only_plain = len(_said(plain.words) - rich.tokens)
    only_rich = len(_said(rich.words) - plain.tokens)
    return plain if only_plain > only_rich else rich


def _said(words: str) -> set[str]:
    """Its words, without what only one form of a mail has: numbers of a list, places of pictures."""
    found = _TOKEN.findall(UNSAID.sub(" ", words))
    return {word for word in found if len(word) > 2 or not word.isdigit()}


def _one_form(texts: list[Part], writer: Writer, sent_text: str) -> _Read:
    lines, from_html, damaged = _lines(texts)
    words, pieces = split(lines, writer, sent_text)
    return _Read(clean(words), pieces, from_html, damaged)


def _lines(texts: list[Part]) -> tuple[list[Line], bool, bool]:
    """The lines of all texts, whether some were HTML, whether bytes were lost."""
    lines: list[Line] = []
    from_html = damaged = False
    for part in texts:
        text, is_damaged = part.text()
        is_page = _is_page(part, text)
        found = page.lines_of(text) if is_page else _plain(part, text)
        if lines and found:
            lines.append(Line(""))
        lines += found
        from_html, damaged = from_html or is_page, damaged or is_damaged
    lines = gluing.part(limited(_without_empty_ends(lines)))
    for line in lines:
        line.text = _cleaned(line.text)
    return lines, from_html, damaged


def _is_page(part: Part, text: str) -> bool:
    """HTML without a single tag is text; text that begins like a page is HTML."""
    if part.sort == "text/html":
        return _HAS_TAGS.search(text) is not None
    return _IS_PAGE.match(text) is not None and text.count("<") > 3


def _plain(part: Part, text: str) -> list[Line]:
    return from_text(html.unescape(text) if part.sort == "text/html" else text)


def _cleaned(text: str) -> str:
    """As typed text is cleaned; "-- " keeps the space that makes it what it is."""
    return text if text.isascii() and text.isprintable() else clean(f"|{text}|")[1:-1]


def _without_empty_ends(lines: list[Line]) -> list[Line]:
    told = [at for at, line in enumerate(lines) if line.text.strip()]
    return lines[told[0] : told[-1] + 1] if told else []
