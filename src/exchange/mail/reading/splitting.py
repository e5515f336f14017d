"""Splits a mail's lines into the person's own words and the rest, line by line.
Called by `mail.reading.actions`. The rest is kept; nothing is thrown away."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace

from exchange.mail.marker import SIGN
from exchange.mail.reading import closings, ours
from exchange.mail.reading.comparing import Sent
from exchange.mail.reading.heads import Head, find_heads, with_lines_above_markers
from exchange.mail.reading.line import Line, find_marks
from exchange.mail.reading.opened import Piece
from exchange.mail.reading.wording import ANNOUNCED

# Something stands behind a question, on its line.
_BEHIND = re.compile(r"[^?؟]{8,300}[?؟]\s+[^?؟]{1,500}\Z")

_IN_QUOTATION = re.compile(r"[\"“«„][^\"”»“\n]{1,200}[\"”»“]")


@dataclass(frozen=True)
class Writer:
    """What the mail says about who wrote it, and whether it passes another mail on."""

    name: str = ""
    address: str = ""
    passes_on: bool = False


@dataclass(frozen=True)
class _Region:
    """Lines below a head that bear no marks: `start` to before `end`."""

    start: int
    end: int
    passed_on: bool = False


def split(lines: list[Line], writer: Writer, sent_text: str = "") -> tuple[str, tuple[Piece, ...]]:
    """The person's words, and all pieces in order."""
    find_marks(lines)
    heads = with_lines_above_markers(lines, find_heads(lines))
    kinds = ["quote" if line.is_quoted else "" for line in lines]
    _settle_indented(lines, heads, kinds)
    _settle_broken(lines, kinds)
    regions = _mark_heads(lines, heads, kinds, writer)
    for region in regions:
        for at in range(region.start, ours.own_start(lines, region.start, region.end)):
            is_typed = lines[at].hint == "typed"
            kinds[at] = kinds[at] or ("" if is_typed else "quote")
    _free_own_marks(lines, kinds)
    was_compared = _rescue(lines, kinds, regions, writer, Sent(sent_text))
    for stretch in _stretches(lines, kinds):
        closings.find_closings(lines, kinds, stretch, writer.name, writer.address)
    _keep_something(lines, kinds, regions, was_compared)
    return _words(lines, kinds), _pieces(lines, kinds)


def _settle_indented(lines: list[Line], heads: list[Head], kinds: list[str]) -> None:
    """A blockquote that does not say why it is one is a quote below a head, else the person's."""
    first = heads[0].start if heads else len(lines)
    for at, line in enumerate(lines):
        if line.is_indented and at >= first and not kinds[at]:
            line.depth, kinds[at] = max(1, line.depth), "quote"


def _settle_broken(lines: list[Line], kinds: list[str]) -> None:
    """A program that breaks our marker in a quote breaks other lines too, and leaves their ends
    without marks."""
    broken = (
        line.depth and line.bare.count(SIGN) == 1 and not below.depth and SIGN in below.bare
        for line, below in itertools.pairwise(lines)
    )
    if not any(broken):
        return
    for at in range(1, len(lines)):
        above, text = lines[at - 1], lines[at].bare
        is_open = kinds[at - 1] == "quote" and len(above.bare) > 40 and above.bare[-1] not in ".!?:"
        if is_open and text[:1].islower() and not kinds[at]:
            lines[at].depth, kinds[at] = above.depth, "quote"


def _mark_heads(
    lines: list[Line], heads: list[Head], kinds: list[str], writer: Writer
) -> list[_Region]:
    """Marks the heads that are heads, and finds what they open."""
    regions: list[_Region] = []
    following = _following(lines, kinds)
    for place, head in enumerate(heads):
        later = heads[place + 1] if place + 1 < len(heads) else None
        end = later.start if later else len(lines)
        is_followed = _is_followed(following, head, later)
        if not head.is_sure and not is_followed and not _is_above(following, head, later):
            continue
        for at in range(head.start, head.end):
            kinds[at] = "marker" if head.sort == "marker" else "header"
        if regions and head.sort == "marker" and _is_bare(lines, regions[-1].start, head.start):
            regions[-1] = replace(regions[-1], end=end)
        elif not is_followed and _opens(lines, kinds, head, end):
            is_forward = head.sort == "forward" or (head.sort == "fields" and writer.passes_on)
            regions.append(_Region(head.end, end, is_forward))
    return regions


def _free_own_marks(lines: list[Line], kinds: list[str]) -> None:
    """Lines with ">" above the head of a quote are the person's: they marked something."""
    for at in [*range(_marker_run(lines)), *range(_foot_end(lines), len(lines))]:
        if lines[at].is_marked and kinds[at] == "quote":
            lines[at].free()
            kinds[at] = ""
    first = next((at for at, kind in enumerate(kinds) if kind in ("header", "marker")), 0)
    told = (at for at in range(first + 1, len(lines)) if not lines[at].is_blank)
    below = [at for at in told if kinds[at] not in ("header", "marker")][:1]
    if not any(kinds[at] == "quote" for at in below):
        return
    for at in range(first):
        if lines[at].is_marked and kinds[at] == "quote":
            lines[at].free()
            kinds[at] = ""


def _marker_run(lines: list[Line]) -> int:
    """Where the marks around our own marker begin: what is marked apart above them is not ours."""
    at = next((at for at, line in enumerate(lines) if SIGN in line.bare), 0)
    if lines and not (lines[at].is_marked and lines[at].depth == 1):
        return 0
    while at and lines[at - 1].depth:
        at -= 1
    return at


def _foot_end(lines: list[Line]) -> int:
    """Where our mail ends, if all of it is quoted: what is marked below that is not ours."""
    start = max((at for at, line in enumerate(lines) if SIGN in line.bare), default=-1)
    return len(lines) if start < 0 else ours.own_start(lines, start, len(lines))


def _is_bare(lines: list[Line], start: int, end: int) -> bool:
    return all(line.is_blank for line in lines[start:end]) and end - start < 50


def _following(lines: list[Line], kinds: list[str]) -> list[str]:
    """For each place, what the first line from there on is that says something: "quote" or ""; and
    where it stands, for the marker."""
    found = [""] * (len(lines) + 1)
    for at in range(len(lines) - 1, -1, -1):
        found[at] = found[at + 1] if lines[at].is_blank else kinds[at] or f"own {at}"
    return found


def _is_followed(following: list[str], head: Head, later: Head | None) -> bool:
    """Whether the next line that says something bears the marks of a quote. Our own marker may
    stand between."""
    is_marker = later is not None and later.sort == "marker"
    if is_marker and later and following[head.end] == f"own {later.start}":
        return following[later.end] == "quote"
    return following[head.end] == "quote"


def _is_above(following: list[str], head: Head, later: Head | None) -> bool:
    """Whether our marker, or another head, is what comes next."""
    return later is not None and following[head.end] == f"own {later.start}"


def _opens(lines: list[Line], kinds: list[str], head: Head, end: int) -> bool:
    """Whether what follows without marks is the quote. Below "On … wrote:" it is not, where marked
    lines come later: then somebody has answered first."""
    if head.sort != "wrote":
        return True
    return "quote" not in kinds[head.end : end]


def _rescue(
    lines: list[Line], kinds: list[str], regions: list[_Region], writer: Writer, sent: Sent
) -> bool:
    """Finds the person's words inside what looks like a quote; whether by comparing it with ours."""
    shallow = [at for at, kind in enumerate(kinds) if kind == "quote" and lines[at].depth <= 1]
    _rescue_named(lines, kinds, shallow, writer.name)
    _rescue_tinted(lines, kinds, shallow)
    if sent and _compare(lines, kinds, regions, sent):
        return True
    if not regions and not any(kind in ("header", "marker") for kind in kinds):
        _free_short_runs(lines, kinds)
    _find_told(lines, kinds, regions, shallow)
    return False


def _free_short_runs(lines: list[Line], kinds: list[str]) -> None:
    """A line or two with marks, in a mail that quotes nothing else: a proverb, or a list. A question
    is one that is being answered."""
    if any(SIGN in line.bare for line in lines):
        return
    places = range(len(lines))
    for kind, run in itertools.groupby(places, key=lambda at: kinds[at] if lines[at].depth else ""):
        apart = list(run)
        is_asked = any(lines[at].bare.rstrip().endswith(("?", "؟", "？", ";")) for at in apart)
        if kind != "quote" or len(apart) > 2 or is_asked:
            continue
        for at in apart:
            if lines[at].is_marked:
                lines[at].free()
                kinds[at] = ""


def _find_told(
    lines: list[Line], kinds: list[str], regions: list[_Region], shallow: list[int]
) -> None:
    """Answers of which the person said that they stand below."""
    own = " ".join(line.bare for line, kind in zip(lines, kinds, strict=True) if not kind)
    # Our own marker speaks of answers between the lines, and may be asked about.
    if not ANNOUNCED.search(_IN_QUOTATION.sub(" ", own[:20_000])):
        return
    if not regions:
        _find_announced(lines, kinds, shallow)
    elif "" not in kinds[regions[0].start : regions[-1].end]:
        _give_back(lines, kinds, regions[0])


def _find_announced(lines: list[Line], kinds: list[str], shallow: list[int]) -> None:
    """Answers that were announced and stand nowhere below: on the quoted lines, behind what is
    asked, or as lines that the program marked with all others."""
    below = range(shallow[0] if shallow else 0, len(lines))
    if any(not kinds[at] and not lines[at].is_blank for at in below):
        return
    behind = [at for at in shallow if _BEHIND.match(lines[at].bare)]
    for at in behind or shallow:
        if SIGN not in lines[at].bare:
            kinds[at] = ""


def _rescue_named(lines: list[Line], kinds: list[str], shallow: list[int], name: str) -> None:
    """Outlook puts "[Amina Yusuf]" before what somebody adds to a quote."""
    parts = name.split()
    if not parts:
        return
    initials = "".join(part[0] for part in parts) if len(parts) > 1 else name
    names = "|".join(re.escape(one) for one in (name, parts[0], initials))
    mark = re.compile(rf"\W{{0,4}}(?:\[(?:{names})[^\]\n]{{0,30}}\]|(?:{names})\s?[:>])", re.I)
    for at in shallow:
        if mark.match(lines[at].bare):
            kinds[at] = ""


def _rescue_tinted(lines: list[Line], kinds: list[str], shallow: list[int]) -> None:
    """Answers in a colour of their own, where most of the quote has none or another."""
    told = [at for at in shallow if not lines[at].is_blank]
    tinted = [at for at in told if lines[at].tint.startswith("#")]
    if not tinted or len(tinted) * 5 > len(told) * 4:
        return
    for at in tinted:
        kinds[at] = ""


def _compare(lines: list[Line], kinds: list[str], regions: list[_Region], sent: Sent) -> bool:
    """Keeps what stands in the quote and not in the mail we sent, if it is ours that is quoted."""
    places = _first_quote(lines, kinds, regions)
    told = [lines[at].bare for at in places]
    if not places or sent.share(told) < 0.4:
        return False
    for at, line in enumerate(lines):
        if line.hint == "typed" and sent.has(line.said):
            kinds[at] = "quote"
    heads = _heads_inside(lines, places)
    is_unmarked = sum(lines[at].is_marked for at in places) * 2 < len(places)
    for at in places:
        if at not in heads and not lines[at].is_blank and not sent.has(lines[at].said):
            kinds[at] = ""
            if is_unmarked and lines[at].is_marked:
                lines[at].free()
    _compare_typed(lines, kinds, regions, sent)
    _compare_broken(lines, kinds, sent)
    return True


def _compare_typed(lines: list[Line], kinds: list[str], regions: list[_Region], sent: Sent) -> None:
    """A question that is not one of ours belongs to the answer behind it; and a line of ours that
    stands below a rule of the person's is ours still."""
    for at in range(1, len(lines)):
        is_answer = lines[at].hint == "typed" and not kinds[at] and kinds[at - 1] == "quote"
        if is_answer and not sent.is_line(lines[at - 1].said):
            kinds[at - 1] = ""
    for region in regions:
        for at in range(region.start, region.end):
            if not kinds[at] and sent.is_line(lines[at].said):
                kinds[at] = "quote"


def _heads_inside(lines: list[Line], places: list[int]) -> set[int]:
    """Where a head stands inside the quote itself, as in Apple's and Yahoo's."""
    shown = [replace(lines[at], depth=0, hint="") for at in places]
    heads = find_heads(shown)
    return {places[at] for head in heads for at in range(head.start, head.end)}


def _first_quote(lines: list[Line], kinds: list[str], regions: list[_Region]) -> list[int]:
    """The lines that may quote our mail: the first depth alone, up to a second head without marks."""
    ends = [region.start for region in regions[1:]]
    limit = min(ends) if ends else len(lines)
    if regions and regions[0].passed_on:
        return []
    return [at for at in range(limit) if kinds[at] == "quote" and lines[at].depth <= 1]


def _compare_broken(lines: list[Line], kinds: list[str], sent: Sent) -> None:
    """A quoted line that was broken leaves its end without a mark: that is ours too."""
    for at in range(1, len(lines)):
        is_rest = not kinds[at] and kinds[at - 1] == "quote" and not lines[at].is_blank
        if is_rest and lines[at - 1].depth == 1:
            before = " ".join(lines[at - 1].bare.split()[-2:])
            if before and sent.has(f"{before} {lines[at].bare}"):
                kinds[at] = "quote"


def _stretches(lines: list[Line], kinds: list[str]) -> list[list[int]]:
    """Stretches of own lines, without blank lines around them."""
    found: list[list[int]] = [[]]
    for at, kind in enumerate(kinds):
        if kind:
            found.append([])
        else:
            found[-1].append(at)
    trimmed = []
    for stretch in found:
        while stretch and lines[stretch[-1]].is_blank:
            stretch.pop()
        if stretch:
            trimmed.append(stretch)
    return trimmed


def _keep_something(
    lines: list[Line], kinds: list[str], regions: list[_Region], was_compared: bool
) -> None:
    """Nobody answers with nothing: where only a guess cut everything, the guess was wrong."""
    own = any(not kind and not line.is_blank for kind, line in zip(kinds, lines, strict=True))
    if own or was_compared:
        return
    asked = [at for at, line in enumerate(lines) if line.depth <= 1 and _BEHIND.match(line.bare)]
    if not regions and any(SIGN in line.bare for line in lines):
        for at in asked:
            kinds[at] = "" if kinds[at] == "quote" else kinds[at]
    if regions and not regions[0].passed_on:
        _give_back(lines, kinds, regions[0])


def _give_back(lines: list[Line], kinds: list[str], region: _Region) -> None:
    """Makes a region the person's again, without what is certainly ours."""
    surely_ours = ours.surely(lines, region.start, region.end)
    surely_ours |= ours.foot(lines, region.start, region.end)
    for at in range(region.start, region.end):
        if kinds[at] == "quote" and at not in surely_ours:
            kinds[at] = ""


def _words(lines: list[Line], kinds: list[str]) -> str:
    """The own lines, with a blank line wherever something was left out."""
    parts: list[list[str]] = [[]]
    for line, kind in zip(lines, kinds, strict=True):
        if kind:
            parts.append([])
        elif line.hint == "typed" and parts[-1]:
            # Question and answer are both the person's own.
            parts[-1][-1] += f" {line.text.strip()}"
        else:
            parts[-1].append((line.said if line.depth else line.text).rstrip())
    shown = ("\n".join(part).strip("\n") for part in parts)
    return "\n\n".join(part for part in shown if part.strip())


def _pieces(lines: list[Line], kinds: list[str]) -> tuple[Piece, ...]:
    """Neighbours of one kind become one piece; blank lines go with what stands above them."""
    pieces: list[Piece] = []
    pending: list[str] = []
    current: str | None = None
    for line, kind in zip(lines, kinds, strict=True):
        if current is not None and kind != current and not line.is_blank:
            pieces.append(Piece("\n".join(pending), own=not current, why=current))
            pending, current = [], kind
        if current is None and not line.is_blank:
            current = kind
        pending.append(line.text)
    if pending:
        pieces.append(Piece("\n".join(pending), own=not current, why=current or ""))
    return tuple(pieces)
