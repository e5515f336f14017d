"""Where a newsletter and the things it tells of are read: whole addresses, and short ones.
Called by the letter, the message, and the feed."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from exchange.briefings.models import Newsletter
from exchange.contributions import kinds
from exchange.contributions.models import Contribution


def address_of(edition: Newsletter) -> str:
    """Where it stands in the archive, in its own language."""
    with override(edition.language):
        return f"{settings.BASE_URL}{edition.get_absolute_url()}"


def short_address(row: Contribution) -> str:
    """A page without the words in its address; it leads to the whole one."""
    return f"{settings.BASE_URL}{reverse(kinds.get(row.kind).page, args=[row.pk, '-'])}"


def path_of(row: Contribution) -> str:
    """How its address begins in every language, up to its number."""
    with override("en"):
        return reverse(kinds.get(row.kind).page, args=[row.pk, "-"]).removesuffix("-/")
