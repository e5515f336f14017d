"""How tests harvest: ask, read the answer strictly, and let the stamps' moments come.
Called by tests of the OAI-PMH provider."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from django.test import Client
from lxml import etree

from exchange.discovery.models import Harvestable
from exchange.ledger import worker

OAI = "{http://www.openarchives.org/OAI/2.0/}"
DC = "{http://purl.org/dc/elements/1.1/}"
OAI_DC = "{http://www.openarchives.org/OAI/2.0/oai_dc/}"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
ELEMENTS = frozenset(
    [
        "title",
        "creator",
        "subject",
        "description",
        "publisher",
        "contributor",
        "date",
        "type",
        "format",
        "identifier",
        "source",
        "language",
        "relation",
        "coverage",
        "rights",
    ]
)
# The children of each element in their order, as OAI-PMH.xsd has them: name, least, most.
_ORDER: dict[str, list[tuple[str, int, int]]] = {
    "Identify": [
        *(("repositoryName", 1, 1), ("baseURL", 1, 1), ("protocolVersion", 1, 1)),
        *(("adminEmail", 1, 99), ("earliestDatestamp", 1, 1), ("deletedRecord", 1, 1)),
        *(("granularity", 1, 1), ("compression", 0, 99), ("description", 0, 99)),
    ],
    "ListMetadataFormats": [("metadataFormat", 1, 99)],
    "metadataFormat": [("metadataPrefix", 1, 1), ("schema", 1, 1), ("metadataNamespace", 1, 1)],
    "ListSets": [("set", 1, 9999), ("resumptionToken", 0, 1)],
    "set": [("setSpec", 1, 1), ("setName", 1, 1), ("setDescription", 0, 99)],
    "ListIdentifiers": [("header", 1, 9999), ("resumptionToken", 0, 1)],
    "ListRecords": [("record", 1, 9999), ("resumptionToken", 0, 1)],
    "GetRecord": [("record", 1, 1)],
    "record": [("header", 1, 1), ("metadata", 0, 1), ("about", 0, 99)],
    "header": [("identifier", 1, 1), ("datestamp", 1, 1), ("setSpec", 0, 999)],
}


def ask(how: str = "get", **arguments: Any) -> Any:
    """The root of the answer, after a strict look at it. `from_` stands for `from`."""
    given = {name.rstrip("_"): value for name, value in arguments.items()}
    response = getattr(Client(), how)("/oai", given)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/xml; charset=utf-8"
    root = etree.fromstring(response.content)
    faults = faults_of(root)
    assert faults == [], faults
    return root


def settle() -> None:
    """Let the worker tell harvesters, and let the moments come that it stamped ahead."""
    worker.run_until_idle()
    for row in Harvestable.objects.all():
        Harvestable.objects.filter(pk=row.pk).update(
            datestamp=row.datestamp - timedelta(seconds=11)
        )


def error(root: Any) -> str:
    found = root.find(f"{OAI}error")
    return "" if found is None else found.get("code")


def headers(root: Any) -> dict[str, str]:
    """Identifier → "deleted" or ""."""
    return {
        one.findtext(f"{OAI}identifier"): one.get("status", "") for one in root.iter(f"{OAI}header")
    }


def token(root: Any) -> Any:
    return root.find(f"*/{OAI}resumptionToken")


def faults_of(root: Any) -> list[str]:
    """What the schemas of OAI-PMH and oai_dc would not take."""
    faults = [] if root.tag == f"{OAI}OAI-PMH" else ["the root is no OAI-PMH"]
    names = [etree.QName(one).localname for one in root]
    if names[:2] != ["responseDate", "request"] or len(names) != 3:
        faults.append(f"the root holds {names}")
    if not MOMENT.fullmatch(root.findtext(f"{OAI}responseDate") or ""):
        faults.append("responseDate is no moment in UTC")
    for one in root.iter():
        faults += _order_of(one)
    for one in root.iter(f"{OAI}header"):
        if not MOMENT.fullmatch(one.findtext(f"{OAI}datestamp")):
            faults.append("a datestamp is no moment in UTC")
        if one.get("status") not in (None, "deleted"):
            faults.append("a status is neither missing nor deleted")
        if one.get("status") and one.getparent().find(f"{OAI}metadata") is not None:
            faults.append("a deleted record is described")
    for one in root.iter(f"{OAI_DC}dc"):
        faults += [f"dc has {each.tag}" for each in one if each.tag[len(DC) :] not in ELEMENTS]
        faults += ["an empty element in dc" for each in one if not (each.text or "").strip()]
    return faults


def _order_of(parent: Any) -> list[str]:
    name = etree.QName(parent).localname
    if name not in _ORDER or not parent.tag.startswith(OAI):
        return []
    left = [etree.QName(one).localname for one in parent]
    faults = []
    for child, least, most in _ORDER[name]:
        count = 0
        while left and left[0] == child:
            left.pop(0)
            count += 1
        if not least <= count <= most:
            faults.append(f"{name} has {count} of {child}")
    return faults + ([f"{name} has {left} too much"] if left else [])
