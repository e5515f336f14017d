"""Compares what looks like a quote with the mail we sent, so that words written inside it are
found. Called by `mail.reading.splitting`, where the mail that was answered is known."""

from __future__ import annotations

import itertools
import re
import unicodedata

_TOKEN = re.compile(r"\w+")
UNSAID = re.compile(r"https?://\S+|<[^<>\s]*[@/][^<>\s]*>|\[cid:[^\]]*\]|\[image:[^\]]*\]|\S+@\S+")
_PICTURES = re.compile("[\u2600-\u27bf\U0001f000-\U0001faff]")
_HOST = re.compile(r"https?://([^/\s<>]{1,200})")
_FILTER = re.compile(
    r"safelinks|urldefense|proofpoint|mimecast|barracuda|google\.|clicktime|antispam"
)


def tokens(text: str) -> list[str]:
    """Its words as they are compared: no case, no addresses."""
    plain = unicodedata.normalize("NFKC", UNSAID.sub(" ", text)).casefold()
    return _TOKEN.findall(plain)


class Sent:
    """The words of the mail that is being answered."""

    def __init__(self, text: str) -> None:
        words = tokens(text)
        self._singles = set(words)
        self._pairs = set(itertools.pairwise(words))
        self._pictures = set(_PICTURES.findall(text))
        self._hosts = set(_HOST.findall(text.lower()))
        self._lines = {tuple(tokens(line)) for line in text.split("\n")}

    def __bool__(self) -> bool:
        return bool(self._singles)

    def has(self, line: str) -> bool:
        """Whether all of the line stands in the mail, in this order."""
        words = tokens(line)
        if not words and not (self._has_links(line) and self._has_pictures(line)):
            return False
        if tuple(words) in self._lines or not words:
            return True
        if len(words) == 1:
            return words[0] in self._singles and len(words[0]) > 3
        return all(pair in self._pairs for pair in itertools.pairwise(words))

    def _has_pictures(self, line: str) -> bool:
        """Whether its emoji stand in the mail: one alone is an answer."""
        return all(sign in self._pictures for sign in _PICTURES.findall(line))

    def _has_links(self, line: str) -> bool:
        """Whether links stand in the mail; filters put an address of their own before them."""
        hosts = set(_HOST.findall(line.lower()))
        return hosts <= self._hosts or any(_FILTER.search(host) for host in hosts)

    def is_line(self, line: str) -> bool:
        """Whether this is one whole line of the mail, long enough to be nobody else's."""
        words = tuple(tokens(line))
        return len(words) >= 3 and words in self._lines

    def share(self, lines: list[str]) -> float:
        """How much of the mail stands in these lines, or of these lines in the mail: the larger."""
        words = [word for line in lines for word in tokens(line)]
        pairs = set(itertools.pairwise(words))
        met = len(pairs & self._pairs)
        return max(met / max(1, len(self._pairs)), met / max(1, len(pairs)))
