"""The `summed_up_in` tag: the briefs that sum something up, for a quiet line on its page.
Used by this room's own template in the slot under what people share."""

from django import template

from exchange.briefings.briefs import queries
from exchange.contributions.models import Contribution

register = template.Library()


@register.simple_tag
def summed_up_in(contribution: Contribution) -> list[Contribution]:
    """The newest three."""
    return queries.summing_up(contribution)
