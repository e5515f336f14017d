"""What the library adds to the house: the kind "resource".
Loaded by hooks/__init__.py."""

from django.utils.translation import gettext_lazy as _

from exchange.contributions import kinds
from exchange.contributions.actions import ROWS
from exchange.contributions.kinds import Kind, SearchText
from exchange.contributions.models import Contribution
from exchange.library.giving.describe import describe
from exchange.library.ladder import queries as ladder
from exchange.library.models import Resource
from exchange.library.practice import queries as practice
from exchange.library.reading.inside import Documents
from exchange.taxonomy import vocabulary


def _full(row: Contribution) -> Contribution:
    return row if isinstance(row, Resource) else Resource.objects.get(pk=row.pk)


def _search_text(row: Contribution) -> SearchText:
    resource = row if isinstance(row, Resource) else Resource.objects.get(pk=row.pk)
    spoken = resource.language
    labels = [vocabulary.label(f"type:{slug}", spoken) for slug in resource.type_slugs]
    labels += [vocabulary.label(f"topic:{slug}", spoken) for slug in resource.topic_slugs]
    labels += [vocabulary.country_name(code, spoken) for code in resource.country_codes]
    people = [*resource.author_names, resource.publisher]
    return SearchText(
        title=resource.title,
        keywords=". ".join(filter(None, [*people, *labels])),
        summary=_summary(resource),
    )


def _summary(resource: Resource) -> str:
    """Its own summary, and what people put beside it: short versions and recommendations."""
    pieces = (resource.body or resource.summary, ladder.words(resource), practice.words(resource))
    return "\n\n".join(filter(None, pieces))


ROWS["resource"] = Resource
kinds.register(
    Kind(
        slug="resource",
        label=_("Resource"),
        plural=_("Resources"),
        page="library:resource-page",
        listing="library:resource-list",
        search_text=_search_text,
        full=_full,
        icon="resource",
        describes=describe,
        inside=Documents(),
        continues="library:deposit-step",
        invites=_("Nothing is on this shelf yet. Do you know a record that belongs here?"),
    )
)
