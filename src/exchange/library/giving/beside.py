"""What the page of a record shows of this matter: how to cite it and carry it away.
Called by the view of the record."""

from __future__ import annotations

from typing import Any

from django.utils.safestring import mark_safe

from exchange.contributions.formats import highwire, schema_org, signposting
from exchange.core.languages import current
from exchange.core.remembering import remembered
from exchange.core.time import now
from exchange.library.citation import apa, vancouver
from exchange.library.giving.describe import describe_one
from exchange.library.giving.forms import OFFERED, addresses, linkset_address
from exchange.library.models import Resource
from exchange.members.models import Member


def beside(resource: Resource, reader: Member | None) -> dict[str, Any]:
    """The names its section and its part of the head use, in the page's context."""
    if not resource.is_public:
        return _shown(resource)
    shown: dict[str, Any] = remembered(
        ("giving", resource.pk, resource.version, current()), lambda: _shown(resource)
    )
    return shown


def _shown(resource: Resource) -> dict[str, Any]:
    described = describe_one(resource)
    return {
        "citation": apa(described),
        "citation_vancouver": vancouver(described, cited=now().date()),
        "giving_forms": OFFERED,
        "giving_tags": highwire.tags(described),
        "giving_links": signposting.links(
            described, addresses(described), linkset_address(described)
        ),
        "giving_header": signposting.header(linkset_address(described)),
        # Made by our own code from plain values, with every sign escaped that could end it.
        "giving_json": mark_safe(schema_org.script(described)),
    }
