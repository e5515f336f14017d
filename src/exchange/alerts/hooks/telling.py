"""What people are told of their own words, hosts of what waits, and searchers of what was found.
Loaded by `hooks/__init__.py`. Each handler only says whom an event concerns; the actions write."""

from datetime import datetime

from exchange.alerts import actions, deciding, saved, withdrawing
from exchange.ledger.models import Event
from exchange.ledger.registry import every, on


@on("contribution.published", "contribution.let_inside", consumer="alerts.tell_author")
def tell_author(event: Event) -> None:
    actions.tell_author_it_is_out(contribution_id=event.subject_id, by_id=event.actor_id)


@on("reply.published", "reply.let_inside", consumer="alerts.tell_answerer")
def tell_answerer(event: Event) -> None:
    actions.tell_answerer_it_is_out(reply_id=event.subject_id, by_id=event.actor_id)


@on("contribution.held", consumer="alerts.pass_note_on")
def pass_note_on(event: Event) -> None:
    actions.tell_author_it_is_held(contribution_id=event.subject_id)


@on("reply.held", consumer="alerts.pass_answer_note_on")
def pass_answer_note_on(event: Event) -> None:
    actions.tell_answerer_it_is_held(reply_id=event.subject_id)


@on("revision.held", consumer="alerts.pass_change_note_on")
def pass_change_note_on(event: Event) -> None:
    actions.tell_about_held_change(revision_id=event.subject_id)


@on("contribution.submitted", "reply.submitted", consumer="alerts.tell_hosts")
def tell_hosts(event: Event) -> None:
    actions.tell_hosts(moment=event.at)


@every(minutes=10, name="alerts.remind_hosts")
def remind_hosts(now: datetime) -> None:
    """For what came within the hour after the last mail."""
    actions.tell_hosts(moment=now)


@on("revision.accepted", consumer="alerts.tell_changer")
def tell_changer(event: Event) -> None:
    actions.tell_about_accepted_change(
        contribution_id=int(event.detail["contribution"]),
        writer_id=int(event.detail["writer"]),
        by_id=event.actor_id,
    )


@on("contribution.withdrawn", "contribution.sealed", consumer="alerts.forget_contribution")
def forget_contribution(event: Event) -> None:
    recall = bool(event.detail.get("recall"))
    withdrawing.forget_contribution(contribution_id=event.subject_id, recall=recall)


@on("reply.withdrawn", "reply.unpublished", "reply.sealed", consumer="alerts.forget_reply")
def forget_reply(event: Event) -> None:
    contribution_id = int(event.detail["contribution"])
    recall = bool(event.detail.get("recall"))
    withdrawing.forget_reply(
        contribution_id=contribution_id, reply_id=event.subject_id, recall=recall
    )


@on("contribution.withdrawn", consumer="alerts.tell_author_it_is_withdrawn")
def tell_author_it_is_withdrawn(event: Event) -> None:
    withdrawing.tell_author(contribution_id=event.subject_id, by_id=event.actor_id)


@on("reply.withdrawn", consumer="alerts.tell_answerer_it_is_withdrawn")
def tell_answerer_it_is_withdrawn(event: Event) -> None:
    withdrawing.tell_answerer(reply_id=event.subject_id, by_id=event.actor_id)


@on("contribution.confirmed", consumer="alerts.tell_it_stays")
def tell_it_stays(event: Event) -> None:
    deciding.tell_it_stays(contribution_id=event.subject_id)


@on("reply.confirmed", consumer="alerts.tell_answer_stays")
def tell_answer_stays(event: Event) -> None:
    deciding.tell_answer_stays(reply_id=event.subject_id)


@on("member.paused", consumer="alerts.tell_paused")
def tell_paused(event: Event) -> None:
    deciding.tell_paused(pause_id=int(event.detail["pause"]))


@on("member.pause_ended", consumer="alerts.tell_pause_ended")
def tell_pause_ended(event: Event) -> None:
    deciding.tell_pause_ended(member_id=event.subject_id, event_id=event.pk)


@on("search.matched", consumer="alerts.tell_searcher")
def tell_searcher(event: Event) -> None:
    saved.tell(search_id=event.subject_id, event_id=event.pk)


@on(
    "contribution.withdrawn",
    "contribution.sealed",
    "contribution.held",
    consumer="alerts.forget_match",
)
def forget_match(event: Event) -> None:
    saved.forget(contribution_id=event.subject_id)
