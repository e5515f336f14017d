"""What a brief sums up, before it goes out: every line names something.
Called by the actions beside it."""

from __future__ import annotations

from exchange.members.models import Member
from exchange.writing.models import BriefPage
from exchange.writing.publishing import naming


class Unknown(Exception):
    """A line that names nothing a host may see."""


def must_be_known(page: BriefPage, by: Member) -> None:
    """Raises Unknown."""
    _found, missing = naming.sources_of(page.sources, by)
    if missing:
        raise Unknown
