"""The page of a record with thirty of everything beside it costs no more than with one.
Read by pytest alone."""

import gzip

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from exchange.core.languages import SPOKEN
from exchange.core.remembering import forget
from exchange.library.models import (
    File,
    Link,
    Recommendation,
    Resource,
    Rung,
    Shelf,
    ShelfItem,
    Standing,
    Use,
)
from exchange.library.naming import person
from exchange.members.models import Member
from tests import cast
from tests.library.conftest import shelved

pytestmark = pytest.mark.django_db(transaction=True)


def beside(row: Resource, by: Member, n: int) -> None:
    """n of everything that can stand beside a record."""
    for k in range(n):
        mark = f"{row.pk}-{k}"
        Link.objects.create(resource=row, url=f"https://example.org/{k}", label=f"Annex {k}")
        other = shelved(f"Translation {mark}", language="sw", topics=("digital",))
        older = shelved(f"Older {mark}", topics=("digital",))
        Resource.objects.filter(pk=other.pk).update(translation_of=row)
        Resource.objects.filter(pk=older.pk).update(superseded_by=row)
        given = {"standing": Standing.PUBLISHED, "by": by, "shown_as": "Amina", "once_key": mark}
        Recommendation.objects.create(resource=row, text=f"Ask elders first {k}", **given)
        spoken = SPOKEN[k % len(SPOKEN)]
        Rung.objects.create(
            resource=row, length="sentence", language=spoken, text=f"In short {k}", **given
        )
        Use.objects.create(resource=row, by=cast.person(f"P{mark}"), how="tried", country="KE")
        shelf = Shelf.objects.create(title=f"Shelf {mark}", by=by)
        ShelfItem.objects.create(shelf=shelf, resource=row, place=0, by=by)
        File.objects.create(
            resource=row, name=f"{k}.pdf", media_type="application/pdf", size=1000,
            sha256=f"{k:064}", sent_sha256=f"{k:064}", let_out_at=row.published_at,
        )  # fmt: skip


def cost(visitor: Client, row: Resource, *, warm: bool) -> int:
    if not warm:
        forget()
    with CaptureQueriesContext(connection) as asked:
        assert visitor.get(row.get_absolute_url()).status_code == 200
    return len(asked)


def test_thirty_of_everything_cost_as_many_queries_as_one(visitor: Client) -> None:
    amina = cast.amina()
    names = tuple(person(f"Person {chr(65 + k % 26)}{k} Name{k}") for k in range(30))
    one = shelved("One", authors=(), creators=names[:1])
    thirty = shelved("Thirty", authors=(), creators=names)
    beside(one, amina, 1)
    beside(thirty, amina, 30)
    visitor.get("/library/?warm")

    assert cost(visitor, thirty, warm=False) == cost(visitor, one, warm=False)
    visitor.get(thirty.get_absolute_url())
    assert cost(visitor, thirty, warm=True) <= 8
    page = visitor.get(thirty.get_absolute_url()).content
    assert len(gzip.compress(page, 6)) <= 14_000
