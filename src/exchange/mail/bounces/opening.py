"""Takes a mail apart that may have come back: its own words, its report, the mail it returns.
Called by `mail.bounces.reading`; whatever bytes come, something comes out."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.policy import compat32

from django.conf import settings

from exchange.core.text import clean

LARGEST = 2_000_000
LONGEST = 60_000
_STATUS_TYPES = ("message/delivery-status", "message/global-delivery-status")
_RETURNED_TYPES = (
    "message/rfc822",
    "message/global",
    "text/rfc822-headers",
    "message/global-headers",
)
_TAG = re.compile(r"<[^>]{0,2000}>")
_OURS = re.compile(r"<([0-9a-f]{40}@[^<>\s]{1,200})>", re.IGNORECASE)
# Below these stands the mail that came back, whose words are ours.
_COPY = re.compile(
    r"(?im)^.{0,6}(?:-{3,}.{0,60}(?:original|copy|copie|returned|unsent|message header|forwarded).{0,60}"
    r"|-+ ?this is a copy of.{0,80}|.{0,40}below this line is a copy.{0,40}|original message (?:headers|follows).{0,20}"
    r"|message headers? follows?.{0,10}|return-path: ?<.*|received: from .*|message-id: ?<.*"
    r"|begin message header|исходное сообщение.{0,20}|message d.origine.{0,20}|mensaje original.{0,20})$"
)


@dataclass(frozen=True)
class Parts:
    """`words` are the server's; `status` the blocks of a report; `feedback` those of a complaint;
    `returned` the headers of what came back."""

    message: Message
    words: str
    status: tuple[dict[str, str], ...] = ()
    feedback: dict[str, str] | None = None
    ids: tuple[str, ...] = ()
    tokens: tuple[str, ...] = ()


def take_apart(raw: bytes) -> Parts:
    """What stands in it."""
    if b"\n" not in raw[:LARGEST]:
        # Lines as an old Mac ends them.
        raw = raw[:LARGEST].replace(b"\r", b"\n")
    message = message_from_bytes(raw[:LARGEST], policy=compat32)
    texts: list[str] = []
    status: list[dict[str, str]] = []
    feedback: dict[str, str] | None = None
    for part in _own_parts(message):
        kind = part.get_content_type()
        if kind in _STATUS_TYPES:
            status += blocks(_inside(part))
        elif kind == "message/feedback-report":
            feedback = {k: v for block in blocks(_inside(part)) for k, v in block.items()}
        elif kind.startswith(("text/", "multipart/")) and kind not in _RETURNED_TYPES:
            texts.append(_TAG.sub(" ", _text(part)) if kind == "text/html" else _text(part))
    plain = raw[:LARGEST].decode("latin-1")
    return Parts(
        message=message,
        words=_without_copy("\n".join(texts)[:LONGEST]),
        status=tuple(status),
        feedback=feedback,
        ids=tuple(dict.fromkeys(f"<{one}>" for one in _OURS.findall(plain))),
        tokens=tuple(dict.fromkeys(_bounce_tokens().findall(plain))),
    )


def blocks(text: str) -> list[dict[str, str]]:
    """Blocks of headers with an empty line between, as RFC 3464 has them; also ill-made ones."""
    found = []
    for block in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n")):
        fields: dict[str, str] = {}
        name = ""
        for line in block.split("\n"):
            if line[:1] in " \t" and name:
                fields[name] = f"{fields[name]} {line.strip()}"
            elif ":" in line:
                name, _, value = line.partition(":")
                name = name.strip().lower()
                fields.setdefault(name, value.strip())
        if fields:
            found.append(fields)
    return found


def _own_parts(message: Message, depth: int = 0) -> Iterator[Message]:
    """The parts, without those of the mail that came back."""
    kind = message.get_content_type()
    if depth > 8 or (depth and kind in _RETURNED_TYPES):
        return
    inside = message.get_payload()
    if message.get_content_maintype() == "multipart" and isinstance(inside, list):
        for part in inside:
            if isinstance(part, Message):
                yield from _own_parts(part, depth + 1)
    else:
        yield message


def _inside(part: Message) -> str:
    """A report as text: the parser may have made messages of its blocks, or left it encoded."""
    inside = part.get_payload()
    if not isinstance(inside, list):
        return _text(part)
    made = [one for one in inside if isinstance(one, Message)]
    lines = ["\n".join(f"{k}: {v}" for k, v in one.items()) for one in made]
    # A block that came in base64 has become the body of a message without headers.
    encoded = "".join(_text(one) for one in made if not one.items())
    return "\n\n".join([*lines, _decoded(encoded) or encoded])


def _decoded(encoded: str) -> str:
    try:
        return b64decode("".join(encoded.split()), validate=True).decode("utf-8", "replace")
    except ValueError:
        return ""


def _text(part: Message) -> str:
    try:
        content = part.get_payload(decode=True)
    except (ValueError, LookupError, TypeError):
        content = None
    if not isinstance(content, bytes):
        return ""
    content = content[:LONGEST]
    for charset in (str(part.get_content_charset("utf-8") or "utf-8"), "utf-8"):
        try:
            return content.decode(charset)
        except (UnicodeDecodeError, LookupError, ValueError):
            continue
    return content.decode("latin-1")


def _without_copy(text: str) -> str:
    found = _COPY.search(text)
    # Something stands above the copy, else there is nothing to read at all.
    return clean(text[: found.start()] if found and text[: found.start()].strip() else text)


def _bounce_tokens() -> re.Pattern[str]:
    domain, mark = re.escape(settings.MAIL_DOMAIN), re.escape(settings.MAIL_DELIMITER)
    return re.compile(rf"bounce{mark}([a-z2-7]{{16,60}})@{domain}", re.IGNORECASE)
