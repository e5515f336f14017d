"""What a mail holds once it has been opened: plain values, whatever state it came in.
Made by `mail.reading`; read by `mail.receiving` and the handlers of every room."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Piece:
    """A stretch of the text as it came. `own`: the person's words; else why it was cut:
    "quote", "header", "signature", "notice" (disclaimers, "Sent from my phone"), "marker"."""

    text: str
    own: bool
    why: str = ""


@dataclass(frozen=True)
class Attachment:
    """A file that came along. `content_type` is what its sender claims, nothing more."""

    name: str
    content_type: str
    content: bytes
    is_inline: bool = False


@dataclass(frozen=True)
class Opened:
    """One mail, read. `words` is what the person wrote now; `pieces` joined give all of the text
    back, so nothing is lost."""

    words: str = ""
    pieces: tuple[Piece, ...] = ()
    subject: str = ""
    from_name: str = ""
    from_address: str = ""
    # "" when there is none. In angle brackets, as in the header.
    message_id: str = ""
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    from_html: bool = False
    # Some bytes could not be read in any charset and were replaced.
    damaged: bool = False

    @property
    def cut(self) -> str:
        """All that was not taken for the person's own words, in its order."""
        return "\n".join(piece.text for piece in self.pieces if not piece.own).strip()

    @property
    def whole(self) -> str:
        """The text as it came."""
        return "\n".join(piece.text for piece in self.pieces)
