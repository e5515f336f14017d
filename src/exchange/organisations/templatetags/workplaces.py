"""The `workplaces` tag: with which organisations a person says they work, as far as the reader may
see it. Used by the block this room adds to profiles."""

from django import template
from django.contrib.auth.models import AnonymousUser

from exchange.members.models import Member
from exchange.members.queries import shown
from exchange.organisations import queries
from exchange.organisations.models import Belonging

register = template.Library()


@register.simple_tag
def workplaces(person: Member, reader: Member | AnonymousUser) -> list[Belonging]:
    seen = reader if isinstance(reader, Member) else None
    if not shown(person, seen).sees("organisations"):
        return []
    return queries.of_member(person, seen)
