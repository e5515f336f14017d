"""The order in which the columns of a page are read.
Called once a page with the fragments that stand on it; pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from exchange.library.reading.programs.pdf.lines import Fragment

STEP = 3.0
FEWEST_LINES, MORE_LINES, FEW_LINES = 2, 3, 6
DEEPEST = 5
# Columns hold prose: shorter neighbours are labels and values, or a table nobody drew.
FEWEST_LETTERS, MORE_LETTERS = 14.0, 24.0
MOST_NEIGHBOURS = 40


def in_order(parts: Sequence[Fragment], rtl: bool, deep: int = 0) -> list[list[Fragment]]:
    """The columns' fragments one column after another; what spans columns stands by itself."""
    there = _gutter(parts) if deep < DEEPEST else None
    if there is None:
        return [list(parts)] if parts else []
    gutter, pairs = there
    found: list[list[Fragment]] = []
    for band, is_split in _bands(parts, gutter, MORE_LINES if pairs >= FEW_LINES else FEWEST_LINES):
        if not is_split:
            # Another part of the page may have other columns.
            found += in_order(band, rtl, deep + 1)
            continue
        left = [one for one in band if (one.x0 + one.x1) / 2 < gutter]
        right = [one for one in band if (one.x0 + one.x1) / 2 >= gutter]
        for side in (right, left) if rtl else (left, right):
            found += in_order(side, rtl, deep + 1)
    return found


def _gutter(parts: Sequence[Fragment]) -> tuple[float, int] | None:
    """Where a white strip parts enough lines on either side; None when there is one column."""
    pairs = _pairs(parts)
    votes = Counter[int]()
    for one, other in pairs:
        for step in range(int(one.x1 / STEP) + 1, int(other.x0 / STEP) + 1):
            votes[step] += 1
    if not votes:
        return None
    most = max(votes.values())
    best = [step for step, count in votes.items() if count == most]
    # The middle of the widest strip that all these lines leave free.
    gutter = _middle(sorted(best)) * STEP
    beside = [(one, other) for one, other in pairs if one.x1 <= gutter <= other.x0]
    return (gutter, len(beside)) if _are_columns(parts, beside, gutter) else None


def _pairs(parts: Sequence[Fragment]) -> list[tuple[Fragment, Fragment]]:
    """Each fragment with its next neighbour to the right at the same height."""
    ranked = sorted((one for one in parts if one.block is None), key=lambda one: -one.y)
    found = []
    for place, one in enumerate(ranked):
        beside = None
        for step in (-1, 1):
            for count in range(1, MOST_NEIGHBOURS):
                index = place + step * count
                if not 0 <= index < len(ranked):
                    break
                other = ranked[index]
                if abs(other.y - one.y) > 0.75 * max(one.size, other.size):
                    break
                if other.x0 >= one.x1 and (beside is None or other.x0 < beside.x0):
                    beside = other
        if beside is not None and beside.x0 - one.x1 > 0.5 * one.size:
            found.append((one, beside))
    return found


def _middle(steps: Sequence[int]) -> float:
    """The middle of the longest run of steps that follow each other."""
    best: list[int] = []
    run: list[int] = []
    for step in steps:
        run = [*run, step] if run and step == run[-1] + 1 else [step]
        best = max(best, run, key=len)
    return (best[0] + best[-1]) / 2


def _are_columns(
    parts: Sequence[Fragment], beside: Sequence[tuple[Fragment, Fragment]], gutter: float
) -> bool:
    if len(beside) < FEWEST_LINES:
        return False
    lefts = {id(one): one for one, _other in beside}.values()
    rights = {id(other): other for _one, other in beside}.values()
    wanted = FEWEST_LETTERS if len(beside) >= FEW_LINES else MORE_LETTERS
    for side in (lefts, rights):
        if sum(one.letters for one in side) / len(side) < wanted:
            return False
    top = max(one.y for pair in beside for one in pair)
    bottom = min(one.y for pair in beside for one in pair)
    inside = [one for one in parts if bottom <= one.y <= top and one.block is None]
    crossing = sum(one.x0 < gutter - 1 and one.x1 > gutter + 1 for one in inside)
    return crossing <= 0.3 * len(inside)


def _bands(
    parts: Sequence[Fragment], gutter: float, fewest: int
) -> list[tuple[list[Fragment], bool]]:
    """From the top: bands that the gutter splits, and what spans it or has no neighbour there."""
    runs: list[tuple[list[Fragment], bool]] = []
    for one in sorted(parts, key=lambda part: -part.top):
        crosses = one.x0 < gutter - 1 and one.x1 > gutter + 1
        if runs and runs[-1][1] != crosses:
            runs[-1][0].append(one)
        else:
            runs.append(([one], not crosses))
    bands: list[tuple[list[Fragment], bool]] = []
    for run, is_free in runs:
        is_split = is_free and _has_both(run, gutter, fewest)
        if bands and bands[-1][1] == is_split:
            bands[-1][0].extend(run)
        else:
            bands.append((run, is_split))
    return bands


def _has_both(run: Sequence[Fragment], gutter: float, fewest: int) -> bool:
    """Something on either side, beside each other and not one below the other."""
    lefts = [one for one in run if (one.x0 + one.x1) / 2 < gutter]
    rights = [one for one in run if (one.x0 + one.x1) / 2 >= gutter]
    if min(len(lefts), len(rights)) < fewest:
        return False
    top = min(max(one.top for one in lefts), max(one.top for one in rights))
    return top > max(min(one.bottom for one in lefts), min(one.bottom for one in rights))
