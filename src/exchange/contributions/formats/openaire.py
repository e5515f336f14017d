"""The OpenAIRE application profile for literature repositories, version 4 (`oai_openaire`).
Called by the OAI-PMH provider: the profile that aggregators of literature ask for by name. Beside
oai_dc it tells persons from organisations, and says type, access and licence by address."""

from __future__ import annotations

from typing import Any

from lxml import etree

from exchange.contributions.describing import AUTHOR, EDITOR, Description, Maker
from exchange.contributions.formats.markup import SCHEMA_LOCATION, XSI, add
from exchange.contributions.formats.sorts import sort_of

NAMESPACE = "http://namespace.openaire.eu/schema/oaire/"
SCHEMA = "https://www.openaire.eu/schema/repo-lit/4.0/openaire.xsd"
_CITE = "http://datacite.org/schema/kernel-4"
_DC = "http://purl.org/dc/elements/1.1/"
_NAMES = {"oaire": NAMESPACE, "datacite": _CITE, "dc": _DC, "xsi": XSI}
_OPEN = ("http://purl.org/coar/access_right/c_abf2", "open access")
_DESCRIBED = ("http://purl.org/coar/access_right/c_14cb", "metadata only access")
# Kernel 4 has no word for a translation before 4.6; it counts as another version.
_RELATIONS = {
    "translation-of": "IsVersionOf",
    "has-translation": "HasVersion",
    "supersedes": "IsNewVersionOf",
    "superseded-by": "IsPreviousVersionOf",
}


def element(described: Description) -> Any:
    """The record as an `oaire:resource` element, its parts in the order of the guidelines."""
    root = etree.Element(f"{{{NAMESPACE}}}resource", nsmap=_NAMES)
    root.set(SCHEMA_LOCATION, f"{NAMESPACE} {SCHEMA}")
    titles = add(root, f"{{{_CITE}}}titles")
    add(titles, f"{{{_CITE}}}title", described.title, language=described.language)
    _makers(root, described)
    _identifiers(root, described)
    if described.date:
        dates = add(root, f"{{{_CITE}}}dates")
        add(dates, f"{{{_CITE}}}date", described.date, dateType="Issued")
    add(root, f"{{{_DC}}}language", described.language)
    if described.publisher:
        add(root, f"{{{_DC}}}publisher", described.publisher)
    sort = sort_of(described)
    add(
        root,
        f"{{{NAMESPACE}}}resourceType",
        sort.coar_label,
        resourceTypeGeneral="literature" if sort.dcmi == "Text" else "other research product",
        uri=sort.coar,
    )
    if described.abstract:
        add(root, f"{{{_DC}}}description", described.abstract, language=described.language)
    for media_type in dict.fromkeys(kept.media_type for kept in described.files):
        add(root, f"{{{_DC}}}format", media_type)
    add(root, f"{{{_CITE}}}identifier", described.address, identifierType="URL")
    _rights(root, described)
    _about(root, described)
    _files(root, described)
    return root


def _makers(root: Any, described: Description) -> None:
    if authors := described.by(AUTHOR):
        creators = add(root, f"{{{_CITE}}}creators")
        for maker in authors:
            _maker(add(creators, f"{{{_CITE}}}creator"), "creatorName", maker)
    others = [maker for maker in described.makers if maker.role != AUTHOR]
    if others:
        contributors = add(root, f"{{{_CITE}}}contributors")
        for maker in others:
            kind = "Editor" if maker.role == EDITOR else "Other"
            one = add(contributors, f"{{{_CITE}}}contributor", contributorType=kind)
            _maker(one, "contributorName", maker)


def _maker(parent: Any, name: str, maker: Maker) -> None:
    kind = "Organizational" if maker.is_organisation else "Personal"
    add(parent, f"{{{_CITE}}}{name}", maker.turned, nameType=kind)
    if not maker.is_organisation and maker.family:
        if maker.given:
            add(parent, f"{{{_CITE}}}givenName", maker.given)
        add(parent, f"{{{_CITE}}}familyName", maker.family)


def _identifiers(root: Any, described: Description) -> None:
    named = (("DOI", described.doi), ("Handle", described.handle), ("ISBN", described.isbn))
    known = [*((kind, value) for kind, value in named if value)]
    known += [("URL", described.link)] if described.link else []
    if known:
        others = add(root, f"{{{_CITE}}}alternateIdentifiers")
        for kind, value in known:
            tag = f"{{{_CITE}}}alternateIdentifier"
            add(others, tag, value, alternateIdentifierType=kind)
    if described.relations:
        related = add(root, f"{{{_CITE}}}relatedIdentifiers")
        for relation in described.relations:
            tag, what = f"{{{_CITE}}}relatedIdentifier", _RELATIONS[relation.what]
            add(related, tag, relation.address, relatedIdentifierType="URL", relationType=what)


def _rights(root: Any, described: Description) -> None:
    uri, words = _OPEN if described.files else _DESCRIBED
    add(root, f"{{{_CITE}}}rights", words, rightsURI=uri)
    if described.terms:
        tag = f"{{{NAMESPACE}}}licenseCondition"
        add(root, tag, described.terms.label, uri=described.terms.uri)


def _about(root: Any, described: Description) -> None:
    if described.subjects:
        subjects = add(root, f"{{{_CITE}}}subjects")
        for word in described.subjects:
            add(subjects, f"{{{_CITE}}}subject", word.label, language="en")
    if described.files:
        sizes = add(root, f"{{{_CITE}}}sizes")
        for kept in described.files:
            add(sizes, f"{{{_CITE}}}size", f"{kept.size} bytes")
    places = (*described.countries, *described.regions)
    if places:
        around = add(root, f"{{{_CITE}}}geoLocations")
        for word in places:
            place = add(around, f"{{{_CITE}}}geoLocation")
            add(place, f"{{{_CITE}}}geoLocationPlace", word.label)


def _files(root: Any, described: Description) -> None:
    for kept in described.files:
        add(
            root,
            f"{{{NAMESPACE}}}file",
            kept.address,
            accessRightsURI=_OPEN[0],
            mimeType=kept.media_type,
            objectType="fulltext",
        )
