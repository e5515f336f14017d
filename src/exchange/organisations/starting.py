"""The organisations a new Exchange knows: the field's own, the founding working group among them.
Called by the project's starter and by tests; running it again changes nothing."""

from __future__ import annotations

from django.db import transaction

from exchange.core import ids
from exchange.core.time import now
from exchange.organisations import naming
from exchange.organisations.known import known
from exchange.organisations.models import Organisation
from exchange.taxonomy import vocabulary

_Kind = Organisation.Kind
_KINDS = {
    "national NGO": _Kind.NATIONAL,
    "regional NGO": _Kind.REGIONAL,
    "regional body": _Kind.REGIONAL,
    "international NGO": _Kind.INTERNATIONAL,
    "international NGO office": _Kind.INTERNATIONAL,
    "international organisation": _Kind.INTERNATIONAL,
    "government": _Kind.GOVERNMENT,
    "UN agency": _Kind.UN,
    "research organisation": _Kind.RESEARCH,
    "university": _Kind.RESEARCH,
    "funder": _Kind.FUNDER,
    "funder network": _Kind.NETWORK,
    "helpline network": _Kind.NETWORK,
    "inter-agency network": _Kind.NETWORK,
    "learning network": _Kind.NETWORK,
    "civil society network": _Kind.NETWORK,
    "civil society alliance": _Kind.NETWORK,
    "online community": _Kind.NETWORK,
    "online community platform": _Kind.NETWORK,
}


def load() -> int:
    """Bring in those that are not here yet; what hosts changed since stays. How many are new."""
    with transaction.atomic():
        rows = [_row(facts) for facts in known()]
        slugs = [row.slug for row in rows]
        here = set(Organisation.objects.filter(slug__in=slugs).values_list("slug", flat=True))
        new = [row for row in rows if row.slug not in here]
        Organisation.objects.bulk_create(new)
    return len(new)


def _row(facts: dict[str, str]) -> Organisation:
    name, acronym = facts["name"], facts["acronym"]
    country = facts["hq_country"]
    return Organisation(
        slug=ids.slug(name),
        name=name,
        sort_key=naming.sort_key(name),
        acronym=acronym,
        found_by=naming.found_by(name, acronym, ()),
        kind=_KINDS.get(facts["kind"], _Kind.OTHER),
        country=country if vocabulary.term(f"country:{country}") else "",
        website=f"https://{facts['website']}" if facts["website"] else "",
        is_founding=facts["ili_member"] == "yes",
        note=facts["note"],
        origin="starter",
        checked_at=now(),
    )
