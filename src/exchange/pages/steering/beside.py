"""What every page shows of what hosts chose: the announcement, and our places elsewhere.
Registered by hooks; asked by the shell."""

from __future__ import annotations

from typing import Any

from exchange.pages.steering import queries

_URGENT = ("/help-now/", "/report/")


def beside(path: str) -> dict[str, Any]:
    """From memory. Nothing stands before whom to call, and before the choices of a report."""
    urgent = path.startswith(_URGENT)
    return {
        "bar": None if urgent else queries.bar(at_home=path == "/"),
        "elsewhere": queries.elsewhere(),
    }
