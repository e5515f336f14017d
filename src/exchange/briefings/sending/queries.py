"""Who gets which edition, who has it, who missed it and why.
Called by the actions of sending and by the hosts' pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from exchange.briefings.builder.queries import editions_of
from exchange.briefings.models import Issue, Newsletter, Subscriber
from exchange.briefings.models.subscriber import SubscriberQuerySet
from exchange.briefings.sending import keys
from exchange.briefings.sending.choosing import edition_for, whose
from exchange.mail.models import OutgoingMail

State = OutgoingMail.State
# Of these somebody has a mail, or will have: the best first.
HAS_IT = (State.SENT, State.SENDING, State.QUEUED, State.BOUNCED)
_BEST_FIRST = (*HAS_IT, State.UNSURE, State.FAILED, State.SUPPRESSED, State.DROPPED)
# What a person or their address wishes; a second mail would change nothing.
NOT_WANTED = frozenset(
    {"newsletter-stopped", "stopped", "newsletter-paused", "address-dead", "address-unwanted"}
)


class Wanting(NamedTuple):
    """Somebody who gets newsletters; there are very many."""

    pk: int
    hub: str
    language: str


@dataclass(frozen=True)
class Row:
    """One mail of an issue, as far as somebody asks for it."""

    pk: int
    subscriber: int
    attempt: int
    state: str
    why: str
    item: str

    @property
    def has_it(self) -> bool:
        return self.state in HAS_IT

    @property
    def is_missed(self) -> bool:
        """Whether another mail may bring what this one did not."""
        if self.state == State.SUPPRESSED:
            return self.why not in NOT_WANTED
        return self.state in (State.FAILED, State.DROPPED)


def audience(edition: Newsletter) -> SubscriberQuerySet:
    """Whoever is to get this edition, in the order of their numbers; not those for whom another
    edition of its issue is the better one, also while that one is still being built."""
    rows: SubscriberQuerySet = Subscriber.objects.getting().select_related("member")
    return rows.filter(whose(editions_of(edition.issue), edition))


def editions_out(issue: Issue) -> list[Newsletter]:
    """Those that are on their way or sent, and stand in the archive."""
    return out_of(editions_of(issue))


def out_of(editions: Iterable[Newsletter]) -> list[Newsletter]:
    """Of these."""
    out = (Newsletter.Phase.SENDING, Newsletter.Phase.SENT)
    return [one for one in editions if one.phase in out and one.is_public]


def rows_of(issue: int, subscribers: Iterable[int]) -> dict[int, list[Row]]:
    """The mails of this issue to these, by subscriber; found by their keys, which are indexed."""
    wanted = [key for pk in subscribers for key in keys.keys_of(issue, pk)]
    return _by_subscriber(OutgoingMail.objects.filter(key__in=wanted))


def best(rows: Sequence[Row]) -> Row | None:
    """The mail that says how it stands for one person."""
    return min(
        rows, key=lambda row: (_BEST_FIRST.index(State(row.state)), -row.attempt), default=None
    )


def all_rows(issue: Issue) -> dict[int, list[Row]]:
    """The mails of an issue to everybody, for the hosts' page."""
    return _by_subscriber(OutgoingMail.objects.filter(key__startswith=keys.prefix(issue.pk)))


def is_to_be_sent_again(rows: Sequence[Row], *, unsure: bool) -> bool:
    """Whether somebody who is still to get newsletters has none of this issue."""
    stands = best(rows)
    if stands is None:
        return True
    return stands.is_missed or (unsure and stands.state == State.UNSURE)


def wanting() -> list[Wanting]:
    """Everybody who is to get the next, by number, hub and language."""
    rows = Subscriber.objects.getting().values_list("pk", "hub", "language")
    return [Wanting(*row) for row in rows]


def missed(
    people: Iterable[Wanting],
    editions: Sequence[Newsletter],
    rows: Mapping[int, Sequence[Row]],
    *,
    unsure: bool,
) -> int:
    """How many of these have none, although an edition for them is out."""
    return sum(
        is_to_be_sent_again(rows.get(one.pk, ()), unsure=unsure)
        and len(rows.get(one.pk, ())) <= keys.MOST_TRIES
        and not will_be_reached(one.pk, editions, hub=one.hub, language=one.language)
        for one in people
    )


def will_be_reached(
    subscriber: int, editions: Sequence[Newsletter], *, hub: str, language: str
) -> bool:
    """Whether their edition is still on its way to them, or there is none that is out."""
    edition = edition_for(editions, hub=hub, language=language)
    is_sending = edition is not None and edition.phase == Newsletter.Phase.SENDING
    return edition is None or (is_sending and subscriber > edition.upto)


def is_going(edition: Newsletter) -> bool:
    """Whether any mail of this edition has not come to its end."""
    begins = keys.prefix(edition.issue_id)
    waiting = OutgoingMail.objects.filter(state__in=[State.QUEUED, State.SENDING])
    ours = waiting.filter(key__startswith=begins, item__startswith=keys.item_of(edition.pk, ""))
    return ours.exists()


def _by_subscriber(mails: Any) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    columns = mails.values_list("pk", "key", "state", "last_error", "item")
    for pk, key, state, why, item in columns:
        subscriber = keys.subscriber_in(key)
        found[subscriber].append(Row(pk, subscriber, keys.attempt_in(key), state, why, item))
    return found
