"""What the tests of collections begin with: three records and a collection that is out.
Read by pytest alone."""

from collections.abc import Callable

import pytest

from exchange.library.models import Resource, Shelf
from exchange.library.shelving import actions
from exchange.members.models import Member
from tests.library.conftest import shelved


@pytest.fixture
def records(db: None) -> list[Resource]:
    return [shelved(title) for title in ("First of all", "Second to none", "Third time")]


@pytest.fixture
def collection(amina: Member, beatriz: Member, records: list[Resource]) -> Shelf:
    """A member's collection of three records, let out by a host."""
    shelf = actions.make_shelf(by=amina, title="For village meetings", words="", language="en")
    for one in records:
        actions.put_on(shelf=shelf, resource=one, by=amina)
    shelf.refresh_from_db()
    return actions.decide(shelf=shelf, by=beatriz, version=shelf.version, let_out=True)


@pytest.fixture
def order() -> Callable[[Shelf], list[str]]:
    return lambda shelf: [item.resource.title for item in shelf.items.all()]
