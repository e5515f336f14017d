"""What somebody answers by mail to a private message: their words go on, or they are told why not.
Its handlers are registered by hooks. Nothing of it is kept for hosts: it is between two people."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from exchange.contributions.bymail import written
from exchange.contributions.bymail.unsure import as_if_from
from exchange.contributions.content import Content
from exchange.contributions.errors import Noticed, SpineError
from exchange.contributions.noticing import passages_at
from exchange.corresponding import letters, queries, rules, why
from exchange.corresponding.actions import answering, writing
from exchange.corresponding.errors import Rewrite
from exchange.corresponding.models import Correspondence, Message
from exchange.mail.commands import command_in
from exchange.mail.inbound import Arrived, Outcome
from exchange.mail.paper import Paper
from exchange.mail.receiving.answering import answer as answer_back
from exchange.mail.small_words import said
from exchange.mail.tokens import What
from exchange.members.models import Member

DONE, REFUSED, IGNORED = "done", "refused", "ignored"
_STOPS = ("stop", "stop-all")


@dataclass(frozen=True)
class Matter:
    """Whose mail it is, and to which correspondence it belongs."""

    arrived: Arrived
    member: Member
    row: Correspondence
    words: str
    left_out: int = 0

    def tell(self, paper: Paper, code: str) -> None:
        item = self.row.pk
        answer_back(self.arrived, paper, code=code, token=What.MESSAGE, item=item)


def take(arrived: Arrived) -> Outcome:
    """An answer to a letter of ours about a private message."""
    token = arrived.token
    members = Member.objects.active().filter(is_demo=False)
    member = members.filter(pk=token.person).first() if token else None
    row = queries.one(token.item, member) if token and member is not None else None
    if row is None or member is None:
        return Outcome(IGNORED, "message-gone")
    with override(member.first_language):
        if not arrived.is_senders_own or arrived.trust == "fail":
            return _from_elsewhere(arrived, member, row)
        mail = written.just_now(arrived)
        left = mail.lines_left_out + mail.pictures + mail.documents
        return _answered(Matter(arrived, member, row, mail.words, left))


def stopped(arrived: Arrived) -> Outcome:
    """A mail to the address that stops letters about messages."""
    token = arrived.token
    member = Member.objects.active().filter(pk=token.person).first() if token else None
    if member is None:
        return Outcome(IGNORED, "message-gone")
    answering.choose(member=member, by_mail=False)
    return Outcome(DONE, "message-stopped")


def _answered(matter: Matter) -> Outcome:
    command = command_in(matter.words, matter.arrived.opened.subject)
    if command and command[0] in _STOPS:
        answering.choose(member=matter.member, by_mail=False)
        return _decided(matter, _("You get no more mails about messages from members."), "stopped")
    if not matter.words:
        return _not_sent(matter, [_("We found no words of yours in your mail.")], "empty")
    is_request = matter.row.state == matter.row.State.ASKED
    if is_request and not matter.row.is_asker(matter.member):
        code = said(matter.words)
        if code == "yes":
            answering.accept(row=matter.row, by=matter.member)
            return _decided(matter, _("You may write to each other now."), "accepted")
        if code == "no":
            answering.leave(row=matter.row, by=matter.member)
            return _decided(matter, _("You let it be. Nobody is told."), "left")
    return _send(matter)


def _send(matter: Matter) -> Outcome:
    to = matter.row.other(matter.member)
    if to is None:
        return _not_sent(matter, [why.words_for("no-messages", matter.member)], "no-messages")
    if len(matter.words) > rules.LONGEST:
        return _not_sent(matter, [why.too_long(rules.LONGEST)], "too-long")
    try:
        message = writing.write(
            by=matter.member,
            to=to,
            text=matter.words,
            once_key=f"mail-{matter.arrived.mail_id}",
            via=Message.Via.MAIL,
        )
    except Noticed as seen:
        return _noticed(matter, seen)
    except SpineError as refusal:
        return _not_sent(matter, [why.words_of(refusal, matter.member)], "refused")
    path = matter.row.get_absolute_url()
    matter.tell(letters.sent(matter.member, to, path, left_out=matter.left_out), "sent")
    return Outcome(DONE, "message-sent", "message", message.pk)


def _noticed(matter: Matter, seen: Noticed) -> Outcome:
    passages = passages_at(seen, Content(title="", body=matter.words), lambda _name: ("", ""))
    ways = _("Please leave it out and answer with the changed text.")
    if not isinstance(seen, Rewrite):
        ways = f"{ways} {_('To send it as it is, use the page.')}"
    return _not_sent(matter, [*letters.noticed(passages), ways], "noticed")


def _not_sent(matter: Matter, reasons: list[str], code: str) -> Outcome:
    path = matter.row.get_absolute_url()
    paper = letters.not_sent(matter.member, reasons, words=matter.words, path=path)
    matter.tell(paper, code)
    return Outcome(REFUSED, f"message-{code}")


def _decided(matter: Matter, heading: str, code: str) -> Outcome:
    paper = letters.decided(matter.member, heading, reverse("corresponding:messages"))
    answer_back(matter.arrived, paper, code=code, token=None)
    return Outcome(DONE, f"message-{code}")


def _from_elsewhere(arrived: Arrived, member: Member, row: Correspondence) -> Outcome:
    """From an address that is not theirs, or that its own domain disowns: nothing goes on. Its
    owner hears of it at their own address, without a word of what somebody else wrote."""
    if arrived.sender is not None and not arrived.is_senders_own:
        return Outcome(IGNORED, "message-of-another")
    reason = _(
        "Somebody answered a message that was for you from another address, or in your name, and we"
        " could not make sure that it was you. If it was you, answer on the page."
    )
    path = row.get_absolute_url()
    paper = letters.not_sent(member, [reason], words="", path=path, answerable=False)
    answer_back(as_if_from(member, arrived), paper, code="was-it-you", token=None)
    return Outcome(REFUSED, "message-unsure")
