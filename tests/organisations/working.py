"""Somebody who lets everybody see where they work.
Called by tests of this room and of the doors."""

from exchange.members.models import Member
from exchange.organisations import actions
from exchange.organisations.models import Organisation


def works_somewhere(member: Member, *, host: Member) -> Organisation:
    row = actions.propose(name="Umoja wa Watoto", by=host, works_there=False)
    actions.say_works_there(organisation=row, member=member)
    member.shown_to = {**member.shown_to, "organisations": "everybody"}
    member.save(update_fields=["shown_to"])
    return row
