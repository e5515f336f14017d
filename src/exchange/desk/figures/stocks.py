"""What there is today and no month's: subscribers, texts by language, how far we are translated.
Called by the tabs."""

from __future__ import annotations

import gettext
from collections import Counter
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db.models import Count, QuerySet

from exchange.briefings.models import Subscriber
from exchange.contributions.models import Contribution
from exchange.core.languages import INTERFACE
from exchange.desk.figures import veil
from exchange.desk.figures.queries import Told, remembered_a_while
from exchange.library.models import Resource, Rung


def subscribers() -> list[tuple[str | None, Told]]:
    """How many get newsletters: all, then by language as far as it may be told."""
    found = _by_language(Subscriber.objects.getting())
    told = veil.told_of_month(found)
    every: list[tuple[str | None, Told]] = [(None, Told(sum(found.values())))]
    shown = sorted(told, key=lambda code: (-found[code], code))
    every += [(code, Told(found[code])) for code in shown]
    # In the order of their codes: another would say which of them is larger.
    return every + [(code, Told(None)) for code in sorted(set(found) - told)]


def texts() -> list[tuple[str, tuple[int, int, int, int]]]:
    """(language, (records, translated, short versions, briefs)), the most first."""
    return list(remembered_a_while("texts", _texts))


def interface() -> list[tuple[str, int, int]]:
    """(language, sentences that are translated, of how many)."""
    done = {code: _sentences(code) for code in INTERFACE if code != "en"}
    of = max(done.values(), default=0)
    return [("en", of, of), *((code, n, of) for code, n in done.items())]


def _texts() -> list[tuple[str, tuple[int, int, int, int]]]:
    records: Any = Resource.objects
    counted = (
        _by_language(records.listed()),
        _by_language(records.listed().filter(translation_of__isnull=False)),
        _by_language(Rung.objects.visible_to(None)),
        _by_language(Contribution.objects.listed().filter(kind="brief")),
    )
    codes = {code for found in counted for code in found}
    first = counted[0]
    return [
        (code, (first[code], counted[1][code], counted[2][code], counted[3][code]))
        for code in sorted(codes, key=lambda code: (-first[code], code))
    ]


def _by_language(rows: QuerySet[Any]) -> Counter[str]:
    return Counter(dict(rows.order_by().values_list("language").annotate(n=Count("pk"))))


@lru_cache(maxsize=8)
def _sentences(code: str) -> int:
    """How many sentences a language's own catalogue has; forms of one sentence count once."""
    try:
        known: Any = gettext.translation("django", settings.LOCALE_PATHS[0], languages=[code])
    except OSError:
        return 0
    return len({key[0] if isinstance(key, tuple) else key for key in known._catalog} - {""})
