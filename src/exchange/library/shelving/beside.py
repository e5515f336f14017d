"""What the page of a record shows of this matter: the collections it stands in.
Called by the view of the record."""

from typing import Any

from exchange.library.models import Resource
from exchange.library.shelving.queries import standing_in
from exchange.members.models import Member


def beside(resource: Resource, reader: Member | None) -> dict[str, Any]:
    """The names its section uses, in the page's context."""
    return {"shelves_it_is_on": standing_in(resource) if resource.is_public else []}
