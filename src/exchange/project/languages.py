"""The translations: written out for translators, compiled for the program, and judged.
Called by the commands compile_languages and languages. The gettext programs are not needed."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from exchange.core.languages import INTERFACE, OWN_NAMES
from exchange.project.extracting import PACKAGE, extract

LOCALE = PACKAGE / "locale"
TRANSLATED = tuple(code for code in INTERFACE if code != "en")
# In the order translators of Django know; Babel's own Arabic rule numbers the last two otherwise.
PLURALS = {
    "fr": "nplurals=2; plural=(n > 1);",
    "sw": "nplurals=2; plural=(n != 1);",
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : "
    "n%100>=11 && n%100<=99 ? 4 : 5);",
    "es": "nplurals=2; plural=(n != 1);",
    "pt": "nplurals=2; plural=(n != 1);",
}
_WIDTH = 98
_PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|\{\w*\}|%[sd]")
# How strings call the number that chooses their form.
_COUNTS = {f"%({name}){sign}" for name in ("n", "shown", "number", "days") for sign in "sd"}
_TAG = re.compile(r"</?[a-z][a-z0-9]*|\{%|\bhref=")
# These lines tell when and by which program a file was made: they only make noise in changes.
_NOISE = re.compile(
    r'^"(?:POT-Creation-Date|PO-Revision-Date|Generated-By|Report-Msgid-Bugs-To'
    r'|Last-Translator|Project-Id-Version|Language-Team):.*\\n"\n',
    re.MULTILINE,
)


def path_of(language: str, locale: Path = LOCALE) -> Path:
    return locale / language / "LC_MESSAGES" / "django.po"


def compile_changed(locale: Path = LOCALE) -> list[str]:
    """Compile each catalogue that is newer than its compiled file. Returns their languages."""
    done = []
    for language in TRANSLATED:
        source = path_of(language, locale)
        target = source.with_suffix(".mo")
        if not source.exists() or _is_fresh(target, source):
            continue
        out = io.BytesIO()
        write_mo(out, _read(source, language))
        unfinished = target.with_suffix(".mo.new")
        unfinished.write_bytes(out.getvalue())
        unfinished.replace(target)
        done.append(language)
    return done


def update(package: Path = PACKAGE, locale: Path = LOCALE) -> dict[str, int]:
    """Bring every language's file in line with the code: new strings come in empty, those no
    longer used go. Files whose words are the same stay untouched. Returns how many are empty."""
    template = extract(package)
    empty = {}
    for language in TRANSLATED:
        path = path_of(language, locale)
        known = _read(path, language) if path.exists() else Catalog(locale=language)
        fresh = _filled(template, known, language)
        path.parent.mkdir(parents=True, exist_ok=True)
        written = _written(fresh)
        if not path.exists() or path.read_text(encoding="utf-8") != written:
            path.write_text(written, encoding="utf-8")
        empty[language] = sum(not _is_translated(message) for message in _real(fresh))
    return empty


def problems(package: Path = PACKAGE, locale: Path = LOCALE) -> Iterator[str]:
    """Everything that keeps a language from being complete, one sentence each."""
    template = extract(package)
    wanted = {_key(message): message for message in _real(template)}
    for language in TRANSLATED:
        path, name = path_of(language, locale), OWN_NAMES[language]
        if not path.exists():
            yield f"{name}: there is no {path.name} for {language}"
            continue
        here = {_key(message): message for message in _real(_read(path, language))}
        for key, message in wanted.items():
            yield from _judged(name, message, here.get(key))
        for key in here.keys() - wanted.keys():
            yield f"{name}: no longer used: {_short(here[key])}"


def _judged(name: str, wanted: Message, given: Message | None) -> Iterator[str]:
    if given is None:
        yield f"{name}: missing: {_short(wanted)}"
    elif given.fuzzy:
        yield f"{name}: only guessed (fuzzy): {_short(wanted)}"
    elif not _is_translated(given):
        yield f"{name}: not translated: {_short(wanted)}"
    else:
        yield from (f"{name}: {what}: {_short(wanted)}" for what in _differences(wanted, given))


def _differences(wanted: Message, given: Message) -> Iterator[str]:
    forms = _forms(given.string)
    originals = _forms(wanted.id)
    allowed = set[str]().union(*(_placeholders(form) for form in originals))
    required = set.intersection(*(_placeholders(form) for form in originals))
    for place, form in enumerate(forms):
        used = _placeholders(form)
        # "one answer" needs no number; the last form, for many, needs everything.
        is_last = place == len(forms) - 1
        if not (required if is_last else required - _COUNTS) <= used <= allowed:
            yield "other placeholders"
        if Counter(_TAG.findall(form)) not in [Counter(_TAG.findall(one)) for one in originals]:
            yield "other markup"
    if any(f.startswith("\n") != originals[0].startswith("\n") for f in forms):
        yield "begins or ends with a line break where the other does not"


def _placeholders(text: str) -> set[str]:
    return set(_PLACEHOLDER.findall(text.replace("%%", "")))


def _filled(template: Catalog, known: Catalog, language: str) -> Catalog:
    fresh = Catalog(locale=language, fuzzy=False)
    fresh.mime_headers = [("Language", language), ("Plural-Forms", PLURALS[language])]
    for wanted in _real(template):
        old = known.get(wanted.id, wanted.context) or known.get(
            _forms(wanted.id)[0], wanted.context
        )
        fits = old is not None and not old.fuzzy and _same_shape(wanted, old)
        fresh.add(
            wanted.id,
            old.string if fits and old else _unfilled(wanted, fresh),
            context=wanted.context,
            auto_comments=wanted.auto_comments,
            user_comments=old.user_comments if old else (),
            flags={"python-format"} if wanted.python_format else (),
        )
    return fresh


def _unfilled(wanted: Message, catalogue: Catalog) -> str | tuple[str, ...]:
    return ("",) * catalogue.num_plurals if isinstance(wanted.id, tuple) else ""


def _same_shape(wanted: Message, old: Message) -> bool:
    return isinstance(old.string, tuple | list) == isinstance(wanted.id, tuple | list)


def _written(catalogue: Catalog) -> str:
    out = io.BytesIO()
    write_po(
        out, catalogue, width=_WIDTH, no_location=True, sort_output=True, include_previous=False
    )
    text = out.getvalue().decode()
    # Babel opens a file with a comment of its own; ours begins with the header.
    return _NOISE.sub("", text[text.index("msgid") :])


def _read(path: Path, language: str) -> Catalog:
    with path.open("rb") as source:
        return read_po(source, locale=language, ignore_obsolete=True)


def _real(catalogue: Catalog) -> Iterable[Message]:
    return (message for message in catalogue if message.id)


def _key(message: Message) -> tuple[str | None, str]:
    return message.context, _forms(message.id)[0]


def _forms(value: str | Iterable[str]) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def _is_translated(message: Message) -> bool:
    return bool(message.string) and all(_forms(message.string))


def _is_fresh(target: Path, source: Path) -> bool:
    return target.exists() and target.stat().st_mtime_ns > source.stat().st_mtime_ns


def _short(message: Message) -> str:
    return repr(_forms(message.id)[0][:90])
