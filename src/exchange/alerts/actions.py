"""Telling people of their own words, and hosts of what waits: each verb writes at most one mail to
one person, and may be called again. Called by `hooks.telling` for what the ledger says has
happened; whether it is still so is asked here. What is new from others is in `telling`."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import override

from exchange.alerts import letters, queries
from exchange.alerts.writing import write
from exchange.contributions import mails
from exchange.contributions.models import PUBLIC_STATES, Contribution, Decision, Revision, State
from exchange.conversation.models import Reply, ReplyDecision

HOSTS_AT_MOST_EVERY = timedelta(hours=1)
KEPT_BACK = (Decision.What.HOLD, Decision.What.REWRITE)


def tell_author_it_is_out(*, contribution_id: int, by_id: int | None) -> None:
    """Only if it waited: who published it themselves knows."""
    row = _out(contribution_id)
    author = queries.reachable_member(row.author_id) if row else None
    if row is None or author is None or author.pk == by_id:
        return
    decision = row.decisions.filter(what=Decision.What.PUBLISH).first()
    with override(author.first_language):
        letter = letters.out(row, decision.note if decision else "")
    # A second publication, after another host's look, is told again.
    key = f"{_about(row.pk)}:out:{decision.pk if decision else 0}"
    write(author, letter, key, thread=row.pk)


def tell_answerer_it_is_out(*, reply_id: int, by_id: int | None) -> None:
    """The same for an answer."""
    reply = queries.published_reply(reply_id) or queries.reply_inside(reply_id)
    author = queries.reachable_member(reply.author_id) if reply else None
    if reply is None or author is None or author.pk == by_id:
        return
    with override(author.first_language):
        letter = letters.answer_out(reply)
    decision = reply.decisions.filter(what=ReplyDecision.What.PUBLISH).first()
    key = f"{_about_reply(reply)}:out:{decision.pk if decision else 0}"
    write(author, letter, key, thread=reply.contribution_id)


def tell_author_it_is_held(*, contribution_id: int) -> None:
    """The host's note, if it is still held: what was rewritten since has no use for it."""
    row = Contribution.objects.filter(pk=contribution_id, state=State.HELD).first()
    author = queries.reachable_member(row.author_id) if row else None
    decision = row.decisions.filter(what__in=KEPT_BACK).first() if row else None
    if row is None or author is None or decision is None:
        return
    rewrite = decision.what == Decision.What.REWRITE
    with override(author.first_language):
        letter = letters.kept_back(row, decision.note, rewrite=rewrite)
    write(author, letter, f"{_about(row.pk)}:note:{decision.pk}", thread=row.pk)


def tell_answerer_it_is_held(*, reply_id: int) -> None:
    """The same for an answer."""
    rows = Reply.objects.filter(state=State.HELD).select_related("contribution")
    reply = rows.filter(pk=reply_id).first()
    author = queries.reachable_member(reply.author_id) if reply else None
    decision = reply.decisions.filter(what__in=KEPT_BACK).first() if reply else None
    if reply is None or author is None or decision is None:
        return
    rewrite = decision.what == ReplyDecision.What.REWRITE
    with override(author.first_language):
        letter = letters.answer_kept_back(reply, decision.note, rewrite=rewrite)
    key = f"{_about_reply(reply)}:note:{decision.pk}"
    write(author, letter, key, thread=reply.contribution_id)


def tell_about_held_change(*, revision_id: int) -> None:
    """To whoever wanted to change a published text that still stands."""
    rows = Revision.objects.filter(state=State.HELD).select_related("contribution")
    row = rows.filter(pk=revision_id).first()
    writer = queries.reachable_member(row.by_id) if row else None
    stands = row is not None and (row.contribution.is_public or row.contribution.is_out)
    if row is None or writer is None or not stands:
        return
    decision = row.contribution.decisions.filter(what=Decision.What.HOLD).first()
    with override(writer.first_language):
        letter = letters.change_kept_back(row.contribution, decision.note if decision else "")
    key = f"{_about(row.contribution_id)}:change:{row.pk}"
    write(writer, letter, key, thread=row.contribution_id)


def tell_about_accepted_change(*, contribution_id: int, writer_id: int, by_id: int | None) -> None:
    """To whoever wanted to change a published text, if it still stands."""
    row = _out(contribution_id)
    writer = queries.reachable_member(writer_id) if row else None
    if row is None or writer is None or writer.pk == by_id:
        return
    with override(writer.first_language):
        letter = letters.change_out(row)
    key = f"{_about(contribution_id)}:change-out:{row.version}"
    write(writer, letter, key, thread=contribution_id)


def tell_hosts(*, moment: datetime) -> None:
    """That something came since they were last told; each host at most once an hour."""
    waiting = queries.waiting()
    if waiting.newest is None:
        return
    for host in queries.reachable().hosts():
        prefix = f"alert:waiting:{host.pk}:"
        told, last = queries.mails_so_far(prefix)
        if last and (waiting.newest <= last or moment - last < HOSTS_AT_MOST_EVERY):
            continue
        with override(host.first_language):
            letter = letters.waiting(waiting.count)
        # Numbered, so that two workers who see the same hour write the same mail.
        write(host, letter, f"{prefix}{told + 1}")


def _out(contribution_id: int) -> Contribution | None:
    """Their own words, let out to everybody or inside their group."""
    states = (*PUBLIC_STATES, State.INSIDE)
    found: Contribution | None = Contribution.objects.filter(
        pk=contribution_id, state__in=states
    ).first()
    return found


def _about(contribution_id: int) -> str:
    return mails.about(contribution_id)


def _about_reply(reply: Reply) -> str:
    return mails.about_reply(reply.contribution_id, reply.pk)
