"""What is new on the Exchange since a moment, read once for very many digests.
Used by the modules of this folder alone. Only what a visitor may read is in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from exchange.alerts.digests.placing import places_of
from exchange.alerts.models import Watch
from exchange.alerts.rules import Place
from exchange.contributions.models import Contribution
from exchange.conversation.models import Reply

# A library brought in at once is no news for a mail: beyond this the newest are told.
MOST = 2000

Key = tuple[str, str]


@dataclass
class News:
    """Contributions and replies that came since then, and where the contributions stand."""

    contributions: dict[int, Contribution] = field(default_factory=dict)
    replies: dict[int, Reply] = field(default_factory=dict)
    places: dict[int, Place] = field(default_factory=dict)
    # Which contributions a watch of this kind and value may look at.
    by_place: dict[Key, list[int]] = field(default_factory=lambda: defaultdict(list))
    by_thread: dict[int, list[Reply]] = field(default_factory=lambda: defaultdict(list))
    open_questions: list[Contribution] = field(default_factory=list)

    def looked_at_by(self, watches: Iterable[Watch]) -> set[int]:
        """Contributions at which one of these watches may look, those for help left out."""
        found: set[int] = set()
        for watch in watches:
            found.update(self.by_place.get(_key(watch.kind, watch.value), ()))
        return found


def gather(
    *, since: datetime, until: datetime, contribution_ids: Iterable[int], reply_ids: Iterable[int]
) -> News:
    """All that was published in between, and these as well, if anybody may read them."""
    new = Contribution.objects.visible_to(None).listed().for_lists()
    rows = list(new.filter(published_at__gt=since, published_at__lte=until).newest()[:MOST])
    known = {row.pk for row in rows}
    rows += new.filter(pk__in=set(contribution_ids) - known)
    news = News(contributions={row.pk: row for row in rows})
    said = Reply.objects.visible_to(None).public().filter(contribution__state="published")
    said = said.select_related("contribution").defer("contribution__body")
    replies = list(
        said.filter(published_at__gt=since, published_at__lte=until).order_by("-published_at")[
            :MOST
        ]
    )
    replies += said.filter(pk__in=set(reply_ids) - {reply.pk for reply in replies})
    news.replies = {reply.pk: reply for reply in replies}
    _arrange(news, rows)
    return news


def _arrange(news: News, rows: Sequence[Contribution]) -> None:
    news.places = places_of(rows)
    for row in rows:
        for key in _keys(news.places[row.pk]):
            news.by_place[key].append(row.pk)
    for reply in sorted(news.replies.values(), key=lambda one: (one.published_at, one.pk)):
        news.by_thread[reply.contribution_id].append(reply)
    news.open_questions = [row for row in rows if row.kind == "question" and row.is_open]


def _keys(place: Place) -> set[Key]:
    Kind = Watch.Kind
    found = {_key(Kind.TOPIC, slug) for slug in place.topics}
    found |= {_key(Kind.COUNTRY, code) for code in place.countries}
    found |= {_key(Kind.HUB, slug) for slug in place.hubs}
    if place.person:
        found.add(_key(Kind.PERSON, place.person))
    if place.organisation:
        found.add(_key(Kind.ORGANISATION, place.organisation))
    return found


def _key(kind: str, value: str) -> Key:
    return str(kind), value.upper() if kind == Watch.Kind.COUNTRY else value
