"""Child helplines by country, from starter/helplines.csv: each with its source and its year, and with
the day a host confirmed it. Read by the help page, the country pages and after a report."""

import csv
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from django.db import DatabaseError

from exchange.core.time import now
from exchange.safeguarding.models import HelplineCheck
from exchange.taxonomy.vocabulary import country_name

_FILE = Path(__file__).parent / "starter" / "helplines.csv"
_COLUMNS = ("country", "name", "number", "url", "source_page", "source_year", "note")
# A number nobody looked at for a year is not shown: people may be calling a stranger.
GOOD_FOR = timedelta(days=365)


@dataclass(frozen=True)
class Helpline:
    """One number as its source gives it, and when a host last confirmed it."""

    country: str
    name: str
    number: str
    url: str
    source_page: str
    source_year: str
    note: str
    confirmed_at: datetime | None = None

    @property
    def country_name(self) -> str:
        return country_name(self.country)

    @property
    def source(self) -> str:
        """The site the number was read on."""
        return urlsplit(self.source_page).netloc.removeprefix("www.")

    @property
    def is_too_old(self) -> bool:
        """It was confirmed once, and that is more than a year ago: it is not shown."""
        return self.confirmed_at is not None and now() - self.confirmed_at > GOOD_FOR

    @property
    def needs_a_look(self) -> bool:
        return self.confirmed_at is None or self.is_too_old


@lru_cache(maxsize=1)
def in_file() -> tuple[Helpline, ...]:
    """All helplines of the file, as their sources give them."""
    with _FILE.open(newline="", encoding="utf-8") as file:
        rows: list[dict[str, str]] = list(csv.DictReader(file))
    return tuple(
        Helpline(**{name: row[name] for name in _COLUMNS}, confirmed_at=None) for row in rows
    )


def every() -> list[Helpline]:
    """All of them with the day each was confirmed, by the country's name in the reader's
    language. One question to the database."""
    try:
        rows = list(HelplineCheck.objects.values_list("country", "number", "at"))
    except DatabaseError:
        rows = []  # whom to call is said even when the database is in trouble
    confirmed = {(country, number): at for country, number, at in rows}
    lines = [
        replace(line, confirmed_at=confirmed.get((line.country, line.number))) for line in in_file()
    ]
    return sorted(lines, key=lambda line: line.country_name)


def shown() -> list[Helpline]:
    """Those a reader is shown: confirmed within a year, or plainly marked as not yet confirmed."""
    return [line for line in every() if not line.is_too_old]


def of_country(code: str) -> Helpline | None:
    """The helpline of one country, where we have one that may be shown."""
    if not any(line.country == code for line in in_file()):
        return None
    return next((line for line in shown() if line.country == code), None)
