"""Where very many contributions stand, in two questions to the database.
Used by `news` alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from exchange.alerts.rules import Place, place_of
from exchange.alerts.watching.queries import REGION
from exchange.alerts.watching.rules import organisation_slug
from exchange.contributions.models import ContextTerm, Contribution, Notice
from exchange.taxonomy.regions import regions_of


def places_of(rows: Sequence[Contribution]) -> dict[int, Place]:
    """The place of each, by its number."""
    hubs, organisations = _hubs(rows), _organisations(rows)
    return {
        row.pk: place_of(
            row,
            hubs=regions_of(row.country_codes).union(hubs[row.pk]),
            organisation=organisations.get(row.pk, ""),
        )
        for row in rows
    }


def _hubs(rows: Sequence[Contribution]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    # Only records and webinars name regions themselves; others have countries.
    naming = [row.pk for row in rows if row.kind in ("resource", "webinar")]
    terms = ContextTerm.objects.filter(contribution_id__in=naming, term__key__startswith=REGION)
    for pk, key in terms.values_list("contribution_id", "term_id"):
        found[pk].append(key.removeprefix(REGION))
    return found


def _organisations(rows: Sequence[Contribution]) -> dict[int, str]:
    notices = [row.pk for row in rows if row.kind == "notice"]
    named = [one for one in Notice.objects.filter(pk__in=notices) if isinstance(one, Notice)]
    return {one.pk: organisation_slug(one.organisation) for one in named if one.organisation}
