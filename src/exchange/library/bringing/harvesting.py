"""Reading records from another library by OAI-PMH, as many as can be looked through.
Called by the worker and the command; it keeps nothing itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import httpx2
from django.conf import settings
from django.utils.translation import gettext as _
from lxml import etree
from oaipmh_scythe import Scythe, exceptions
from oaipmh_scythe.client import DEFAULT_CLASS_MAP
from oaipmh_scythe.models import OAIItem
from oaipmh_scythe.response import OAIResponse

from exchange.core.text import clean_line
from exchange.core.time import now
from exchange.library.bringing import dublin
from exchange.library.bringing.reaching import Budget, Trouble, client, host_of
from exchange.library.bringing.rows import Row
from exchange.library.bringing.words import Words

FIRST_LOOK = 100
MOST_RECORDS = 1000
MOST_BYTES = 20_000_000
MOST_STALE = 2
_DC = "{http://purl.org/dc/elements/1.1/}"


@dataclass
class Harvest:
    """What was read before it ended, and why it ended if not by itself."""

    name: str = ""
    formats: tuple[str, ...] = ()
    rows: list[Row] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    trouble: str = ""
    is_cut: bool = False
    # Ask for what changed since then the next time; None when not everything was read.
    until: datetime | None = None


class Found(OAIItem):  # type: ignore[misc]  # it comes without types
    """A record as it came: its name there, its day, and its elements in Dublin Core."""

    def __init__(self, record: Any) -> None:
        super().__init__(record)
        header = record.find(f"{self._oai_namespace}header")
        self.is_deleted = header is not None and header.get("status") == "deleted"
        self.identifier = self._said(header, "identifier")
        self.datestamp = self._said(header, "datestamp")
        self.elements: dublin.Elements = {}
        for one in record.iter(f"{_DC}*"):
            words = clean_line("".join(one.itertext()))
            self.elements.setdefault(etree.QName(one).localname, []).append(words)

    def _said(self, header: Any, name: str) -> str:
        one = None if header is None else header.find(f"{self._oai_namespace}{name}")
        return clean_line("" if one is None else one.text or "")


class _Careful(Scythe):  # type: ignore[misc]  # it comes without types
    """A harvester that notices when it is led in a circle."""

    def __init__(self, url: str, budget: Budget) -> None:
        super().__init__(url, class_mapping={**DEFAULT_CLASS_MAP, "ListRecords": Found})
        self._own = client(budget, may_be_this_machine=not settings.PRODUCTION)
        self._tokens: set[str] = set()
        self._stale = 0
        self.is_fresh = True
        self.promised = ""

    @property
    def client(self) -> httpx2.Client:
        return self._own

    def close(self) -> None:
        self._own.close()

    def harvest(self, query: dict[str, str]) -> OAIResponse:
        token = query.get("resumptionToken", "")
        if token:
            self._stale = 0 if self.is_fresh else self._stale + 1
            if token in self._tokens or self._stale >= MOST_STALE:
                raise Trouble(_("It gives the same page of records again and again; we stopped."))
            self._tokens.add(token)
            self.is_fresh = False
        answer = super().harvest(query)
        said = answer.xml.find(f".//{self.oai_namespace}resumptionToken")
        if said is not None:
            self.promised = said.get("completeListSize") or self.promised
        return answer


def harvested(
    url: str,
    *,
    set_spec: str = "",
    since: datetime | None = None,
    most: int = FIRST_LOOK,
    seconds: float = 40,
    most_bytes: int = MOST_BYTES,
) -> Harvest:
    """The records a library offers, `most` at most, those changed `since` if that is given. What
    was read before trouble came is kept."""
    made = Harvest()
    begun = now()
    budget = Budget(seconds=seconds, bytes_=most_bytes, answers=max(200, most // 10))
    try:
        with _Careful(url, budget) as oai:
            _read(oai, made, set_spec, since, most)
    except Trouble as trouble:
        made.trouble = str(trouble)
    except exceptions.NoRecordsMatch:
        pass
    except exceptions.OAIPMHException as problem:
        made.trouble = _said_no(problem)
    except (httpx2.HTTPError, httpx2.InvalidURL, ValueError, AttributeError) as problem:
        made.trouble = _failed(problem, url)
    if made.is_cut:
        made.words.append(
            _("These are the first %(n)s records; it has more.") % {"n": len(made.rows)}
        )
    elif not made.trouble:
        # A day's overlap, for servers that know days alone; what comes twice is recognised.
        made.until = begun - timedelta(days=1)
    return made


def _read(oai: _Careful, made: Harvest, set_spec: str, since: datetime | None, most: int) -> None:
    about = oai.identify()
    made.name = clean_line(str(about.repositoryName or ""))[:200]
    made.formats = tuple(
        str(one.metadataPrefix) for one in oai.list_metadata_formats() if one.metadataPrefix
    )[:20]
    if "oai_dc" not in made.formats:
        raise Trouble(_("It does not offer its records as “oai_dc”, which every library should."))
    by_seconds = "ss" in str(getattr(about, "granularity", "")).lower()
    day = since and since.strftime("%Y-%m-%dT%H:%M:%SZ" if by_seconds else "%Y-%m-%d")
    records: Any = oai.list_records(from_=day or None, set_=set_spec or None)
    _take(oai, made, records, most, made.name or host_of(oai.endpoint))


def _take(oai: _Careful, made: Harvest, records: Iterator[Found], most: int, site: str) -> None:
    words, seen = Words(), set()
    for one in records:
        if one.identifier in seen:
            continue
        if len(made.rows) >= most:
            made.is_cut = True
            return
        seen.add(one.identifier)
        oai.is_fresh = True
        made.rows.append(_row(len(made.rows) + 1, one, words, site))
    if oai.promised.isdecimal() and int(oai.promised) != len(made.rows):
        made.words.append(
            _("It promised %(promised)s records and gave %(n)s.")
            % {"promised": oai.promised[:12], "n": len(made.rows)}
        )


def _row(number: int, one: Found, words: Words, site: str) -> Row:
    title = next(iter(one.elements.get("title", [])), "")[:300]
    if not one.identifier or len(one.identifier) > 400:
        wrong = (_("it has no name there that we could know it by again"),)
        return Row(number, {"title": title}, wrong=wrong)
    named = Row(number, {}, identifier=one.identifier, datestamp=one.datestamp[:30])
    if one.is_deleted:
        return replace(named, cells={"title": title or one.identifier}, is_deleted=True)
    if not one.elements:
        wrong = (_("it came without a description in Dublin Core"),)
        return replace(named, cells={"title": one.identifier}, wrong=wrong)
    said = dublin.gathered(one.elements, words, source_site=site).row(number, words)
    return replace(named, cells=said.cells, notes=said.notes)


def _said_no(problem: exceptions.OAIPMHException) -> str:
    """What a server that keeps to the protocol says when it gives nothing."""
    if isinstance(problem, exceptions.NoSetHierarchy):
        return _("It has no parts of that kind; leave the part empty.")
    if isinstance(problem, exceptions.BadResumptionToken):
        return _("It did not know its own mark for the next page any more; try again.")
    if isinstance(problem, exceptions.CannotDisseminateFormat):
        return _("It does not offer its records as “oai_dc”, which every library should.")
    said = clean_line(str(problem))[:200] or type(problem).__name__
    return _("It refused: “%(words)s”.") % {"words": said}


def _failed(problem: Exception, url: str) -> str:
    if isinstance(problem, httpx2.HTTPStatusError):
        return _("It answers with the error %(code)s.") % {"code": problem.response.status_code}
    if isinstance(problem, httpx2.TimeoutException):
        return _("It did not answer in time.")
    if isinstance(problem, httpx2.TooManyRedirects):
        return _("It sends us from address to address without end.")
    if isinstance(problem, httpx2.UnsupportedProtocol | httpx2.InvalidURL):
        return _("It sends us to an address that cannot be opened.")
    if isinstance(problem, httpx2.HTTPError):
        return _("%(host)s cannot be reached.") % {"host": host_of(url)}
    return _("Its answer is not what OAI-PMH asks for.")
