"""Where a long list goes on: everything that was asked, and the last record given, signed. The
server remembers nothing, so no harvest is lost to a restart. Called by the answers."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta

from django.core import signing

from exchange.discovery.oai.asking import Fault

LASTS = timedelta(days=7)
_SALT = "exchange.discovery.oai"


@dataclass(frozen=True)
class Token:
    """A place in a list: after the record `number`, stamped `after` (seconds since 1970)."""

    verb: str
    prefix: str
    in_set: str
    since: int | None
    until: int | None
    after: int
    number: int
    cursor: int
    total: int

    def signed(self) -> str:
        return signing.dumps(list(asdict(self).values()), salt=_SALT)


def read(words: str, *, verb: str) -> Token:
    """The place a token names. Raises Fault for one we did not make, of another verb, or too old."""
    try:
        token = Token(*signing.loads(words, salt=_SALT, max_age=LASTS))
    except (signing.BadSignature, TypeError, ValueError):
        raise Fault("badResumptionToken", "This token is not ours, or older than 7 days.") from None
    if token.verb != verb:
        raise Fault("badResumptionToken", f"This token goes on with {token.verb}.")
    return token


def seconds(moment: datetime | None) -> int | None:
    return None if moment is None else int(moment.timestamp())


def moment(since: int | None) -> datetime | None:
    return None if since is None else datetime.fromtimestamp(since, UTC)
