"""Labels and lists of terms, kept in memory so that no page asks the database for them.
Called by every room above; reload() after the terms were loaded anew."""

import threading
from dataclasses import dataclass, field
from functools import lru_cache

from babel import Locale

from exchange.core.languages import current
from exchange.taxonomy.models import Term, Vocabulary

_lock = threading.Lock()
_loaded: dict[str, "Word"] = {}


@dataclass(frozen=True)
class Word:
    """One term as pages need it."""

    key: str
    slug: str
    vocabulary: str
    group: str
    order: int
    labels: dict[str, str] = field(hash=False)
    helps: dict[str, str] = field(hash=False)

    @property
    def label(self) -> str:
        return self.labelled(current())

    @property
    def help(self) -> str:
        return self.helps.get(current()) or self.helps.get("en", "")

    def labelled(self, language: str) -> str:
        """The label in a language, or in English."""
        if self.vocabulary == Vocabulary.COUNTRY:
            return country_name(self.slug, language)
        return self.labels.get(language) or self.labels.get("en") or self.slug


def terms(vocabulary: str) -> list[Word]:
    """The terms of a vocabulary in their own order."""
    return [word for word in _words().values() if word.vocabulary == vocabulary]


def term(key: str) -> Word | None:
    """The term of a key such as "leadership:shared"; None when there is none."""
    return _words().get(key)


def label(key: str, language: str | None = None) -> str:
    """A term's label in the language given or the page's; the bare slug when unknown."""
    word = term(key)
    if word is None:
        return key.split(":", 1)[-1]
    return word.labelled(language or current())


def choices(vocabulary: str) -> list[tuple[str, str]]:
    """(slug, label) pairs for a form, in order; countries by name."""
    pairs = [(word.slug, word.label) for word in terms(vocabulary)]
    if vocabulary == Vocabulary.COUNTRY:
        pairs.sort(key=lambda pair: pair[1])
    return pairs


def country_name(code: str, language: str | None = None) -> str:
    """A country's name from its ISO 3166-1 alpha-2 code, as Unicode CLDR has it."""
    return _territories(language or current()).get(code.upper(), code)


def reload() -> None:
    """Forget what is in memory; the next question reads the table again."""
    with _lock:
        _loaded.clear()


@lru_cache(maxsize=16)
def _territories(language: str) -> dict[str, str]:
    return {code: str(name) for code, name in Locale.parse(language).territories.items()}


def _words() -> dict[str, Word]:
    if not _loaded:
        with _lock:
            if not _loaded:
                _loaded.update(_read())
    return _loaded


def _read() -> dict[str, Word]:
    return {
        row.key: Word(
            row.key, row.slug, row.vocabulary, row.group, row.order, row.labels, row.helps
        )
        for row in Term.objects.order_by("vocabulary", "order", "slug")
    }
