"""What the library's tests share: a table to import, and a record on the shelf.
Read by pytest alone."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from exchange.library.actions import add_record
from exchange.library.models import Resource
from exchange.library.records import Record
from exchange.library.sheet import COLUMNS

ROW = {
    "title": "Learning from villages",
    "authors": "Mike Wessells;Kathleen Kostelny",
    "publisher": "Child Resilience Alliance",
    "year": "2018",
    "resource_types": "report",
    "countries": "KE;SL",
    "regions": "east-africa",
    "topics": "community-ownership",
    "language": "en",
    "url": "https://example.org/villages",
    "source_site": "example.org",
    "summary": "What people did before anybody came.",
    "link_kind": "original",
}


@pytest.fixture
def visitor() -> Client:
    """Somebody whose pages are made anew each time: a cookie we do not know passes the cache."""
    client = Client()
    client.cookies["unknown"] = "1"
    return client


@pytest.fixture
def row() -> dict[str, str]:
    return dict(ROW)


@pytest.fixture
def table(tmp_path: Path) -> Callable[..., Path]:
    """Writes rows as a CSV file and gives its path."""

    def write(*rows: dict[str, str], encoding: str = "utf-8", delimiter: str = ",") -> Path:
        out = io.StringIO()
        writer = csv.DictWriter(out, COLUMNS, delimiter=delimiter, lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(rows)
        path = tmp_path / "table.csv"
        path.write_bytes(out.getvalue().encode(encoding))
        return path

    return write


@pytest.fixture
def record(db: None) -> Resource:
    return shelved()


def shelved(title: str = "Learning from villages", **fields: object) -> Resource:
    """One record on the shelf."""
    given = {
        "authors": ("Mike Wessells", "Kathleen Kostelny"),
        "publisher": "Child Resilience Alliance",
        "year": 2018,
        "types": ("report",),
        "countries": ("KE",),
        "regions": ("east-africa",),
        "topics": ("community-ownership",),
        "url": "https://www.example.org/villages",
        "link_kind": "original",
        "summary": "What people did before anybody came.",
    }
    return add_record(record=Record(title=title, **{**given, **fields}), by=None)
