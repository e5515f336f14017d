"""Shows what was measured: tables where rows are alike, else one line a figure.
Called by the `bench` command alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def lines(result: dict[str, Any]) -> Iterator[str]:
    """The result as people read it. A dict of dicts is a table, the keys its first column."""
    for name, value in result.items():
        if _is_table(value):
            yield ""
            yield from _table(name, value)
        elif isinstance(value, dict):
            yield f"{name}: " + ", ".join(f"{key} {_said(one)}" for key, one in value.items())
        elif isinstance(value, list):
            yield from (f"{name}: {_said(one)}" for one in value)
        else:
            yield f"{name}: {_said(value)}"


def _is_table(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and bool(value)
        and all(isinstance(row, dict) for row in value.values())
    )


def _table(name: str, rows: dict[str, dict[str, Any]]) -> Iterator[str]:
    columns = list(dict.fromkeys(column for row in rows.values() for column in row))
    cells = [[name, *columns]]
    cells += [[key, *(_said(row.get(column)) for column in columns)] for key, row in rows.items()]
    widths = [max(len(line[place]) for line in cells) for place in range(len(cells[0]))]
    for line in cells:
        first = line[0].ljust(widths[0])
        rest = (cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True))
        yield "  ".join([first, *rest])


def _said(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, float):
        return f"{value:.3g}" if abs(value) < 10 else f"{value:.0f}"
    return str(value)
