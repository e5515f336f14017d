"""Answers of the OAI-PMH provider as XML (OAI-PMH 2.0, §3-4). Errors of the protocol are answers
too: the caller sends all of them with HTTP 200. Called by the view."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from lxml import etree

from exchange.contributions.describing import Description
from exchange.contributions.formats.markup import SCHEMA_LOCATION, XSI, add, clean
from exchange.core.time import now
from exchange.discovery.models import Harvestable
from exchange.discovery.oai import reading, sets, tokens
from exchange.discovery.oai.asking import Asked, Fault, check_format, read
from exchange.discovery.oai.formats import FORMATS
from exchange.discovery.oai.tokens import Token

NAMESPACE = "http://www.openarchives.org/OAI/2.0/"
_SCHEMA = "http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd"
# With these a harvester cannot be told what it asked.
_UNTOLD = ("badVerb", "badArgument")


def answer(given: Mapping[str, Sequence[str]]) -> bytes:
    """The whole answer to the arguments of one request."""
    root = etree.Element(_in("OAI-PMH"), nsmap={None: NAMESPACE, "xsi": XSI})
    root.set(SCHEMA_LOCATION, f"{NAMESPACE} {_SCHEMA}")
    add(root, _in("responseDate"), _stamp(now()))
    request = add(root, _in("request"), base_url())
    try:
        asked = read(given)
        for name, value in asked.arguments.items():
            request.set(name, clean(value))
        # Made apart: what fails halfway leaves nothing in the answer.
        body = _VERBS[asked.verb](asked)
        root.append(body)
    except Fault as fault:
        if fault.code in _UNTOLD:
            request.attrib.clear()
        add(root, _in("error"), fault.words, code=fault.code)
    made: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return made


def base_url() -> str:
    return f"{settings.BASE_URL}{reverse('oai')}"


def _identify(asked: Asked) -> Any:
    body = etree.Element(_in(asked.verb))
    add(body, _in("repositoryName"), settings.SITE_NAME)
    add(body, _in("baseURL"), base_url())
    add(body, _in("protocolVersion"), "2.0")
    add(body, _in("adminEmail"), settings.CONTACT)
    add(body, _in("earliestDatestamp"), _stamp(reading.earliest()))
    add(body, _in("deletedRecord"), "persistent")
    add(body, _in("granularity"), "YYYY-MM-DDThh:mm:ssZ")
    add(body, _in("compression"), "gzip")
    return body


def _list_formats(asked: Asked) -> Any:
    if asked.identifier:
        row = reading.one(asked.identifier)
        if row.number not in reading.public_numbers([row]):
            raise Fault("noMetadataFormats", "This record is gone; nothing describes it.")
    body = etree.Element(_in(asked.verb))
    for prefix, known in FORMATS.items():
        one = add(body, _in("metadataFormat"))
        add(one, _in("metadataPrefix"), prefix)
        add(one, _in("schema"), known.schema)
        add(one, _in("metadataNamespace"), known.namespace)
    return body


def _list_sets(asked: Asked) -> Any:
    if asked.token is not None:
        raise Fault("badResumptionToken", "All sets are given at once, without a token.")
    specs = reading.specs()
    if not specs:
        raise Fault("noSetHierarchy", "Nothing is here yet, and so no sets.")
    body = etree.Element(_in(asked.verb))
    for spec in sorted(specs):
        one = add(body, _in("set"))
        add(one, _in("setSpec"), spec)
        add(one, _in("setName"), sets.name_of_set(spec))
    return body


def _get_record(asked: Asked) -> Any:
    row = reading.one(asked.identifier)
    check_format(asked)
    body = etree.Element(_in(asked.verb))
    _record(body, row, reading.descriptions([row]).get(row.number), asked.prefix)
    return body


def _list(asked: Asked) -> Any:
    """A page of headers or of records, and where it goes on."""
    token = tokens.read(asked.token, verb=asked.verb) if asked.token is not None else None
    if token is not None:
        asked = _as_before(asked, token)
    check_format(asked)
    whole = reading.in_order(since=asked.since, until=asked.until, in_set=asked.in_set)
    rest = whole
    if token is not None:
        rest = reading.after(whole, datetime.fromtimestamp(token.after, UTC), token.number)
    rows = list(rest[: reading.PAGE + 1])
    if not rows:
        raise Fault("noRecordsMatch", "Nothing is here for what was asked.")
    page, goes_on = rows[: reading.PAGE], len(rows) > reading.PAGE
    body = etree.Element(_in(asked.verb))
    if asked.verb == "ListIdentifiers":
        public = reading.public_numbers(page)
        for row in page:
            _header(body, row, is_deleted=row.number not in public)
    else:
        described = reading.descriptions(page)
        for row in page:
            _record(body, row, described.get(row.number), asked.prefix)
    if goes_on or token is not None:
        total = token.total if token is not None else whole.count()
        _token(body, asked, token.cursor if token else 0, total, page, goes_on=goes_on)
    return body


def _as_before(asked: Asked, token: Token) -> Asked:
    arguments = {**asked.arguments, "metadataPrefix": token.prefix, "set": token.in_set}
    since, until = tokens.moment(token.since), tokens.moment(token.until)
    return replace(asked, arguments=arguments, since=since, until=until)


def _token(
    body: Any, asked: Asked, cursor: int, total: int, page: list[Harvestable], *, goes_on: bool
) -> None:
    """Where the list goes on. The last page of a list in pieces carries an empty one."""
    words, until = "", ""
    if goes_on:
        last = page[-1]
        words = Token(
            verb=asked.verb,
            prefix=asked.prefix,
            in_set=asked.in_set,
            since=tokens.seconds(asked.since),
            until=tokens.seconds(asked.until),
            after=int(last.datestamp.timestamp()),
            number=last.number,
            cursor=cursor + len(page),
            total=total,
        ).signed()
        until = _stamp(now() + tokens.LASTS)
    made = add(body, _in("resumptionToken"), words, expirationDate=until)
    # A record that changed while it was harvested comes twice: the size follows.
    made.set("completeListSize", str(max(total, cursor + len(page) + goes_on)))
    made.set("cursor", str(cursor))


def _record(body: Any, row: Harvestable, described: Description | None, prefix: str) -> None:
    record = add(body, _in("record"))
    _header(record, row, is_deleted=described is None)
    if described is not None:
        add(record, _in("metadata")).append(FORMATS[prefix].element(described))


def _header(parent: Any, row: Harvestable, *, is_deleted: bool) -> None:
    header = add(parent, _in("header"), status="deleted" if is_deleted else "")
    add(header, _in("identifier"), reading.identifier_of(row))
    add(header, _in("datestamp"), _stamp(row.datestamp))
    for spec in sets.shown(row.sets):
        add(header, _in("setSpec"), spec)


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _in(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


_VERBS: dict[str, Callable[[Asked], Any]] = {
    "Identify": _identify,
    "ListMetadataFormats": _list_formats,
    "ListSets": _list_sets,
    "ListIdentifiers": _list,
    "ListRecords": _list,
    "GetRecord": _get_record,
}
