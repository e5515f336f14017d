"""Anything here, cut to the size of a message: for hosts who pass it on by SMS or in a group.
Called by the view beside it. Lengths as GSM 03.38 counts them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings

from exchange.contributions import kinds
from exchange.contributions.models import Contribution
from exchange.conversation.models import Reply

# Seven-bit letters of GSM 03.38, basic and extension (which count twice).
_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    "ÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_TWICE = frozenset("^{}\\[~]|€")
_PLAIN = {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "\xa0": " "}
CHAT = 700
_LEAST = 20


@dataclass(frozen=True)
class Message:
    """One text to copy, and how many SMS it makes (0: it is for a chat)."""

    text: str
    messages: int

    @property
    def letters(self) -> int:
        return len(self.text)


def messages(item: Contribution | Reply) -> list[Message]:
    """The item at three sizes: one SMS, two, and a message of a chat. The address is always whole."""
    title, words = _words_of(item)
    address = f"{settings.BASE_URL}{item.get_absolute_url()}"
    found = [_sms(title, words, address, count) for count in (1, 2)]
    chat = Message(_cut(title, words, address, CHAT, len), 0)
    return [one for one in found if one] + [chat]


def sms_units(text: str) -> int:
    """How much room a text takes: seven-bit letters, or sixteen-bit ones for every other script."""
    if all(letter in _BASIC or letter in _TWICE for letter in text):
        return sum(2 if letter in _TWICE else 1 for letter in text)
    return len(text.encode("utf-16-be")) // 2


def sms_room(text: str, count: int) -> int:
    """How much fits into so many messages of this text's letters; parts of a long one carry a
    header."""
    seven_bit = all(letter in _BASIC or letter in _TWICE for letter in text)
    one, part = (160, 153) if seven_bit else (70, 67)
    return one if count == 1 else part * count


def _sms(title: str, words: str, address: str, count: int) -> Message | None:
    """None when not even the address fits."""
    plain, more = _to_gsm(title), _to_gsm(words)
    room = sms_room(plain + more + address, count)
    if sms_units(address) + _LEAST > room:
        return None
    return Message(_cut(plain, more, address, room, sms_units), count)


def _cut(title: str, words: str, address: str, room: int, size: Callable[[str], int]) -> str:
    """Title, as many of the words as fit, and the address."""
    text = title if not words else f"{title}\n{words}"
    while text and size(f"{text}\n{address}") > room:
        shorter = text[:-1].rstrip(" .")
        text = shorter.rpartition(" ")[0] if " " in shorter[-25:] else shorter
        if size(f"{text}...\n{address}") <= room:
            return f"{text}...\n{address}"
    return f"{text}\n{address}" if text else address


def _words_of(item: Contribution | Reply) -> tuple[str, str]:
    if isinstance(item, Reply):
        return item.contribution.title, _one_line(f"{item.shown_author}: {item.body}")
    row = kinds.get(item.kind).full(item)
    return item.title, _one_line(row.summary or row.body)


def _one_line(words: str) -> str:
    return " ".join(words.split())


def _to_gsm(words: str) -> str:
    """Typographic marks would make every message twice as dear."""
    return "".join(_PLAIN.get(letter, letter) for letter in words)
