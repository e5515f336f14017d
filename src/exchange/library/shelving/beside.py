"""What the page of a record shows of this matter: the collections it stands in.
Called by the view of the record."""

from typing import Any

from exchange.library.lacking import lacks
from exchange.library.models import Resource
from exchange.library.shelving.queries import standing_in
from exchange.members.models import Member


def beside(resource: Resource, reader: Member | None) -> dict[str, Any]:
    """The names its section uses, in the page's context."""
    hidden = not resource.is_public or lacks(resource, "shelved_in")
    return {"shelves_it_is_on": [] if hidden else standing_in(resource)}
