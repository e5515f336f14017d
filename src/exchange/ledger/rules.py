"""What may be written into an event: ids and short codes, so that no story or address slips in.
Called by `ledger.actions.record`."""

import re
from collections.abc import Mapping, Sequence

Code = int | str | bool | None
Detail = Mapping[str, Code | Sequence[Code]]

LONGEST = 80
MOST_ITEMS = 200

_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
_KIND = re.compile(r"[a-z][a-z_]{0,28}\.[a-z][a-z_]{0,28}")
_TYPE = re.compile(r"[a-z][a-z_]{0,39}")
_PROSE = re.compile(r"[\s@]")


class NotACode(ValueError):
    """Something that may be a text, a name or an address was offered to the ledger."""


def check_kind(kind: str, subject_type: str) -> None:
    """An event is named `subject.happened`, its subject in lower case."""
    if not _KIND.fullmatch(kind):
        raise NotACode("an event's kind looks like contribution.published")
    if not _TYPE.fullmatch(subject_type):
        raise NotACode("a subject's type looks like contribution")


def check_detail(detail: Detail) -> None:
    """Refuse prose. The message never repeats the value: it would end in a log."""
    for key, value in detail.items():
        if not _KEY.fullmatch(key):
            raise NotACode("a detail's key is in snake_case")
        items: Sequence[Code] = (
            list(value) if isinstance(value, (list, tuple)) else [value]  # type: ignore[list-item]
        )
        if len(items) > MOST_ITEMS:
            raise NotACode(f"detail {key} has more than {MOST_ITEMS} items")
        for item in items:
            _check_code(key, item)


def _check_code(key: str, item: Code) -> None:
    if item is not None and not isinstance(item, (bool, int, str)):
        raise NotACode(f"detail {key} is neither an id nor a code")
    if isinstance(item, str) and (len(item) > LONGEST or _PROSE.search(item)):
        raise NotACode(f"detail {key} is not a code: at most {LONGEST} letters, no space, no @")
