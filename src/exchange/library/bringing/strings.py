"""The value of a field of BibTeX: braces, quotation marks, abbreviations, pieces joined by #.
Pure; called by the reader of BibTeX."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

_DEEPEST = 8
_LONGEST = 50_000


def resolved(value: str, known: Mapping[str, str], depth: int = 0) -> tuple[str, str]:
    """The words of a value, and the first abbreviation in it that nobody explained."""
    said, unknown = [], ""
    for piece in _pieces(value):
        plain = piece.strip()
        if len(plain) > 1 and (plain[0], plain[-1]) in (("{", "}"), ('"', '"')):
            said.append(plain[1:-1])
        elif plain.casefold() in known and depth < _DEEPEST:
            inside, missing = resolved(known[plain.casefold()], known, depth + 1)
            said.append(inside)
            unknown = unknown or missing
        else:
            said.append(plain)
            if plain and not plain.isdecimal():
                unknown = unknown or plain
    return "".join(said)[:_LONGEST], unknown


def _pieces(value: str) -> Iterator[str]:
    """The pieces between signs # that stand outside braces and quotation marks."""
    depth, quoted, start, former = 0, False, 0, ""
    for place, sign in enumerate(value):
        if former != "\\":
            if sign == '"' and depth == 0:
                quoted = not quoted
            elif sign == "{":
                depth += 1
            elif sign == "}":
                depth -= 1
            elif sign == "#" and depth == 0 and not quoted:
                yield value[start:place]
                start = place + 1
        former = sign
    yield value[start:]
