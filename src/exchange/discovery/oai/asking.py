"""What a harvester asks, checked against the protocol (OAI-PMH 2.0, §2.4, §2.7, §3.6, §4).
Called by the answers; knows words, not the database."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from exchange.discovery.oai import sets
from exchange.discovery.oai.formats import FORMATS

TOKEN = "resumptionToken"  # noqa: S105 - the name of an argument
# For each verb what it must and what it may be asked with; a token stands alone.
_VERBS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "Identify": (frozenset(), frozenset()),
    "ListMetadataFormats": (frozenset(), frozenset({"identifier"})),
    "ListSets": (frozenset(), frozenset()),
    "ListIdentifiers": (frozenset({"metadataPrefix"}), frozenset({"from", "until", "set"})),
    "ListRecords": (frozenset({"metadataPrefix"}), frozenset({"from", "until", "set"})),
    "GetRecord": (frozenset({"identifier", "metadataPrefix"}), frozenset()),
}
_CHUNKED = frozenset({"ListSets", "ListIdentifiers", "ListRecords"})
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_SECOND = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


class Fault(Exception):
    """One of the protocol's errors, in words for whoever runs the harvester."""

    def __init__(self, code: str, words: str) -> None:
        super().__init__(code)
        self.code = code
        self.words = words


@dataclass(frozen=True)
class Asked:
    """A request that is well formed. `arguments` are those of the answer's request element."""

    verb: str
    arguments: dict[str, str] = field(default_factory=dict)
    since: datetime | None = None
    until: datetime | None = None

    @property
    def prefix(self) -> str:
        return self.arguments.get("metadataPrefix", "")

    @property
    def identifier(self) -> str:
        return self.arguments.get("identifier", "")

    @property
    def in_set(self) -> str:
        return self.arguments.get("set", "")

    @property
    def token(self) -> str | None:
        return self.arguments.get(TOKEN)


def read(given: Mapping[str, Sequence[str]]) -> Asked:
    """The request, or the first thing that is wrong with it. Raises Fault."""
    verb = _verb(given.get("verb", ()))
    rest = {name: values for name, values in given.items() if name != "verb"}
    for name, values in rest.items():
        if len(values) != 1:
            raise Fault("badArgument", f"The argument {name!r} may stand once.")
    arguments = {name: values[0] for name, values in rest.items()}
    _check_names(verb, arguments)
    if TOKEN in arguments:
        return Asked(verb, {"verb": verb, **arguments})
    since, until = _range(arguments)
    if "set" in arguments and not sets.is_spec(arguments["set"]):
        raise Fault("badArgument", "This is no name of a set.")
    return Asked(verb, {"verb": verb, **arguments}, since, until)


def check_format(asked: Asked) -> None:
    """Raises Fault for a form of records we do not have."""
    if asked.prefix not in FORMATS:
        known = ", ".join(FORMATS)
        raise Fault("cannotDisseminateFormat", f"Records are given as {known}.")


def _verb(values: Sequence[str]) -> str:
    if len(values) != 1:
        raise Fault("badVerb", "There must be one verb.")
    if values[0] not in _VERBS:
        raise Fault("badVerb", f"The verbs are {', '.join(_VERBS)}.")
    return values[0]


def _check_names(verb: str, arguments: Mapping[str, str]) -> None:
    must, may = _VERBS[verb]
    if TOKEN in arguments and verb in _CHUNKED:
        if len(arguments) > 1:
            raise Fault("badArgument", "A resumptionToken stands alone beside the verb.")
        return
    unknown = sorted(set(arguments) - must - may)
    if unknown:
        raise Fault("badArgument", f"{verb} knows no argument {unknown[0]!r}.")
    missing = sorted(name for name in must if not arguments.get(name))
    if missing:
        raise Fault("badArgument", f"{verb} needs the argument {missing[0]!r}.")


def _range(arguments: Mapping[str, str]) -> tuple[datetime | None, datetime | None]:
    """From the first second of `from` to the last one of `until`."""
    since, until = arguments.get("from"), arguments.get("until")
    if since is not None and until is not None and len(since) != len(until):
        raise Fault("badArgument", "from and until must be equally fine: both days or seconds.")
    first = _moment(since) if since is not None else None
    last = _moment(until) if until is not None else None
    if last is not None and until is not None and _DAY.fullmatch(until):
        last += timedelta(days=1, seconds=-1)
    if first is not None and last is not None and first > last:
        raise Fault("badArgument", "from is later than until.")
    return first, last


def _moment(words: str) -> datetime:
    form = "%Y-%m-%d" if _DAY.fullmatch(words) else "%Y-%m-%dT%H:%M:%SZ"
    if not _DAY.fullmatch(words) and not _SECOND.fullmatch(words):
        raise Fault("badArgument", "A moment looks like 2026-11-20 or 2026-11-20T08:00:00Z.")
    try:
        return datetime.strptime(words, form).replace(tzinfo=UTC)
    except ValueError:
        raise Fault("badArgument", "There is no such day or time.") from None
