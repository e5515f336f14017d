"""What the page of a record shows of this matter: what people did with it.
Called by the view of the record."""

from typing import Any

from exchange.core.languages import current
from exchange.core.remembering import remembered
from exchange.library.models import Resource
from exchange.library.practice import queries
from exchange.members.models import Member


def beside(resource: Resource, reader: Member | None) -> dict[str, Any]:
    """The names its section uses, in the page's context."""
    key = ("practice", resource.pk, resource.version, current())
    shown = remembered(key, lambda: queries.context(resource))
    # Where nobody used it, this reader did not either.
    own = queries.own_use(resource, reader) if shown["practice_used"] else None
    return {**shown, "practice_own": own}
