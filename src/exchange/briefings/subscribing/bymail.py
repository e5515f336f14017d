"""Getting the newsletter with nothing but an inbox: ask, say yes, answer it, stop.
Registered with `mail.inbound` by hooks. A mail that proves nothing changes nothing: its owner is
written to, and decides."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import override

from exchange.briefings.errors import NotNow
from exchange.briefings.models import Subscriber
from exchange.briefings.subscribing import actions, letters, queries
from exchange.mail import inbound
from exchange.mail.commands import command_in
from exchange.mail.inbound import Arrived, Outcome
from exchange.mail.receiving.answering import answer
from exchange.mail.small_words import said
from exchange.mail.tokens import What
from exchange.members.bymail.people import member_of

# In an answer to a newsletter these mean the newsletter.
_STOPS = ("stop", "stop-all", "newsletter-stop", "leave")


def take(arrived: Arrived) -> Outcome:
    """ "newsletter": whoever proves that the address is theirs has it at once; others are asked."""
    address = arrived.opened.from_address
    if arrived.sender is not None and member_of(arrived.sender) is None:
        return Outcome("kept", "newsletter-of-closed-account")
    if not address or arrived.trust == "fail":
        return Outcome("kept", "newsletter-not-proven")
    if not arrived.is_proven:
        actions.ask(address=address, language=arrived.language)
        return Outcome("done", "newsletter-asked")
    subscriber = actions.take_proven(address=address, language=arrived.language)
    if subscriber is None:
        return Outcome("kept", "newsletter-of-closed-account")
    with override(arrived.language):
        answer(arrived, letters.comes_now(subscriber), code="newsletter", token=None)
    return Outcome("done", "newsletter-taken", "subscriber", subscriber.pk)


def stop(arrived: Arrived) -> Outcome:
    """ "stop newsletter", to any address of ours. Where nothing proves the sender, the owner of the
    address gets the way to stop it."""
    subscriber = queries.at_address(arrived.opened.from_address)
    if arrived.trust == "fail" or subscriber is None:
        return Outcome("kept", "newsletter-not-proven")
    if arrived.is_proven:
        return _stop(arrived, subscriber)
    if subscriber.is_getting:
        with override(arrived.language):
            paper = letters.comes_already(subscriber)
            answer(arrived, paper, code="newsletter-how", token=None)
    return Outcome("done", "newsletter-stop-asked")


def confirmed(arrived: Arrived) -> Outcome:
    """The answer to the letter that asks: only a yes counts, and only from that address."""
    subscriber = _own(arrived)
    if subscriber is None:
        return Outcome("kept", "newsletter-of-another")
    with override(arrived.language):
        word = said(arrived.opened.words, arrived.opened.subject)
        if word == "no" or _command(arrived)[0] in _STOPS:
            actions.refuse(subscriber=subscriber)
            answer(arrived, letters.forgotten(), code="newsletter-no", token=None)
            return Outcome("done", "newsletter-refused")
        if word != "yes" and _command(arrived)[0] != "newsletter":
            paper = letters.yes_is_missing()
            answer(
                arrived,
                paper,
                code="newsletter-no-yes",
                token=What.NEWS_CONFIRM,
                item=subscriber.pk,
            )
            return Outcome("done", "newsletter-no-yes")
        return _confirm(arrived, subscriber)


def stopped(arrived: Arrived) -> Outcome:
    """A mail to stop+…@: whatever it says, no more newsletters."""
    subscriber = _own(arrived)
    if subscriber is None:
        return Outcome("ignored", "stop-not-the-owner")
    changed = actions.stop(subscriber=subscriber)
    return Outcome("done", "newsletter-stopped" if changed else "stopped-before")


def answered(arrived: Arrived) -> Outcome:
    """An answer to a newsletter: a word of ours, or a letter to the hosts."""
    subscriber = _own(arrived)
    code, argument = _command(arrived)
    if subscriber is not None and code in _STOPS:
        return _stop(arrived, subscriber)
    handler = inbound.command_handler(code, arrived) if arrived.sender and code else None
    if handler is not None:
        return handler(replace(arrived, argument=argument))
    if subscriber is not None:
        with override(arrived.language):
            answer(arrived, letters.with_the_hosts(), code="newsletter-answer", token=None)
    return Outcome("kept", "newsletter-answer")


def _stop(arrived: Arrived, subscriber: Subscriber) -> Outcome:
    actions.stop(subscriber=subscriber)
    with override(arrived.language):
        answer(arrived, letters.stopped(), code="newsletter-stop", token=None)
    return Outcome("done", "newsletter-stopped")


def _confirm(arrived: Arrived, subscriber: Subscriber) -> Outcome:
    try:
        row = actions.confirm(subscriber=subscriber)
    except NotNow:
        return Outcome("refused", "newsletter-too-late")
    answer(arrived, letters.comes_now(row), code="newsletter", token=None)
    return Outcome("done", "newsletter-taken", "subscriber", row.pk)


def _own(arrived: Arrived) -> Subscriber | None:
    """Whose token it is, if whoever wrote has it: a member by their token, others by the token and
    the address it was sent to."""
    token = arrived.token
    if token is None or arrived.trust == "fail":
        return None
    subscriber = Subscriber.objects.select_related("member").filter(pk=token.item).first()
    if subscriber is None:
        return None
    theirs = queries.is_theirs(subscriber, arrived.opened.from_address)
    return subscriber if theirs else None


def _command(arrived: Arrived) -> tuple[str, str]:
    return command_in(arrived.opened.words, arrived.opened.subject) or ("", "")
