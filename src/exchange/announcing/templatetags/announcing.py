"""The tags `fediverse` (the address of our account there, while it is switched on) and
`told_elsewhere` (where a publication stands for servers there). Used by templates of this room."""

from django import template
from django.urls import reverse

from exchange.announcing.fediverse import queries
from exchange.announcing.publications.actions import is_told_elsewhere
from exchange.contributions.models import Contribution

register = template.Library()


@register.simple_tag
def fediverse() -> str:
    """ "@exchange@example.org", or nothing."""
    return queries.address()


@register.simple_tag
def told_elsewhere(row: Contribution) -> str:
    """Of what members write, and while it is switched off, nothing."""
    if not is_told_elsewhere(row) or not row.is_public or not queries.address():
        return ""
    return reverse("fediverse-item-of", args=[row.pk])
