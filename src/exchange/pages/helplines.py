"""Child helplines by country, from starter/helplines.csv: each with its source and its year.
Read by the help page and the country pages. Hosts must confirm them; nothing here promises that."""

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from exchange.taxonomy.vocabulary import country_name

_FILE = Path(__file__).parent / "starter" / "helplines.csv"


@dataclass(frozen=True)
class Helpline:
    """One number as its source gives it."""

    country: str
    name: str
    number: str
    url: str
    source_page: str
    source_year: str
    note: str

    @property
    def country_name(self) -> str:
        return country_name(self.country)

    @property
    def source(self) -> str:
        """The site the number was read on."""
        return urlsplit(self.source_page).netloc.removeprefix("www.")


@lru_cache(maxsize=1)
def every() -> tuple[Helpline, ...]:
    """All helplines of the file."""
    with _FILE.open(newline="", encoding="utf-8") as file:
        return tuple(Helpline(**row) for row in csv.DictReader(file))


def sorted_by_country() -> list[Helpline]:
    """All helplines by the country's name in the reader's language."""
    return sorted(every(), key=lambda line: line.country_name)


def of_country(code: str) -> Helpline | None:
    """The helpline of one country, where we have one."""
    return next((line for line in every() if line.country == code), None)
