"""The words of child protection in six languages: shipped in glossary.yaml, changed by hosts.
Read by the editor and the glossary page; changed by `change` alone."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from django.utils.text import slugify

from exchange.core.languages import INTERFACE
from exchange.core.remembering import remembered
from exchange.core.time import now
from exchange.ledger.actions import record
from exchange.members.models import Member
from exchange.translating.errors import NotAllowed
from exchange.translating.models import TermWord

_FILE = Path(__file__).parent / "glossary.yaml"
_WORD = re.compile(r"\w+")
# Endings that a word may have more than its entry: plurals and articles of our languages.
_LONGER = 3


@dataclass(frozen=True)
class Entry:
    """One term: its words by language, and what to beware of."""

    slug: str
    words: dict[str, str]
    note: str = ""
    # Words that harm, and that a translation must not use, by language.
    avoid: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)

    def in_language(self, language: str) -> str:
        return self.words.get(language, "")


@dataclass(frozen=True)
class Glossary:
    """All terms, in the order of their English words."""

    entries: tuple[Entry, ...]

    def found_in(self, words: str, language: str) -> list[Entry]:
        """The terms that stand in a text of a language."""
        text = f" {_folded(words)} "
        return [one for one in self.entries if _stands(one.in_language(language), text)]

    def entry(self, slug: str) -> Entry | None:
        return next((one for one in self.entries if one.slug == slug), None)


def read() -> Glossary:
    """The glossary as it is now. Remembered; anything told in the ledger forgets it."""
    return remembered(("glossary",), _read)


def change(*, slug: str, language: str, word: str, note: str, by: Member) -> None:
    """A host's word takes the place of the one we came with. Raises NotAllowed."""
    if not by.is_host or language not in INTERFACE or not slugify(slug):
        raise NotAllowed
    with transaction.atomic():
        TermWord.objects.update_or_create(
            term=slugify(slug)[:60],
            language=language,
            defaults={"word": word, "note": note, "by": by, "at": now()},
        )
        record("glossary.changed", subject_type="term", subject_id=0, actor_id=by.pk)


def _read() -> Glossary:
    made = {slug: dict(one) for slug, one in _shipped().items()}
    for row in TermWord.objects.order_by("pk"):
        one = made.setdefault(row.term, {})
        one[row.language] = row.word
        if row.note:
            one.setdefault("notes", {})
            one["notes"] = {**one["notes"], row.language: row.note}
    entries = [
        Entry(
            slug,
            {code: str(one[code]) for code in INTERFACE if one.get(code)},
            str(one.get("note", "")),
            {code: str(words) for code, words in one.get("avoid", {}).items()},
            dict(one.get("notes", {})),
        )
        for slug, one in made.items()
    ]
    return Glossary(tuple(sorted(entries, key=lambda one: one.in_language("en").casefold())))


@lru_cache(maxsize=1)
def _shipped() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return found


def _stands(term: str, text: str) -> bool:
    """Whether a term stands in a folded text, its last letters free for plurals."""
    for one in term.split(","):
        folded = _folded(one)
        if folded and re.search(rf"(?:^| |\bal|\bال){re.escape(folded)}\w{{0,{_LONGER}}} ", text):
            return True
    return False


def _folded(words: str) -> str:
    plain = unicodedata.normalize("NFKD", words.casefold())
    bare = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(_WORD.findall(bare))
