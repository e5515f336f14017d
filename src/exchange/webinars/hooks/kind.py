"""The kind "webinar" on the shared table.
Loaded by hooks/__init__.py."""

from django.utils.translation import gettext_lazy as _

from exchange.contributions import kinds
from exchange.contributions.actions import ROWS
from exchange.contributions.kinds import Kind, SearchText
from exchange.contributions.models import Contribution
from exchange.taxonomy import vocabulary
from exchange.webinars.models import Webinar


def _full(row: Contribution) -> Contribution:
    return row if isinstance(row, Webinar) else Webinar.objects.get(pk=row.pk)


def _search_text(row: Contribution) -> SearchText:
    labels = [vocabulary.label(f"topic:{slug}", row.language) for slug in row.topic_slugs]
    labels += [vocabulary.country_name(code, row.language) for code in row.country_codes]
    return SearchText(title=row.title, keywords=". ".join(labels), body=row.body)


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
        invites=_(
            "No webinar is planned at the moment. Is there something you would like to hear about?"
        ),
    )
)
