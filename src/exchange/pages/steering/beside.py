"""What every page shows of what hosts chose: the announcement, and our places elsewhere.
Registered by hooks; asked by the shell."""

from __future__ import annotations

from typing import Any

from exchange.pages.steering import queries


def beside(path: str) -> dict[str, Any]:
    """From memory. At the desk and on pages of somebody's own the announcement stands as well."""
    return {"bar": queries.bar(at_home=path == "/"), "elsewhere": queries.elsewhere()}
