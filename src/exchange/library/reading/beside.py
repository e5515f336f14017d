"""What the page of a record shows of this matter: the light reading view.
Called by the view of the record."""

from typing import Any

from exchange.core import languages
from exchange.library.models import Resource
from exchange.library.reading import queries
from exchange.members.models import Member


def beside(resource: Resource, reader: Member | None) -> dict[str, Any]:
    """The names its section uses, in the page's context."""
    views = [view for view in queries.views_of(resource, reader) if view.state]
    tongues = {view.reading.language for view in views if view.reading and view.is_offered}
    return {
        "reading_views": views,
        # Said only where it tells something: several, or another than the reader's.
        "reading_names_language": bool(tongues - {languages.current()}),
    }
