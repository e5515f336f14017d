"""A first draft by a machine, from a server the house names itself (LibreTranslate's protocol); off
until then. Asked by a view for words that anybody may read already, and never let out unread."""

from __future__ import annotations

import json
from collections.abc import Sequence

from django.conf import settings

from exchange.core.reaching import NotReached, ask
from exchange.translating import rules
from exchange.translating.errors import NotAllowed
from exchange.translating.models import Translation
from exchange.translating.pieces import Piece, of

_SECONDS = 25.0
_MOST = 400_000


class NoDraft(Exception):
    """The server did not answer with as many paragraphs as it was given."""


def is_there() -> bool:
    """Whether a server is named at all."""
    return bool(settings.TRANSLATE_URL)


def may_draft(row: Translation) -> bool:
    """Whether these words may leave the house to be drafted."""
    return is_there() and rules.may_be_drafted_by_machine(row.contribution, row.reply)


def draft(row: Translation) -> dict[str, list[str]]:
    """The original in the translation's language, paragraph by paragraph. Raises NotAllowed,
    NoDraft."""
    if not may_draft(row):
        raise NotAllowed
    original = of(row.contribution, row.reply)
    made = _asked([one.words for one in original], row.source_language, row.language)
    if len(made) != len(original):
        raise NoDraft
    return _placed(original, made)


def _placed(original: Sequence[Piece], made: Sequence[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for piece, words in zip(original, made, strict=True):
        found.setdefault(piece.name, []).append(words.strip())
    return found


def _asked(words: list[str], source: str, target: str) -> list[str]:
    told = {"q": words, "source": source, "target": target, "format": "text"}
    if settings.TRANSLATE_KEY:
        told["api_key"] = settings.TRANSLATE_KEY
    try:
        # The house named this server: it may stand on the same machine.
        answer = ask(
            settings.TRANSLATE_URL,
            method="POST",
            body=json.dumps(told).encode(),
            headers={"Content-Type": "application/json", "Accept": "application/json"},
            most=_MOST,
            seconds=_SECONDS,
            may_be_this_machine=True,
        )
        found = json.loads(answer.words)["translatedText"] if answer.status == 200 else []
    except (NotReached, ValueError, KeyError, TypeError):
        raise NoDraft from None
    return (
        [one for one in found if isinstance(one, str)] if isinstance(found, list) else [str(found)]
    )
