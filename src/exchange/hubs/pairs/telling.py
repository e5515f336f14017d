"""The letters of a pair: the asking, the question of the month, what the other wrote, the end.
Called by the hooks, views and handlers of mail of this matter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import override

from exchange.core import ids, time
from exchange.hubs.errors import NotNow
from exchange.hubs.models import Pair
from exchange.hubs.pairs import actions, letters, rules
from exchange.ledger.models import Event
from exchange.mail.actions import About, drop_queued, queue
from exchange.mail.actions import Queued as Letter
from exchange.mail.headers import list_headers, reply_to
from exchange.mail.models import OutgoingMail
from exchange.mail.paper import Paper
from exchange.mail.tokens import What
from exchange.members.models import Member

PURPOSE = "space-pair"
State = Pair.State


def tell(event: Event) -> None:
    """Asked, begun or ended: to both, but to nobody what they did themselves."""
    pair = _pair(event.subject_id)
    what = event.kind.partition(".")[2]
    if pair is None or not _still_so(pair, what):
        return
    write = {"asked": letters.asked, "begun": letters.begun, "ended": letters.ended}[what]
    if what == "ended":
        drop_queued(key_prefix=f"{PURPOSE}:{pair.pk}:")
        if not (pair.first_agreed_at and pair.second_agreed_at):
            return
    for member in (pair.first, pair.second):
        if what == "ended" and member.pk == event.actor_id:
            continue
        token = What.PAIR_ASKED if what == "asked" else What.PAIR_PROMPT
        _queue(pair, member, f"{what}:{event.pk}", token, lambda who: write(pair, who))


def ask_due(*, at: datetime) -> None:
    """The question of the month, to both."""
    for pk in actions.due(at.date()):
        with transaction.atomic():
            pair = actions.take_turn(pair_id=pk, day=at.date())
            if pair is None:
                continue
            number = pair.asked - 1
            for member in (pair.first, pair.second):
                _queue(
                    pair,
                    member,
                    f"question:{number}",
                    What.PAIR_PROMPT,
                    lambda who, row=pair, n=number: letters.of_the_month(row, who, n),  # type: ignore[misc]
                )


def carry(*, pair: Pair, member: Member, words: str, key: str = "", origin: str = "web") -> None:
    """What one of them wrote goes to the other. `key`: the same mail is carried once. Raises NotNow,
    also when enough went to and fro today, and Stopped."""
    with transaction.atomic():
        said = actions.write(pair=pair, member=member, words=words, origin=origin)
        other = pair.other_of(member)
        begins = f"{PURPOSE}:{pair.pk}:words:{member.pk}:"
        today = OutgoingMail.objects.filter(
            key__startswith=begins, created_at__gt=time.now() - timedelta(days=1)
        )
        if today.count() >= rules.MOST_LETTERS_A_DAY:
            raise NotNow
        what = f"words:{member.pk}:{key or ids.new_id()}"
        _queue(
            pair,
            other,
            what,
            What.PAIR_PROMPT,
            lambda who: letters.from_the_other(pair, who, said),
            shown_from=member.shown_name,
        )


def still_goes(mail: OutgoingMail) -> str:
    """Not when it was paused or ended, or one of them blocked the other."""
    number = mail.item.partition(":")[2]
    pair = _pair(int(number) if number.isdecimal() else 0)
    if pair is None:
        return "pair-over"
    if mail.key.split(":")[2] == "ended":
        return ""
    over = pair.state in (State.ENDED, State.PAUSED) or not pair.space.is_open
    return "pair-over" if over or not actions.may_meet(pair.first, pair.second) else ""


def _still_so(pair: Pair, what: str) -> bool:
    wanted = {"asked": State.ASKED, "begun": State.LIVING, "ended": State.ENDED}
    return pair.state == wanted[what]


def _pair(pk: int) -> Pair | None:
    found: Pair | None = (
        Pair.objects.select_related("space", "first", "second").filter(pk=pk).first()
    )
    return found


def _queue(
    pair: Pair,
    member: Member,
    what: str,
    token: What,
    write: Callable[[Member], Paper],
    *,
    shown_from: str = "",
) -> None:
    if member.is_demo or not member.is_active or member.erased_at is not None:
        return
    with override(member.first_language):
        paper = write(member)
    listed = list_headers(
        name="Pairs",
        slug="pairs",
        what=What.PAIR_STOP,
        person=member.pk,
        item=pair.pk,
        stop_at="hubs:pair-stop",
    )
    queue(
        Letter(
            to=member.email,
            subject=paper.subject,
            text=paper.text,
            html=paper.html,
            language=paper.language,
            purpose=PURPOSE,
            key=f"{PURPOSE}:{pair.pk}:{what}:{member.pk}",
            headers={**listed, **reply_to(what=token, person=member.pk, item=pair.pk)},
            about=About(person=member.pk, item=f"pair:{pair.pk}", shown_from=shown_from),
        )
    )
