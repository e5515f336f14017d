"""What the page of a record shows of this matter: recommendations, use, what was given back, who cites it.
Called by the view of the record."""

from typing import Any

from exchange.library.models import Resource
from exchange.members.models import Member


def beside(resource: Resource, reader: Member | None) -> dict[str, Any]:
    """The names its section uses, in the page's context."""
    return {}
