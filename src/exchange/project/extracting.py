"""Finds every string to translate in the code and the templates, without the gettext programs.
Called by project.languages alone."""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_python
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parent.parent
# What Django calls them beside gettext's own names.
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
_OPENERS = {"gettext", "ngettext", "pgettext", "npgettext", "_"}
_FOR_TRANSLATORS = ("Translators:",)


def extract(package: Path = PACKAGE) -> Catalog:
    """A catalogue of all strings: the template that every language must fill."""
    catalogue = Catalog()
    for name, _line, message, comments, context in _messages(package):
        catalogue.add(message, context=context, auto_comments=comments, locations=[(name, None)])
    return catalogue


Found = tuple[str, int, str | tuple[str, str], list[str], str | None]


def _messages(package: Path) -> Iterator[Found]:
    for path in sorted([*package.rglob("*.py"), *package.rglob("*.html"), *package.rglob("*.txt")]):
        name = path.relative_to(package).as_posix()
        if "/migrations/" in name or "/static/" in name or "/starter/" in name:
            continue
        if path.suffix == ".py":
            yield from _from_python(path, name)
        else:
            yield from _from_template(path, name)


def _from_python(path: Path, name: str) -> Iterator[Found]:
    with path.open("rb") as source:
        for line, function, given, comments in extract_python(
            source, list(KEYWORDS), _FOR_TRANSLATORS, {"encoding": "utf-8"}
        ):
            arguments = list(given) if isinstance(given, tuple | list) else [given]
            yield from _message(name, line, str(function), arguments, comments)


def _from_template(path: Path, name: str) -> Iterator[Found]:
    """Django turns a template into calls of gettext between rows of X; those are read here."""
    text = templatize(path.read_text(encoding="utf-8"), origin=name)
    words = _tokens(text)
    for place, word in enumerate(words[:-1]):
        if word in _OPENERS and words[place + 1] == "(":
            yield from _message(name, 0, word, _strings(words[place + 2 :]), [])


def _tokens(text: str) -> list[str]:
    # On one line no indentation can be wrong; strings are never broken over lines by templatize.
    found = []
    try:
        for token in tokenize.generate_tokens(io.StringIO(" ".join(text.split("\n"))).readline):
            found.append(token.string)  # noqa: PERF401 - what came before an error is kept
    except (tokenize.TokenError, IndentationError):
        pass
    return [word for word in found if word.strip()]


def _strings(words: list[str]) -> list[str | None]:
    """The arguments of a call, read up to its closing bracket; what is no string is None."""
    arguments: list[str | None] = []
    for word in words:
        if word == ")":
            break
        if word == ",":
            continue
        try:
            value = ast.literal_eval(word)
        except (ValueError, SyntaxError):
            value = None
        arguments.append(value if isinstance(value, str) else None)
    return arguments


def _message(
    name: str, line: int, function: str, given: list[str | None], comments: list[str]
) -> Iterator[Found]:
    context = None
    if function.startswith(("pgettext", "npgettext")):
        context, *given = given
    one = given[0] if given else None
    if not one:
        return
    if function.startswith(("ngettext", "npgettext")) and len(given) > 1 and given[1]:
        yield name, line, (one, given[1]), comments, context
    else:
        yield name, line, one, comments, context
