"""What the page of a record shows of this matter: how to cite it and carry it away.
Called by the view of the record."""

from typing import Any

from exchange.library.citation import apa
from exchange.library.models import Resource
from exchange.members.models import Member


def beside(resource: Resource, reader: Member | None) -> dict[str, Any]:
    """The names its section uses, in the page's context."""
    return {"citation": apa(resource)}
