"""Between what stands inside a group and what everybody may read of it: the ways there and back.
Used by the page of a contribution."""

from typing import Any

from django import template

from exchange.contributions.models import Contribution
from exchange.contributions.spaces import sharing_on
from exchange.hubs.models import Space

register = template.Library()


@register.simple_tag
def shared_as(contribution: Contribution) -> Contribution | None:
    return sharing_on.shared_as(contribution) if contribution.is_inside else None


@register.simple_tag
def first_in(contribution: Contribution) -> Space | None:
    return sharing_on.first_in(contribution)


@register.simple_tag
def may_ask_to_share(user: Any, contribution: Contribution) -> bool:
    return bool(user.is_authenticated and sharing_on.may_ask(user, contribution))
