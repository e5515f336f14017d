"""Reads the figures as a host sees them, so that tests can compare what they did with what is told.
Called by the tests of figures and by journeys: `numbers` gives a table as its file has it, `shown`
a page as it stands."""

import csv
import io
from html.parser import HTMLParser

from django.test import Client


def numbers(client: Client, slug: str, period: str) -> dict[str, dict[str, str]]:
    """A table's file: {"Questions asked": {"October 2026": "8", …, "unit": "number"}, …}."""
    answer = client.get(f"/desk/figures/tables/{slug}.csv", {"period": period})
    assert answer.status_code == 200, slug
    return read(answer.content)


def read(file: bytes) -> dict[str, dict[str, str]]:
    columns, *rows = csv.reader(io.StringIO(file.decode("utf-8-sig"), newline=""))
    return {row[0]: dict(zip(columns[1:], row[1:], strict=True)) for row in rows}


def now_and_before(client: Client, slug: str, period: str) -> dict[str, tuple[str, str]]:
    """A table that compares: {"Questions asked": ("8", "1"), …}."""
    found = numbers(client, slug, period)
    return {label: tuple(list(cells.values())[:2]) for label, cells in found.items()}


def shown(client: Client, tab: str, period: str) -> dict[str, dict[str, list[str]]]:
    """A page's tables by the names of their sections: {"answers": {"Questions asked": ["8", "1"]}}."""
    answer = client.get(f"/desk/figures/{tab}/", {"period": period})
    assert answer.status_code == 200, tab
    reader = _Tables()
    reader.feed(answer.content.decode())
    return reader.found


class _Tables(HTMLParser):
    """Rows of tables, each under the section it stands in."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, dict[str, list[str]]] = {}
        self.section, self.label, self.inside = "", "", ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "section":
            self.section = given.get("id") or ""
        elif tag == "tr":
            self.label = ""
        elif tag in ("th", "td"):
            self.inside = tag if tag == "td" or given.get("scope") == "row" else ""
            if self.inside == "td" and self.label:
                self.found[self.section][self.label].append("")

    def handle_endtag(self, tag: str) -> None:
        self.inside = "" if tag in ("th", "td") else self.inside

    def handle_data(self, words: str) -> None:
        if self.inside == "th":
            self.label = words
            self.found.setdefault(self.section, {})[words] = []
        elif self.inside == "td" and self.label:
            self.found[self.section][self.label][-1] += words
