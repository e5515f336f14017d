"""The date of a record in words, and whether it has grown old.
Called by the record's page, its cards and the forms; asks the database nothing."""

from __future__ import annotations

from datetime import timedelta

from babel.dates import get_month_names
from django.utils.translation import gettext as _

from exchange.core.languages import current
from exchange.core.time import now
from exchange.library.models import Evidence, Resource

STALE_AFTER_YEARS = 10
CHECK_AGAIN_AFTER = timedelta(days=730)
# What tells people how to act grows old; what tells what was found stays a finding.
GUIDING = frozenset({"guide", "tool", "standard", "training", "policy"})


def month_name(number: int) -> str:
    return str(get_month_names("wide", context="stand-alone", locale=current())[number])


def date_in_words(row: Resource) -> str:
    """ "March 2018", "2018", "bears no date", "date not known"."""
    if row.year and row.month:
        return f"{month_name(row.month)} {row.year}"
    if row.year:
        return str(row.year)
    return _("it bears no date") if row.is_undated else _("not known")


def is_old(row: Resource) -> bool:
    """Guidance of more than ten years ago that no host has looked at for two."""
    guides = row.evidence == Evidence.GUIDANCE or bool(GUIDING & set(row.type_slugs))
    return bool(
        guides
        and row.year
        and row.year < now().year - STALE_AFTER_YEARS
        and not is_freshly_checked(row)
    )


def is_freshly_checked(row: Resource) -> bool:
    return row.checked_at is not None and row.checked_at > now() - CHECK_AGAIN_AFTER
