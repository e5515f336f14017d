"""Letters about what hosts decide: pauses, another host's look, and asking for one.
Called by `hooks.py`, and by the desk for what the other hosts are told."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import override

from exchange.alerts import letters, queries
from exchange.alerts.writing import write
from exchange.contributions.models import Contribution, Decision
from exchange.conversation.models import Reply, ReplyDecision
from exchange.members.models import Member, Pause


def tell_paused(*, pause_id: int) -> None:
    """Kindly, with the day it ends; unless it is over already."""
    pause = Pause.objects.filter(pk=pause_id).first()
    member = queries.reachable_member(pause.member_id) if pause else None
    if pause is None or member is None or pause.is_over:
        return
    with override(member.first_language):
        letter = letters.paused(pause.until, pause.note)
    write(member, letter, f"alert:pause:{pause.pk}")


def tell_pause_ended(*, member_id: int, event_id: int) -> None:
    """A host ended it before its day."""
    member = queries.reachable_member(member_id)
    if member is None or member.paused_until is not None:
        return
    with override(member.first_language):
        letter = letters.pause_ended()
    write(member, letter, f"alert:pause-ended:{event_id}")


def tell_it_stays(*, contribution_id: int) -> None:
    """To an author who asked for another host."""
    row = Contribution.objects.filter(pk=contribution_id, sealed_at=None).first()
    author = queries.reachable_member(row.author_id) if row else None
    last = row.decisions.filter(what=Decision.What.CONFIRM).first() if row else None
    if author is not None and last is not None:
        _stays(author, last.note, f"alert:stays:contribution:{contribution_id}:{last.pk}")


def tell_answer_stays(*, reply_id: int) -> None:
    """The same for an answer."""
    row = Reply.objects.filter(pk=reply_id, sealed_at=None).first()
    author = queries.reachable_member(row.author_id) if row else None
    last = row.decisions.filter(what=ReplyDecision.What.CONFIRM).first() if row else None
    if author is not None and last is not None:
        _stays(author, last.note, f"alert:stays:reply:{reply_id}:{last.pk}")


def tell_other_hosts(*, host_ids: Iterable[int], appeal_id: int) -> None:
    """That an author asks for their look; the desk says who they are."""
    for host in queries.reachable().hosts().filter(pk__in=list(host_ids)):
        with override(host.first_language):
            letter = letters.appeal()
        write(host, letter, f"alert:appeal:{appeal_id}:{host.pk}")


def _stays(author: Member, note: str, key: str) -> None:
    with override(author.first_language):
        letter = letters.looked_again(note)
    write(author, letter, key)
