"""Numbers and addresses that hosts type, read as what they name.
Called by publishing, by the forms of pages, and by the pages themselves."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from django.urls import reverse
from wagtail.models import Page

from exchange.contributions.models import Contribution
from exchange.members.models import Member
from exchange.pages.models import HouseText
from exchange.writing.models import HousePage, WrittenPage

_NUMBER = re.compile(r"^#?\s*(\d{1,18})\b")
_IN_ADDRESS = re.compile(r"/(\d{1,18})(?:-[^/]*)?/")
_OF_HOUSE = {
    HouseText.Name.ABOUT: "pages:about",
    HouseText.Name.HOW: "pages:how",
    HouseText.Name.CONDUCT: "pages:conduct",
    HouseText.Name.SAFEGUARDING: "pages:safeguarding",
    HouseText.Name.PRIVACY: "pages:privacy",
    HouseText.Name.CONTACT: "pages:contact",
}


def number_of(line: str) -> int | None:
    """The number a line begins with, or that stands in its address."""
    found = _NUMBER.match(line.strip()) or _IN_ADDRESS.search(urlsplit(line.strip()).path + "/")
    return int(found[1]) if found else None


def sources_of(lines: str, reader: Member) -> tuple[list[Contribution], list[str]]:
    """What the lines name, in their order, and the lines that name nothing this host may see."""
    typed = [line.strip() for line in lines.splitlines() if line.strip()]
    numbers = [number_of(line) for line in typed]
    rows: Any = Contribution.objects.visible_to(reader).filter(pk__in=[n for n in numbers if n])
    known = {row.pk: row for row in rows}
    found = [known[number] for number in dict.fromkeys(numbers) if number in known]
    missing = [line for line, number in zip(typed, numbers, strict=True) if number not in known]
    return found, missing


def lines_of(rows: list[Contribution]) -> str:
    """As they stand in the field: the number, and the title after it as long as anybody may read
    that."""
    return "\n".join(
        f"#{row.pk} {row.title}" if row.is_public and row.sealed_at is None else f"#{row.pk}"
        for row in rows
    )


def address_of(page_id: int) -> str:
    """The public address of a page of the room; none while readers do not see it."""
    page = Page.objects.filter(pk=page_id).first()
    specific = page.specific if page is not None else None
    if not isinstance(specific, WrittenPage) or not specific.is_public:
        return ""
    return public_address(specific)


def public_address(page: WrittenPage) -> str:
    if isinstance(page, HousePage):
        return reverse(_OF_HOUSE[HouseText.Name(page.name)])
    return str(page.outside.get_absolute_url())
