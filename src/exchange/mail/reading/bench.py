"""Reading answers: on how many mails of a corpus exactly the person's words are found, and on how
many a word is lost; beside a well-known library. Called by the `bench` command."""

from __future__ import annotations

import json
import re
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

from mailparser_reply import EmailReplyParser
from mailparser_reply.constants import MAIL_LANGUAGES

from exchange.mail.reading.actions import open_mail

NAME = "replies"
HELP = "replies DIR: the person's words in mails (x.eml beside x.txt): exact, and with words lost"
_BESIDE = ("{}.txt", "{}.reply.txt", "{}.expected.txt", "{}.words.txt", "{}.expected", "{}.json")
_INSIDE = (
    "reply.txt",
    "expected.txt",
    "words.txt",
    "expected.json",
    "case.json",
    "reply.json",
    "meta.json",
)
_WORDS = ("words", "reply", "expected", "own")
_SENT = ("sent_text", "sent", "our_text", "original")
Reader = Callable[["Case"], str]


@dataclass(frozen=True)
class Case:
    """A mail, and what its person wrote."""

    name: str
    raw: bytes
    expected: str
    client: str = ""
    language: str = ""
    sent_text: str = ""


def run(options: Mapping[str, Any]) -> dict[str, Any]:
    """Our figures, the library's, and those that were not exact, by name."""
    cases = list(corpus(Path(options.get("directory") or ".")))
    began = time.perf_counter()
    ours = {case.name: measured(case, our_words) for case in cases}
    seconds = time.perf_counter() - began
    began = time.perf_counter()
    theirs = {case.name: measured(case, library_words) for case in cases}
    library = {**totals(theirs), "seconds": round(time.perf_counter() - began, 3)}
    return {
        **totals(ours),
        "seconds": round(seconds, 3),
        "library": library,
        "by_client": _grouped(cases, ours, "client"),
        "by_language": _grouped(cases, ours, "language"),
        "not_exact": sorted(name for name, row in ours.items() if not row["exact"]),
        "lost_in": sorted(name for name, row in ours.items() if row["lost"]),
    }


def corpus(directory: Path) -> Iterator[Case]:
    """Every mail below the directory that has its words beside it."""
    for path in sorted(directory.rglob("*.eml")):
        said = _said(path)
        if said is not None:
            known = {**_from_name(path.stem), **said}
            yield Case(str(path.relative_to(directory)), path.read_bytes(), **known)


def _from_name(stem: str) -> dict[str, str]:
    """ "012-samsung-sw-above" says the program and the language."""
    found = re.match(r"\d+-([a-z0-9.]+)-([a-z]{2,3})(?:-[a-z]{2}(?=-))?(?:-|\Z)", stem)
    return {"client": found[1], "language": found[2]} if found else {}


def _said(path: Path) -> dict[str, str] | None:
    """What is known of a mail: from files of its name, or from those in a folder of its own."""
    beside = [path.with_name(form.format(path.stem)) for form in _BESIDE]
    beside += [path.with_name(f"{path.name}{end}") for end in (".txt", ".json")]
    if len(list(path.parent.glob("*.eml"))) == 1:
        beside += [path.with_name(name) for name in _INSIDE]
    known: dict[str, str] = {}
    for file in beside:
        if file.is_file():
            text = file.read_text(encoding="utf-8-sig")
            told = _from_json(text) if file.suffix == ".json" else {"expected": text}
            known = {**told, **known}
    sent = path.with_name(f"{path.stem}.sent.txt")
    if sent.is_file():
        known["sent_text"] = sent.read_text(encoding="utf-8-sig")
    return known if "expected" in known else None


def _from_json(text: str) -> dict[str, str]:
    told = json.loads(text)
    if not isinstance(told, dict):
        return {}
    known = {name: str(told[name]) for name in ("client", "language") if told.get(name)}
    for ours, names in (("expected", _WORDS), ("sent_text", _SENT)):
        found = [told[name] for name in names if isinstance(told.get(name), str)]
        known |= {ours: found[0]} if found else {}
    return known


def our_words(case: Case) -> str:
    return open_mail(case.raw, case.sent_text).words


def library_words(case: Case) -> str:
    """What mail-parser-reply takes for the latest reply, given all languages it knows and the text
    as Python's own reader gives it; of HTML, what our reader sees."""
    try:
        body = message_from_bytes(case.raw, policy=policy.default).get_body(("plain",))
        text = body.get_content() if body else ""
    except (LookupError, ValueError, KeyError, AttributeError, TypeError, IndexError):
        text = ""
    text = text if text.strip() else open_mail(case.raw).whole
    return EmailReplyParser(languages=list(MAIL_LANGUAGES)).parse_reply(text) or ""


def measured(case: Case, words: Reader) -> dict[str, Any]:
    """Whether the words are exactly right, and which are lost."""
    found = words(case)
    return {"exact": same(found, case.expected), "lost": lost(case.expected, found)}


def same(found: str, expected: str) -> bool:
    """The same words and line breaks. Composed letters (NFC), spaces at the ends of lines, the kind
    of line end, and how many blank lines stand in a row do not count."""
    return normalised(found) == normalised(expected)


def normalised(text: str) -> str:
    plain = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\xa0", " "))
    lines = "\n".join(line.rstrip() for line in plain.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", lines).strip()


def lost(expected: str, found: str) -> list[str]:
    """Words (letters and digits) that are expected and not there, or not in this order."""
    wanted, ours = _tokens(expected), _tokens(found)
    missing = list((Counter(wanted) - Counter(ours)).elements())
    if missing:
        return missing
    at = 0
    for word in wanted:
        while at < len(ours) and ours[at] != word:
            at += 1
        if at == len(ours):
            return [word]
        at += 1
    return []


def _tokens(text: str) -> list[str]:
    return re.findall(r"\w+", normalised(text).casefold())


def totals(rows: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    exact = sum(row["exact"] for row in rows.values())
    return {
        "cases": len(rows),
        "exact": exact,
        "exact_percent": round(100 * exact / len(rows), 1) if rows else None,
        "cases_with_words_lost": sum(bool(row["lost"]) for row in rows.values()),
    }


def _grouped(cases: list[Case], rows: Mapping[str, Any], by: str) -> dict[str, dict[str, Any]]:
    groups: dict[str, dict[str, Any]] = {}
    for case in cases:
        groups.setdefault(getattr(case, by) or "unknown", {})[case.name] = rows[case.name]
    return {name: totals(rows) for name, rows in sorted(groups.items())}
