"""What the page of a record shows of this matter: who made it, its kin, the talk with a host.
Called by the view of the record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django import forms
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext_lazy as _

from exchange.contributions.forms import CleanText
from exchange.contributions.models import PUBLIC_STATES
from exchange.contributions.rules import may_revise
from exchange.core.languages import named
from exchange.core.remembering import remembered
from exchange.library.depositing import dating, queries
from exchange.library.depositing.actions import LONGEST_WORD
from exchange.library.lacking import lacks
from exchange.library.models import Creator, Link, LinkKind, Resource
from exchange.members.models import Member


class WordForm(forms.Form):
    """One word to the other side."""

    word = CleanText(label=_("Your word"), rows=3, max_length=LONGEST_WORD)


@dataclass(frozen=True)
class Beside:
    """What belongs to a record and depends on no reader."""

    people: tuple[Creator, ...] = ()
    organisations: tuple[Creator, ...] = ()
    links: tuple[Link, ...] = ()
    newer: Resource | None = None
    older: tuple[Resource, ...] = ()
    original: Resource | None = None
    translations: tuple[Resource, ...] = ()


def beside(resource: Resource, reader: Member | None) -> dict[str, Any]:
    """The names its section uses, in the page's context."""
    kin = remembered(("kin", resource.pk, resource.version), lambda: _beside(resource))
    shown: dict[str, Any] = {
        "kin": kin,
        "translations": [
            {
                "url": one.get_absolute_url(),
                "title": one.title,
                "language": one.language,
                "named": named(one.language),
            }
            for one in kin.translations
        ],
        "identifiers": _identifiers(resource),
        "date_in_words": dating.date_in_words(resource),
        "is_old": dating.is_old(resource),
        "is_freshly_checked": dating.is_freshly_checked(resource),
        "may_check": reader is not None and reader.is_host and resource.is_public,
        "may_change": reader is not None and may_revise(reader, resource),
    }
    is_mine = reader is not None and reader.pk == resource.author_id
    if reader is not None and (is_mine or (reader.is_host and not resource.is_public)):
        shown["deposit"] = queries.deposit_of(resource)
        shown["deposit_words"] = queries.words_for(resource, reader)
        shown["word_form"] = WordForm(auto_id="word_%s")
        shown["may_say_word"] = not resource.is_public or bool(shown["deposit_words"])
    return shown


@dataclass(frozen=True)
class Identifier:
    """A number by which others know a record; where it leads, if it leads anywhere."""

    name: str
    words: str
    url: str = ""


def _identifiers(resource: Resource) -> list[Identifier]:
    known = (
        Identifier("DOI", resource.doi, f"https://doi.org/{quote(resource.doi)}"),
        Identifier("Handle", resource.handle, f"https://hdl.handle.net/{quote(resource.handle)}"),
        Identifier("ISBN", resource.isbn),
    )
    return [one for one in known if one.words]


def _beside(resource: Resource) -> Beside:
    creators = [] if lacks(resource, "creators") else _creators(resource)
    original = resource.translation_of_id
    links = () if lacks(resource, "links") else resource.links.order_by("id")
    kin = _kin(resource)
    return Beside(
        people=tuple(one for one in creators if not one.is_organisation),
        organisations=tuple(one for one in creators if one.is_organisation),
        links=tuple(one for one in links if one.kind != LinkKind.MIRROR),
        newer=next((one for one in kin if one.pk == resource.superseded_by_id), None),
        older=tuple(one for one in kin if one.superseded_by_id == resource.pk),
        original=next((one for one in kin if one.pk == original), None),
        translations=tuple(
            one
            for one in kin
            if one.translation_of_id in (resource.pk, original) and one.translation_of_id
        ),
    )


def _creators(resource: Resource) -> list[Creator]:
    prefetch_related_objects([resource], "creators")
    return list(resource.creators.all())


def _kin(resource: Resource) -> list[Resource]:
    newer, original = resource.superseded_by_id, resource.translation_of_id
    if not newer and not original and lacks(resource, "supersedes", "translations"):
        return []
    rows: Any = Resource.objects.filter(state__in=PUBLIC_STATES).for_lists()
    near = rows.filter(queries.kin_of(resource.pk, newer, original))
    return list(near.exclude(pk=resource.pk)[:40])
