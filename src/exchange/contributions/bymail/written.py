"""What somebody wrote in one mail, whether it has just come or is taken up again days later; and
what of the part that was cut can be put back. Used by the handlers of contributions and conversation."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.conf import settings

from exchange.core.text import clean
from exchange.mail.inbound import Arrived
from exchange.mail.models import IncomingMail, OutgoingMail
from exchange.mail.reading.actions import open_mail
from exchange.mail.reading.opened import Attachment, Opened
from exchange.mail.receiving import keeping
from exchange.mail.receiving.heads import heads_of
from exchange.mail.receiving.routing import quoted_text

# Inline pictures smaller than this are the logo in somebody's signature.
SMALLEST_PICTURE = 12_000
# What mail programs send along by themselves.
_NOT_FILES = re.compile(
    r"text/(?:calendar|x?-?vcard|directory|html|plain|x-amp-html)|application/(?:ics|pgp-.*|x?-?pkcs7-.*"
    r"|ms-tnef|vnd\.ms-tnef)|message/.*",
)
_NOT_NAMES = re.compile(r".*\.(?:ics|vcf|p7s|p7m|asc|sig|dat|eml)", re.IGNORECASE)
_MARKS = re.compile(r"^[>|\s]+")
_ADDRESS = re.compile(r"\S+@\S+\.\S+")
_SAYS_WHO = re.compile(r":\W*$|^\W*[^\W\d_]{1,6}\s?[:：]")
_SURE_TO_BE_OURS = 16


@dataclass(frozen=True)
class Written:
    """`words` are the person's own; `left_out` what was cut and can be put back, without what are
    words of ours. Files are counted: none of them is kept."""

    mail_id: int
    words: str
    subject: str = ""
    left_out: str = ""
    whole: str = ""
    pictures: int = 0
    documents: int = 0
    # It names another mail as the one it answers.
    answers_something: bool = False
    # Some of its letters could not be read.
    damaged: bool = False
    # The mail whose words these are, when it is not the one in which the matter began; and whether
    # what was cut has been put back.
    source: int = 0
    restored: bool = False

    def put_together(self) -> Written:
        """With what was cut."""
        return replace(self, words=self.whole, left_out="", restored=True)

    @property
    def lines_left_out(self) -> int:
        return sum(any(map(str.isalnum, line)) for line in self.left_out.splitlines())


def just_now(arrived: Arrived) -> Written:
    """The mail that a handler was given."""
    return _of(arrived.mail_id, arrived.opened)


def earlier(row: IncomingMail) -> Written:
    """A mail that came before: opened anew while its file is kept, with our words at hand as the
    first time, else what its row has."""
    raw = keeping.raw_of(row.arrival)
    if raw is not None:
        ours = quoted_text(heads_of(raw), envelope_to=row.envelope_to)
        return _of(row.pk, open_mail(raw, ours))
    whole = "\n\n".join(filter(None, [row.words, row.cut]))
    return Written(row.pk, clean(row.words), row.subject, row.cut, clean(whole), source=row.pk)


def tried(row: IncomingMail) -> Written:
    """The words that were tried when this mail came: its own, or those of an earlier one to which
    it said "send", "yes" or "restore"."""
    number = row.detail.get("words_of", row.pk)
    source = row if number == row.pk else IncomingMail.objects.filter(pk=number).first() or row
    mail = earlier(source)
    return mail.put_together() if row.detail.get("restored") else mail


def _of(mail_id: int, opened: Opened) -> Written:
    ours = _ours(opened)
    kept = [
        piece.text if piece.own else _theirs(piece.text, piece.why, ours) for piece in opened.pieces
    ]
    cut = [text for text, piece in zip(kept, opened.pieces, strict=True) if not piece.own]
    return Written(
        mail_id,
        clean(opened.words),
        opened.subject,
        left_out=clean("\n".join(filter(None, cut))),
        whole=clean("\n".join(text for text in kept if text)),
        pictures=sum(map(_is_picture, opened.attachments)),
        documents=sum(map(_is_document, opened.attachments)),
        answers_something=bool(opened.in_reply_to or opened.references),
        damaged=opened.damaged,
        source=mail_id,
    )


def _ours(opened: Opened) -> str | None:
    """The words of our mail that this one answers, as one line; None when they are forgotten by
    now: what was withdrawn may stand in the quote, and is not put back as somebody else's."""
    ids = [one for one in (opened.in_reply_to, *opened.references) if one]
    texts = list(OutgoingMail.objects.filter(message_id__in=ids).values_list("text", flat=True))
    return None if "" in texts else _flat(texts)


def _theirs(text: str, why: str, ours: str | None) -> str:
    """Of a stretch that was cut, the lines that could be the person's own."""
    if why == "marker" or (why == "quote" and ours is None):
        return ""
    lines = [line for line in text.splitlines() if not _is_ours(line, why, ours or "")]
    return "\n".join(lines).strip("\n")


def _is_ours(line: str, why: str, ours: str) -> bool:
    plain = _flat([line])
    if not plain:
        return bool(line.strip())
    if f"{settings.MAIL_DELIMITER}" in plain and f"@{settings.MAIL_DOMAIN}" in plain:
        # An address with a token in it is nobody else's to see.
        return True
    names = bool(_ADDRESS.search(plain))
    if (why == "header" and (names or plain.endswith(":"))) or (names and _SAYS_WHO.search(plain)):
        # "On Monday Amina <amina@…> wrote:", "To: …": written by the mail program.
        return True
    is_quoted = line.lstrip().startswith((">", "|"))
    return bool(plain) and (is_quoted or len(plain) >= _SURE_TO_BE_OURS) and plain in ours


def _flat(texts: Iterable[str]) -> str:
    """Without quote marks and line breaks: mail programs wrap our lines anew."""
    lines = (_MARKS.sub("", line) for text in texts for line in text.splitlines())
    return " ".join(" ".join(lines).split())


def _is_picture(file: Attachment) -> bool:
    if not file.content_type.lower().startswith("image/"):
        return False
    return not file.is_inline or len(file.content) >= SMALLEST_PICTURE


def _is_document(file: Attachment) -> bool:
    kind = file.content_type.lower()
    if kind.startswith("image/") or _NOT_FILES.fullmatch(kind) or _NOT_NAMES.fullmatch(file.name):
        return False
    return not file.is_inline
