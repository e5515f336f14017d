"""From records of the library to what the world outside is told of them.
Called by the kind "resource", by pages and exports; a few queries, however many rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db.models import Q, prefetch_related_objects
from django.urls import reverse
from django.utils.translation import override

from exchange.contributions.describing import Description, Kept, Maker, Relation, Terms, Word
from exchange.contributions.models import Contribution
from exchange.library.files import everybodys
from exchange.library.lacking import lacks
from exchange.library.models import Creator, File, Licence, Resource
from exchange.library.naming import makers
from exchange.taxonomy import vocabulary

_CREATIVE_COMMONS = {
    Licence.CC0: "https://creativecommons.org/publicdomain/zero/1.0/",
    **{
        licence: f"https://creativecommons.org/licenses/{licence.value.removeprefix('cc-')}/4.0/"
        for licence in (
            *(Licence.BY, Licence.BY_SA, Licence.BY_NC),
            *(Licence.BY_NC_SA, Licence.BY_ND, Licence.BY_NC_ND),
        )
    },
}


def describe(rows: Sequence[Contribution]) -> dict[int, Description]:
    """The public ones of these rows by their number; what is hidden is not in it."""
    return _described(_public(row.pk for row in rows))


def describe_many(numbers: Iterable[int]) -> dict[int, Description]:
    """As `describe`, for whoever knows only the numbers."""
    return _described(_public(numbers))


def describe_one(resource: Resource) -> Description:
    """One record, whoever may read it: its own page describes it while it waits as well."""
    return _described([resource])[resource.pk]


def as_kept(resources: Iterable[Resource]) -> dict[int, Description]:
    """With addresses that are named but not linked: for hosts, whose table comes back."""
    return _described(list(resources), mirrors=True)


def page_of(resource: Resource) -> str:
    """The whole address of a record's page, the same in whatever language somebody reads."""
    with override(settings.LANGUAGE_CODE):
        path = reverse("library:resource-page", args=[resource.pk, resource.slug or "-"])
    return f"{settings.BASE_URL}{path}"


def _public(numbers: Iterable[int]) -> list[Resource]:
    rows: Any = Resource.objects.all().public().filter(pk__in=list(numbers))
    return list(rows)


def _described(resources: Sequence[Resource], *, mirrors: bool = False) -> dict[int, Description]:
    made_by, files = _makers(resources), _files(resources)
    relations = _relations(resources)
    made = {}
    for resource in resources:
        named = made_by.get(resource.pk) or _by_line(resource.author_names)
        link = resource.url if mirrors else resource.shown_link
        made[resource.pk] = _description(
            resource, named, files.get(resource.pk, ()), relations.get(resource.pk, ()), link
        )
    return made


def _description(
    resource: Resource,
    makers: tuple[Maker, ...],
    files: tuple[Kept, ...],
    relations: tuple[Relation, ...],
    link: str,
) -> Description:
    return Description(
        key=f"resource/{resource.pk}",
        address=page_of(resource),
        title=resource.title,
        language=resource.language,
        makers=makers,
        year=resource.year,
        month=resource.month,
        is_undated=resource.is_undated,
        publisher=resource.publisher,
        edition=resource.edition,
        **_placed(resource),
        doi=resource.doi,
        isbn=resource.isbn,
        handle=resource.handle,
        link=link,
        link_kind=resource.link_kind,
        source_site=resource.source_site,
        files=files,
        terms=_terms(resource.licence),
        evidence=resource.evidence,
        abstract=resource.body or resource.summary,
        relations=relations,
        published_at=resource.published_at,
        changed_at=resource.changed_at,
        columns=_columns(resource),
    )


def _columns(resource: Resource) -> tuple[tuple[str, str], ...]:
    return (
        ("authors", ";".join(resource.author_names)),
        ("useful_for", ";".join(resource.hub_slugs)),
        ("setting", resource.setting),
        ("mechanism", resource.mechanism),
        ("leadership", resource.leadership),
    )


def _placed(resource: Resource) -> dict[str, Any]:
    """The terms of the vocabulary, by the field that shows them."""
    return {
        "types": _words("type", resource.type_slugs),
        "subjects": _words("topic", resource.topic_slugs),
        "countries": _words("country", resource.country_codes),
        "regions": _words("region", resource.region_slugs),
        "audiences": _words("audience", resource.audience_slugs),
    }


def _words(name: str, slugs: list[str]) -> tuple[Word, ...]:
    return tuple(Word(slug, vocabulary.label(f"{name}:{slug}", "en")) for slug in slugs)


@lru_cache(maxsize=32)
def _terms(licence: str) -> Terms | None:
    if not licence:
        return None
    with override(settings.LANGUAGE_CODE):
        label = str(Licence(licence).label)
    return Terms(licence, label, _CREATIVE_COMMONS.get(Licence(licence), ""))


def _makers(resources: Sequence[Resource]) -> dict[int, tuple[Maker, ...]]:
    said = [one for one in resources if not lacks(one, "creators")]
    prefetch_related_objects(said, "creators")
    return {one.pk: tuple(map(_maker, one.creators.all())) for one in said}


def _maker(one: Creator) -> Maker:
    return Maker(one.name, one.family, one.given, one.is_organisation, one.role)


def _by_line(names: list[str]) -> tuple[Maker, ...]:
    """Who is who by the names alone, where nobody said it yet."""
    return tuple(
        Maker(one.name, one.family, one.given, one.is_organisation) for one in makers(names)
    )


def _files(resources: Sequence[Resource]) -> dict[int, tuple[Kept, ...]]:
    """Files a visitor may fetch."""
    found = everybodys.of_many(resources)
    return {number: tuple(map(_kept, files)) for number, files in found.items()}


def _kept(one: File) -> Kept:
    address = f"{settings.BASE_URL}{one.get_absolute_url()}"
    return Kept(address, one.name, one.media_type, one.size, one.language)


def _relations(resources: Sequence[Resource]) -> dict[int, tuple[Relation, ...]]:
    """Records these belong to, as far as a visitor may read them."""
    numbers = {one.pk for one in resources}
    back = Q(translation_of__in=numbers) | Q(superseded_by__in=numbers)
    # By the two indexes of the narrow table first: most records belong to no other.
    alone = all(lacks(one, "translations", "supersedes") for one in resources)
    rows = Resource.objects.none() if alone else Resource.objects.filter(back).order_by()
    near = set(rows.values_list("pk", flat=True))
    near |= {one.translation_of_id for one in resources if one.translation_of_id}
    near |= {one.superseded_by_id for one in resources if one.superseded_by_id}
    others = {one.pk: one for one in _public(near)} if near else {}
    asked: list[tuple[int | None, str, int | None]] = []
    asked += [(one.pk, "translation-of", one.translation_of_id) for one in resources]
    asked += [(one.pk, "superseded-by", one.superseded_by_id) for one in resources]
    asked += [(one.translation_of_id, "has-translation", one.pk) for one in others.values()]
    asked += [(one.superseded_by_id, "supersedes", one.pk) for one in others.values()]
    found: dict[int, tuple[Relation, ...]] = {}
    for number, what, other in asked:
        if number in numbers and other in others:
            relation = Relation(what, others[other].title, page_of(others[other]))
            found[number] = (*found.get(number, ()), relation)
    return found
