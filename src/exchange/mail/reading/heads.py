"""Finds what mail programs put above a quote: "On … wrote:", "From/Sent/To/Subject", separators.
Called by `mail.reading.splitting`. A line that merely looks like one is not one."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from exchange.mail.marker import SIGN
from exchange.mail.reading.line import Line
from exchange.mail.reading.wording import BEGINS, FIELDS, FORWARDED, ORIGINAL, QUOTING, WROTE

LONGEST, MOST_LINES = 600, 5
_ENDS = re.compile(r"[:：﹕፦፡׃]\s*[>»*]{0,3}\s*\Z")
_ADDRESS = re.compile(r"[<(\[\s\"“«:](?:mailto:)?[^\s<>()\[\]@:,;]{1,120}@[^\s<>()\[\]@,;]{2,200}")
_TIME = re.compile(r"\d{1,2}\s?[:.h٫∶]\s?\d{2}|\d{1,2} ?(?:am|pm|uhr)\b|\d{1,2}\s?[時时点시]", re.I)
_NUMERIC = re.compile(r"(?<!\d)\d{1,4}\s?[./年년-]\s?\d{1,2}\s?[./月월-]\s?\d{1,4}")
_YEAR = re.compile(r"(?<!\d)(?:1[34]|19|20|25)\d\d(?!\d)")
_DAY = re.compile(r"(?<!\d)[0-3]?\d(?!\d)")
_SEPARATOR = re.compile(
    r"[ \t>*]{0,6}([-_=*—–─]{2,})\s?([^-_=*—–─\n]{2,70}?)\s?([-_=*—–─]{2,})[ \t*]*\Z"
)
_RULE = re.compile(r"[ \t]{0,4}(?:[_=─—–-]{8,}|[-_*]{20,})[ \t]*\Z")
_FIELD = re.compile(r"[\s*_]{0,6}([^:：\n]{1,30}?)[\s*_]{0,4}[:：]")
_INNER_FIELD = re.compile(r"(?:^|\s)([^\W\d_]{1,14}) ?[:：]")
_WROTE_ENDS = re.compile(r"[\s\W]*\Z")


@dataclass(frozen=True)
class Head:
    """Lines `start` to before `end` stand above a quote. `is_sure`: what follows is a quote even
    where no mark says so. `sort`: "wrote", "fields", "forward" or "marker"."""

    start: int
    end: int
    sort: str
    is_sure: bool = False


def find_heads(lines: list[Line]) -> list[Head]:
    """All of them, in order. Quoted lines are passed over."""
    heads: list[Head] = []
    at = 0
    while at < len(lines):
        head = None if lines[at].is_quoted or lines[at].is_blank else _head_at(lines, at)
        if head is None:
            at += 1
            continue
        last = heads[-1].end if heads else 0
        heads.append(Head(max(head.start, last), head.end, head.sort, head.is_sure))
        at = head.end
    return heads


def with_lines_above_markers(lines: list[Line], heads: list[Head]) -> list[Head]:
    """Right above our marker even a bare "Joseph wrote:" is a head."""
    known = {at for head in heads for at in range(head.start, head.end)}
    found = list(heads)
    for at, line in enumerate(lines):
        if SIGN not in line.bare:
            continue
        above = next(
            (one for one in range(at - 1, max(-1, at - 5), -1) if not lines[one].is_blank), -1
        )
        if above >= 0 and above not in known and _is_bare_head(lines, above):
            found.append(Head(above, above + 1, "wrote"))
    return sorted(found, key=lambda head: head.start)


def _is_bare_head(lines: list[Line], at: int) -> bool:
    text = lines[at].bare.strip(" -")
    stands_alone = at == 0 or lines[at - 1].is_blank
    if WROTE.search(text) is None or not stands_alone or lines[at].is_quoted:
        return False
    if may_end(lines[at].bare):
        return len(text.split()) <= 10
    # "Joseph wrote on 16.11.2026 18.02", without a colon.
    plain = _plain(text)
    return len(text.split()) <= 16 and bool(_NUMERIC.search(plain) and _TIME.search(plain))


def _head_at(lines: list[Line], at: int) -> Head | None:
    return (
        _marker(lines, at) or _hinted(lines, at) or _fields(lines, at) or _wrote_ending(lines, at)
    )


def _marker(lines: list[Line], at: int) -> Head | None:
    """Our own line, which may have been broken into several."""
    if SIGN not in lines[at].bare:
        return None
    end, seen = at, 0
    while end < min(at + 4, len(lines)) and seen < 2 and not lines[end].is_blank:
        seen += lines[end].bare.count(SIGN)
        end += 1
    return Head(at, end if seen >= 2 else at + 1, "marker", is_sure=True)


def _hinted(lines: list[Line], at: int) -> Head | None:
    """What the HTML says is a head."""
    hint = lines[at].hint
    if hint not in ("header", "top"):
        return None
    end = at
    while end < len(lines) and lines[end].hint == hint:
        end += 1
    told = [line.bare for line in lines[at:end] if not line.is_blank]
    if hint == "top" and sum(bool(_FIELD.match(line)) for line in told) < 3:
        return None
    is_forward = any(separates(line) == "forward" for line in told)
    fields = sum(bool(_FIELD.match(line)) for line in told) >= 3
    return Head(at, end, "forward" if is_forward else "fields" if fields else "wrote", is_sure=True)


def separates(text: str) -> str:
    """ "forward" or "original" if the line is a separator with such words in it."""
    found = _SEPARATOR.match(text)
    if found is None:
        return ""
    if FORWARDED.search(found[2]):
        return "forward"
    return "original" if ORIGINAL.search(found[2]) else ""


def _is_begin_forwarded(text: str) -> bool:
    """Apple's "Begin forwarded message:" and its like."""
    return len(text) < 80 and bool(_ENDS.search(text)) and bool(FORWARDED.search(text))


def _fields(lines: list[Line], at: int) -> Head | None:
    """A block of fields; a separator or a long rule may stand above it."""
    text = lines[at].bare
    separator = separates(text)
    if not separator and _is_begin_forwarded(text):
        separator = "forward"
    below = separator or _RULE.match(text)
    first = _next_told(lines, at + 1, within=3) if below else at
    if first is None:
        return None
    if separator and lines[first].is_quoted and not lines[at].is_quoted:
        # Zimbra marks the block, and not the line above it.
        sort = "forward" if separator == "forward" else "fields"
        return Head(at, at + 1, sort, is_sure=True) if _field(lines[first].bare) else None
    end, found, said = _block(lines, first, bool(separator))
    if not below and (found[:1] not in (["from"], ["sent"]) or found.count(found[0]) > 1):
        # The person's own "Subject:" may stand right above.
        return None
    if not _is_head(set(found), said, bool(separator)):
        after = _wrote_after(lines, at) if separator else None
        return Head(at, after.end, separator, is_sure=True) if after else None
    return Head(at, end, "forward" if separator == "forward" else "fields", is_sure=True)


def _wrote_after(lines: list[Line], at: int) -> Head | None:
    """Proton writes "------- Original Message -------" and then "On … wrote:"."""
    start = _next_told(lines, at + 1, within=3)
    for end in range(start or len(lines), min((start or 0) + 3, len(lines))):
        head = _wrote_ending(lines, end)
        if head:
            return head
    return None


def _is_head(kinds: set[str], said: str, has_separator: bool) -> bool:
    if has_separator:
        return len(kinds) >= 2
    if "from" not in kinds or len(kinds & {"sent", "to", "subject", "cc"}) < 2:
        return False
    return "@" in said or {"sent", "subject"} <= kinds


def _block(lines: list[Line], first: int, is_loose: bool) -> tuple[int, list[str], str]:
    """The fields from a line on: where they end, which there are, and all they say."""
    kinds: list[str] = []
    said: list[str] = []
    at = end = first
    loose = 0
    while at < len(lines) and loose <= 3 and not lines[at].is_quoted and len(said) < 25:
        kind = _field(lines[at].bare) or (is_loose and _bare_field(lines[at].bare))
        if kind:
            kinds.append(kind)
            end, loose = at + 1, 0
        elif not kinds:
            break
        else:
            # A long list of addresses goes on below, if another field follows it.
            loose += 1
            if lines[at].is_blank and _next_field(lines, at + 1) is None:
                break
        said.append(lines[at].bare)
        at += 1
    return end, kinds, "\n".join(said[: end - first])


def _next_field(lines: list[Line], at: int) -> str | None:
    """What field the next line that says something is, if there is one just below."""
    told = _next_told(lines, at, within=1)
    return None if told is None else _field(lines[told].bare) or None


def _field(text: str) -> str:
    found = _FIELD.match(text[:200])
    if found is None:
        return ""
    name = found[1].strip("*_ \t\xa0\u200e\u200f").lower()
    return FIELDS.get(" ".join(name.split()), "")


def fields_in(text: str) -> int:
    """How many fields stand in one line."""
    names = (found[1].lower() for found in _INNER_FIELD.finditer(text[:1500]))
    return len({FIELDS[name] for name in names if name in FIELDS})


def _bare_field(text: str) -> str:
    """Below a separator, a field may have no colon."""
    name, _, rest = text.strip().partition(" ")
    return FIELDS.get(name.lower(), "") if rest and name[:1].isupper() else ""


def _next_told(lines: list[Line], at: int, within: int) -> int | None:
    for place in range(at, min(at + within, len(lines))):
        if not lines[place].is_blank:
            return place
    return None


def _wrote_ending(lines: list[Line], at: int) -> Head | None:
    """ "On … wrote:" that ends in this line and begins here or a few lines above."""
    if not may_end(lines[at].bare):
        return None
    chosen: Head | None = None
    for count in range(1, MOST_LINES):
        start = at - count + 1
        if start < 0 or lines[start].is_blank or lines[start].is_quoted:
            break
        told = " ".join(line.bare.strip() for line in lines[start : at + 1])
        if len(told) > LONGEST:
            break
        weight = weigh(told)
        if weight and BEGINS.match(told) and _DAY.search(_plain(lines[start].bare)[:70]):
            return Head(start, at + 1, "wrote", is_sure=weight > 1)
        is_broken = chosen is not None and _is_broken(lines, start)
        if weight and (chosen is None or is_broken):
            stands_alone = start == 0 or lines[start - 1].is_blank
            chosen = Head(start, at + 1, "wrote", is_sure=weight > 2 and stands_alone)
            if weight > 1 and not told.startswith("<"):
                break
    return chosen


def _is_broken(lines: list[Line], at: int) -> bool:
    """Whether the line goes on in the next: its address stands there, or closes this one."""
    ends_with_one = lines[at].bare.rstrip().endswith((">,", ">")) and "@" in lines[at].bare
    return ends_with_one or lines[at + 1].bare.startswith("<")


def may_end(text: str) -> bool:
    """Cheap first look: the line ends with a colon or with "wrote"."""
    text = text.rstrip("-— \t\u200e\u200f")
    if _ENDS.search(text[-12:]):
        return True
    ends = [found.end() for found in WROTE.finditer(text[-40:])]
    return bool(ends and _WROTE_ENDS.match(text[-40:], ends[-1]))


def weigh(told: str) -> int:
    """0: no such line. 1: one if a quote follows. 2: certainly one, if it begins like one.
    3: certainly one."""
    plain = _plain(told)
    has_verb = WROTE.search(told) is not None
    has_address = _ADDRESS.search(plain) is not None
    has_time = _TIME.search(plain) is not None
    numeric = _NUMERIC.search(plain) is not None
    has_date = numeric or _YEAR.search(plain) is not None
    if len(plain.split()) > (45 if BEGINS.match(told) else 28):
        return 0
    if has_address and has_date and has_time:
        return 3
    if has_verb and ((has_date and has_address) or (numeric and has_time)):
        return 2
    is_short = len(plain.split()) <= 12 and (has_address or QUOTING.match(told))
    if has_verb and has_date and BEGINS.match(told):
        # Pine tells neither time nor address.
        return 1
    return int(bool(is_short or (has_verb and (has_address or (has_date and has_time)))))


def _plain(text: str) -> str:
    """Digits of every script as 0-9, directions gone."""
    return "".join(
        str(unicodedata.digit(c)) if c.isdigit() and unicodedata.digit(c, None) is not None else c
        for c in text
        if c not in "\u200e\u200f\u202a\u202b\u202c"
    )
