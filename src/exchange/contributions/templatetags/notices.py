"""The tags of a notice: what stands over its words, and the page of its organisation.
Used by the page of a notice."""

from typing import Any

from django import template

from exchange.contributions import noticeboard
from exchange.contributions.models import Notice
from exchange.organisations.models import Organisation

register = template.Library()


@register.simple_tag
def notice_line(notice: Notice) -> str:
    """ "Event · Kisumu · 3–5 March"."""
    return noticeboard.in_words(notice)


@register.simple_tag
def page_of(notice: Notice, reader: Any) -> Organisation | None:
    """The organisation in whose name it stands, as far as this reader may see its page."""
    rows = Organisation.objects.visible_to(reader)
    found: Organisation | None = rows.filter(pk=notice.by_organisation_id or 0).first()
    return found
