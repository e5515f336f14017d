"""What every matter of the library adds to the page of a record, gathered.
Called by the view of the record alone."""

from typing import Any

from exchange.library.depositing.beside import beside as depositing
from exchange.library.files.beside import beside as files
from exchange.library.giving.beside import beside as giving
from exchange.library.health.beside import beside as health
from exchange.library.lacking import look
from exchange.library.ladder.beside import beside as ladder
from exchange.library.models import Resource
from exchange.library.practice.beside import beside as practice
from exchange.library.reading.beside import beside as reading
from exchange.library.shelving.beside import beside as shelving
from exchange.members.models import Member

_MATTERS = (files, reading, ladder, practice, shelving, depositing, giving, health)


def gathered(resource: Resource, reader: Member | None) -> dict[str, Any]:
    """The names all sections use; a name belongs to one matter."""
    look(resource)
    shown: dict[str, Any] = {}
    for matter in _MATTERS:
        shown.update(matter(resource, reader))
    return shown
