"""The kind "webinar" on the shared table.
Loaded by hooks/__init__.py."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from exchange.contributions import kinds
from exchange.contributions.actions import ROWS
from exchange.contributions.kinds import Kind, SearchText
from exchange.contributions.models import Contribution
from exchange.taxonomy import vocabulary
from exchange.webinars.after import to_sum_up
from exchange.webinars.models import Phase, Webinar
from exchange.webinars.planning import saying


def _full(row: Contribution) -> Contribution:
    return row if isinstance(row, Webinar) else Webinar.objects.get(pk=row.pk)


def _search_text(row: Contribution) -> SearchText:
    labels = [vocabulary.label(f"topic:{slug}", row.language) for slug in row.topic_slugs]
    labels += [vocabulary.country_name(code, row.language) for code in row.country_codes]
    if isinstance(row, Webinar):
        labels += [vocabulary.label(f"region:{row.hub}", row.language)] if row.hub else []
        labels += [row.series.title] if row.series is not None else []
    return SearchText(title=row.title, keywords=". ".join(labels), body=row.body)


def _tells(rows: Sequence[Contribution]) -> dict[int, str]:
    """When each is, in words."""
    return {pk: saying.on_a_card(row) for pk, row in _known(rows).items()}


def _begins(rows: Sequence[Contribution]) -> dict[int, datetime]:
    """The hour of each that takes place, or did."""
    known = _known(rows)
    return {pk: row.starts_at for pk, row in known.items() if row.phase != Phase.CANCELLED}


def _known(rows: Sequence[Contribution]) -> dict[int, Webinar]:
    """Rows of the spine are looked up together."""
    bare = [row.pk for row in rows if not isinstance(row, Webinar)]
    known = {row.pk: row for row in rows if isinstance(row, Webinar)}
    if bare:
        known |= Webinar.objects.in_bulk(bare)
    return known


ROWS["webinar"] = Webinar
kinds.register(
    Kind(
        slug="webinar",
        label=_("Webinar"),
        plural=_("Webinars"),
        page="webinars:page",
        listing="webinars:list",
        search_text=_search_text,
        full=_full,
        icon="webinar",
        takes_replies=False,
        is_by_hosts=True,
        tells=_tells,
        begins=_begins,
        beside=to_sum_up.told,
        invites=_(
            "No webinar is planned at the moment. Is there something you would like to hear about?"
        ),
    )
)
