"""Finds phone numbers, e-mail addresses, coordinates and links to maps.
Used by `judge`. Helplines, short numbers and addresses of an office pass."""

from __future__ import annotations

import re
from collections.abc import Iterator

import phonenumbers

from exchange.safeguarding.screening.findings import EMAIL, MAP, PHONE, TOO_LONG, Finding
from exchange.safeguarding.screening.folding import words_of
from exchange.safeguarding.screening.lexicon import lexicon
from exchange.safeguarding.screening.reading import Reading

# Where a number without a country's code is looked up.
REGIONS = (
    *("KE", "UG", "TZ", "RW", "ET", "SO", "SS", "SD", "BI", "CD", "SN", "CI", "FR", "MX", "CO"),
    *("EC", "BR", "JO", "EG", "GB"),
)
MOST = 400
MOST_PARSED = 60
AROUND = 60
_RUN = re.compile(r"(?:\+|\(\+?)?\d[\d ().\-–/\u00a0]{5,24}\d")
_DATE = re.compile(r"\d{1,4}[-/.–]\d{1,2}[-/.–]\d{1,4}|(?:19|20)\d\d ?[-–/] ?(?:19|20)?\d\d")
_YEARS = re.compile(r"(?:(?:19|20)\d\d[ -–/.,]*)+")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:[ .\u00a0]\d{3})+")
_WORD = re.compile(r"[^\W\d_]+")
_AT = re.compile(r"(?<=[\w])(?:@| ?[\[(] ?(?:at|arroba|arobase) ?[\])] ?)(?=\w)")
_BEFORE_AT = re.compile(r"[\w.+%-]{1,64}$")
_AFTER_AT = re.compile(r"[\w-]{1,63}(?:(?:\.| ?[\[(]dot[\])] ?| dot )[\w-]{1,63}){1,5}")
_OFFICE = words_of(
    "info contact office hello support help helpline hotline press media safeguarding admin secretariat "
    "noreply no-reply enquiries reports jobs training library communications contacto contato "
    "bureau accueil comunicacion comunicacao"
)
_PAIR = re.compile(r"-?\d{1,3}\.\d{3,12}°?[ ]?[nsewo]?[ ]?[,;/ ][ ]?-?\d{1,3}\.\d{3,12}")
_DEGREES = re.compile(r"\d{1,3}° ?\d{1,2}(?:[.,]\d{1,6})?['′]")
_MAP_LINK = re.compile(
    r"(?:maps\.app\.goo\.gl|goo\.gl/maps|maps\.google|google\.[a-z.]{2,6}/maps|openstreetmap\.org/"
    r"|osm\.org/|waze\.com/|plus\.codes/|what3words|w3w\.co/|geo:-?\d|share\.here\.com)[^\s]{0,200}"
)
_PLUS_CODE = re.compile(r"\b[23456789cfghjmpqrvwx]{4,8}\+[23456789cfghjmpqrvwx]{2,3}\b")


def find(reading: Reading) -> Iterator[Finding]:
    """Every way to reach or to find a person that stands in the text."""
    yield from _emails(reading)
    yield from _maps(reading)
    yield from _phones(reading)


def _emails(reading: Reading) -> Iterator[Finding]:
    folded = reading.folded
    if not any(sign in folded for sign in ("@", "at)", "at ]", "at]", "at )", "arroba", "arobase")):
        return
    for count, found in enumerate(_AT.finditer(folded)):
        if count >= MOST:
            yield reading.passage(TOO_LONG, found.start(), found.end())
            return
        before = _BEFORE_AT.search(folded[max(0, found.start() - 64) : found.start()])
        after = _AFTER_AT.match(folded, found.end())
        if before and after and before[0] not in _OFFICE:
            yield reading.passage(EMAIL, found.start() - len(before[0]), after.end())


def _maps(reading: Reading) -> Iterator[Finding]:
    folded = reading.folded
    patterns = [_MAP_LINK] if "." in folded or "geo:" in folded else []
    patterns += [_PAIR] if "." in folded else []
    patterns += [_DEGREES] if "°" in folded else []
    patterns += [_PLUS_CODE] if "+" in folded else []
    for pattern in patterns:
        for count, found in enumerate(pattern.finditer(folded)):
            if count >= MOST:
                break
            if pattern is not _PLUS_CODE or re.search(r"[a-z]", found[0]):
                yield reading.passage(MAP, found.start(), found.end())


def _phones(reading: Reading) -> Iterator[Finding]:
    parsed = 0
    for found in _RUN.finditer(reading.folded):
        run = found[0]
        digits = "".join(mark for mark in run if mark.isdigit())
        if not 8 <= len(digits) <= 15 or _is_something_else(run):
            continue
        words = _words_near(reading.folded, found.start(), found.end())
        if "helpline" in words:
            continue
        parsed += 1
        if parsed > MOST:
            yield reading.passage(TOO_LONG, found.start(), found.end())
            return
        if _is_phone(run, digits, "phoneword" in words, look=parsed <= MOST_PARSED):
            yield reading.passage(PHONE, found.start(), found.end())


def _is_phone(run: str, digits: str, called: bool, *, look: bool) -> bool:
    """A number with a country's code or a leading nought must exist; a bare one must be announced.
    `look` is false when there are so many that looking each up would take too long."""
    if run.startswith(("+", "(+")) or digits.startswith("00"):
        return not look or _exists("+" + digits.lstrip("0"), None)
    if digits.startswith("0") and 9 <= len(digits) <= 11:
        return not look or called or _exists_anywhere(digits)
    if len(digits) >= 11 and look and _exists("+" + digits, None):
        return called or " " not in run
    if len(digits) in (9, 10):
        return called or (look and len(run) == 9 and _exists_anywhere(digits))
    return called and len(digits) == 8


def _is_something_else(run: str) -> bool:
    plain = run.strip(" ().")
    return bool(_DATE.match(plain) or _YEARS.fullmatch(plain) or _THOUSANDS.fullmatch(plain)) or (
        plain.count(".") == 1 and " " not in plain
    )


def _words_near(folded: str, start: int, end: int) -> set[str]:
    around = folded[max(0, start - AROUND) : start] + " " + folded[end : end + AROUND // 2]
    classes = lexicon().classes
    near = {name for word in _WORD.findall(around) for name in classes.get(word, ())}
    if "toll free" in around or "toll-free" in around or "linea de ayuda" in around:
        near.add("helpline")
    return near


def _exists_anywhere(digits: str) -> bool:
    return any(_exists(digits, region) for region in REGIONS)


def _exists(digits: str, region: str | None) -> bool:
    try:
        number = phonenumbers.parse(digits, region)
    except phonenumbers.NumberParseException:
        return False
    if region is None:
        return phonenumbers.is_possible_number(number)
    return phonenumbers.is_valid_number(number)
