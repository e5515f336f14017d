"""Who may offer texts beside a record, and whose stand at once. Pure but for the depositor's row.
Called by actions, and by views that show or hide a button."""

from __future__ import annotations

from exchange.contributions import rules as spine_rules
from exchange.library.models import Deposit, Resource, Standing
from exchange.library.models.offered import Decided
from exchange.members.models import Member


def may_offer(member: Member, resource: Resource) -> bool:
    """Active members, beside what can be read."""
    return resource.is_public and spine_rules.may_contribute(member)


def brought_it(member: Member, resource: Resource) -> bool:
    """Whoever wrote the record, or put it on the shelf."""
    if resource.author_id == member.pk:
        return True
    return Deposit.objects.filter(resource_id=resource.pk, by=member).exists()


def may_decide(host: Member, row: Decided) -> bool:
    """Hosts decide about what waits and check what stands, but never their own words."""
    return host.is_host and row.by_id != host.pk


def may_take_back(member: Member, row: Decided) -> bool:
    """One's own words, while they wait or stand; hosts, anything."""
    if row.standing not in (Standing.WAITING, Standing.PUBLISHED):
        return False
    return member.is_host or row.by_id == member.pk
