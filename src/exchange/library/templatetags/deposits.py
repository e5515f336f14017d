"""The `deposited` tag: what came with a record that waits, for a host who decides about it.
Used by this room's own template on the desk."""

from dataclasses import dataclass

from django import template

from exchange.library.depositing import queries
from exchange.library.models import Deposit, DepositWord, File, Resource
from exchange.members.models import Member

register = template.Library()


@dataclass(frozen=True)
class Enclosed:
    """One file and where it opens."""

    name: str
    size: int
    url: str


@dataclass(frozen=True)
class Deposited:
    """A record with its answers, its files and what it sounds like."""

    deposit: Deposit
    makers: str
    url: str
    files: tuple[Enclosed, ...]
    twins: tuple[Resource, ...]
    words: int


@register.simple_tag
def deposited(pk: int, host: Member) -> Deposited | None:
    """What came with the record; None when no member added it."""
    deposit = Deposit.objects.select_related("resource").filter(resource_id=pk).first()
    if deposit is None:
        return None
    row = deposit.resource
    files = File.objects.visible_to(host).standing().filter(resource=row).order_by("pk")
    near = queries.twins(title=row.title, url=row.url, isbn=row.isbn, reader=host)
    return Deposited(
        deposit=deposit,
        makers=row.authors,
        url=row.shown_link,
        files=tuple(Enclosed(file.name, file.size, file.get_absolute_url()) for file in files),
        twins=tuple(twin.resource for twin in near if twin.resource.pk != pk),
        words=DepositWord.objects.filter(resource=row).count(),
    )
