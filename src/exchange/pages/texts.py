"""The Exchange's own texts (about, code of conduct, privacy, safeguarding): as a host wrote them, or
else the Markdown files beside the members room's starter data. Called by the views of pages, and
by the writing room."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import override

from exchange import members
from exchange.core import html
from exchange.core.remembering import remembered
from exchange.pages.how import PARTS
from exchange.pages.models import HouseText

_FOLDER = Path(members.__path__[0]) / "starter"
_WRITTEN_IN = "en"


@dataclass(frozen=True)
class Text:
    """A text's title, its first words for search engines, and the rendered rest."""

    title: str
    body: SafeString
    summary: str = ""
    # Of the words, which may be English where nobody has translated them.
    language: str = ""


@dataclass(frozen=True)
class Source:
    """A text as it is kept: a title, and light Markdown."""

    title: str
    body: str
    summary: str = ""
    language: str = ""


def read(name: str, language: str) -> Text:
    """A text in the language, or in English where it is not translated yet. One question to the
    database at most, and none while nothing public has changed."""
    return shown(remembered(("house-text", name, language), lambda: source(name, language)))


def written(name: str, language: str) -> Text | None:
    """What a host wrote in this language, for pages that say something of their own without it."""
    kept = remembered(("house-texts", name), lambda: _rows(name)).get(language)
    return shown(kept) if kept else None


def source(name: str, language: str) -> Source:
    """A text as it stands now: what a host wrote before the file, the language before English."""
    rows = _rows(name)
    for spoken in (language, _WRITTEN_IN):
        found = rows.get(spoken) or _given(name, spoken)
        if found is not None:
            return found
    return Source("", "", language=language)


def shown(text: Source) -> Text:
    """As a page shows it."""
    body = _one_level_up(html.from_markdown(text.body))
    return Text(text.title, body, text.summary, text.language)


def _rows(name: str) -> dict[str, Source]:
    rows = HouseText.objects.filter(name=name, published_at__isnull=False)
    return {row.language: Source(row.title, row.body, row.summary, row.language) for row in rows}


@lru_cache(maxsize=64)
def _given(name: str, language: str) -> Source | None:
    """What came with the program."""
    path = _FOLDER / f"{name}.{language}.md"
    if path.exists():
        first, _line, rest = path.read_text(encoding="utf-8").strip().partition("\n")
        return Source(first.lstrip("# ").strip(), rest.strip(), language=language)
    if name == HouseText.Name.HOW:
        return _how(language)
    return None


def _how(language: str) -> Source:
    with override(language):
        parts = [f"## {heading}\n\n{words}" if heading else str(words) for heading, words in PARTS]
        return Source(_("How it works"), "\n\n".join(parts), language=language)


def _one_level_up(rendered: SafeString) -> SafeString:
    """What people write starts at h3; here the text is the page, and its parts are h2."""
    raised = str(rendered)
    for level in (3, 4):
        raised = raised.replace(f"<h{level}>", f"<h{level - 1}>")
        raised = raised.replace(f"</h{level}>", f"</h{level - 1}>")
    return mark_safe(raised)
