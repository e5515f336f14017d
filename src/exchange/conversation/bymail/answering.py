"""Answering by mail: whose token it is, who wrote, and the attempt to let the words out.
Its handler is registered by hooks; `go_on` and `change` are called by `receipts` beside it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from exchange.contributions.bymail import drafting, letters, written
from exchange.contributions.bymail.languages import written_in
from exchange.contributions.bymail.letters import Made
from exchange.contributions.bymail.strangers import in_their_language, may_be_told
from exchange.contributions.bymail.trying import Detail, Try, attempt
from exchange.contributions.bymail.unsure import CODE, ask_whether_theirs
from exchange.contributions.bymail.written import Written
from exchange.contributions.content import Content
from exchange.contributions.errors import NotAllowed
from exchange.contributions.models import OUT_STATES, Contribution, State
from exchange.contributions.voice.queries import is_voice_of
from exchange.conversation import actions, queries, rules
from exchange.conversation.models import Reply
from exchange.core.time import now
from exchange.mail.inbound import Arrived, Outcome
from exchange.mail.models import IncomingMail
from exchange.mail.receiving import keeping
from exchange.mail.receiving.answering import answer as answer_back
from exchange.mail.tokens import Token, What
from exchange.members.bymail.people import member_of
from exchange.members.models import Member


@dataclass(frozen=True)
class Aim:
    """What is answered: a contribution, or an answer to it; `first`: the mail it began with."""

    contribution: int
    parent: int = 0
    first: int = 0

    @property
    def detail(self) -> Detail:
        told: Detail = {"aim": "answer", "contribution": self.contribution, "parent": self.parent}
        return {**told, "first": self.first} if self.first else told


def answer(arrived: Arrived) -> Outcome:
    """An answer to a mail that brought somebody's words."""
    token = arrived.token
    owner = (
        Member.objects.active().filter(pk=token.person, is_demo=False).first() if token else None
    )
    if token is None or owner is None:
        return Outcome("kept", "answer-of-nobody")
    aim = aim_of(token)
    title = _title(aim, owner)
    if not arrived.is_senders_own:
        return _from_elsewhere(arrived, owner, aim.detail, title)
    if _is_own_voice(aim, owner):
        return _on_the_page_alone(arrived, owner)
    if arrived.trust == "fail":
        return ask_whether_theirs(arrived, owner, detail=aim.detail, title=title)
    return attempt(the_try(arrived, owner, written.just_now(arrived), aim))


def go_on(
    arrived: Arrived, member: Member, detail: Detail, mail: Written, *, insist: bool
) -> Outcome:
    """Words that were not sent, or new ones in their place: tried again."""
    aim = Aim(int(detail["contribution"]), int(detail.get("parent", 0)), first=mail.mail_id)
    if _is_own_voice(aim, member):
        _forget_words(mail.mail_id)
        return _on_the_page_alone(arrived, member)
    return attempt(the_try(arrived, member, mail, aim), insist=insist)


def the_try(arrived: Arrived, member: Member, mail: Written, aim: Aim) -> Try:
    """The attempt to let these words out as an answer."""

    def send(words: str, insist: bool) -> Made:
        contribution = seen_by(member, aim.contribution)
        if contribution is None:
            raise NotAllowed
        reply = _sent_already(words, member, aim) or actions.answer(
            contribution=contribution,
            author=member,
            body=words,
            language=written_in(words, member),
            parent=_parent(aim, member),
            once_key=f"mail-{mail.mail_id}"[:40],
            via="mail",
            insist=insist,
        )
        drafting.drop(key=queries.draft_key(contribution, _to(aim)), member=member)
        return made_of(reply)

    return Try(
        arrived,
        member,
        mail,
        "answer",
        aim.detail,
        send=send,
        content=_content,
        keep=lambda words: _keep(words, member, aim),
        title=_title(aim, member),
    )


def change(arrived: Arrived, member: Member, pk: int, mail: Written, *, insist: bool) -> Outcome:
    """Put these words in the place of the member's answer."""

    def present() -> Reply:
        reply = own(pk, member)
        if reply is None or not rules.may_revise_reply(member, reply):
            raise NotAllowed
        return reply

    def send(words: str, insist: bool) -> Made:
        reply = present()
        if reply.body != words:
            actions.revise_reply(
                reply=reply, body=words, by=member, version=reply.version, insist=insist
            )
        return made_of(present())

    this = Try(
        arrived,
        member,
        mail,
        "answer-change",
        {"aim": "answer", "change_of": pk, "first": mail.mail_id},
        send=send,
        content=_content,
        # The page of the change keeps no drafts; the words stand in the letter itself.
        keep=lambda _words: "",
        changed=True,
    )
    return attempt(this, insist=insist)


def take_back(pk: int, member: Member) -> bool:
    """Withdraw the answer. No when that cannot be done any more."""
    reply = own(pk, member)
    if reply is None or not rules.may_withdraw_reply(member, reply):
        return False
    actions.withdraw_reply(reply=reply, by=member)
    return True


def own(pk: int, member: Member) -> Reply | None:
    """The member's own answer, if it still stands or waits."""
    rows = Reply.objects.visible_to(member).exclude(state=State.WITHDRAWN)
    found: Reply | None = (
        rows.select_related("contribution", "author").filter(pk=pk, author=member).first()
    )
    return found


def made_of(reply: Reply) -> Made:
    """The answer as a receipt tells of it."""
    return Made(
        "reply",
        reply.pk,
        is_out=reply.is_out,
        title=reply.contribution.title,
        body=reply.body,
        path=reply.get_absolute_url(),
        picture_path=reply.contribution.get_absolute_url(),
        language=reply.language,
        is_answer=True,
    )


def seen_by(member: Member, pk: int) -> Contribution | None:
    found: Contribution | None = Contribution.objects.visible_to(member).filter(pk=pk).first()
    return found


def aim_of(token: Token) -> Aim:
    """A word to an answer stands under it; if that is gone, under the contribution."""
    if token.what == What.ANSWER:
        return Aim(token.item)
    found = Reply.objects.filter(pk=token.item).values_list("contribution_id", flat=True).first()
    return Aim(found or 0, token.item)


def _sent_already(words: str, member: Member, aim: Aim) -> Reply | None:
    """The very same words to the same thing: sent on the page meanwhile, or twice by a phone on a
    poor line."""
    parent = _parent(aim, member)
    above = (parent.parent_id or parent.pk) if parent else None
    rows = Reply.objects.visible_to(member).exclude(state=State.WITHDRAWN)
    lately = rows.filter(author=member, created_at__gt=now() - timedelta(days=1))
    same = lately.filter(contribution_id=aim.contribution, parent_id=above, body=words)
    found: Reply | None = same.select_related("contribution").order_by("pk").first()
    return found


def _parent(aim: Aim, member: Member) -> Reply | None:
    rows = Reply.objects.visible_to(member).filter(contribution_id=aim.contribution)
    standing = rows.filter(pk=aim.parent, state__in=OUT_STATES).select_related("parent")
    found: Reply | None = standing.first()
    return found


def _is_own_voice(aim: Aim, member: Member) -> bool:
    contribution = seen_by(member, aim.contribution)
    return contribution is not None and is_voice_of(member, contribution)


def _on_the_page_alone(arrived: Arrived, member: Member) -> Outcome:
    """They wrote it without their name, and a mail says who sent it: it becomes no answer, and no
    row of ours keeps what it said or what it was about."""
    with override(member.first_language):
        paper = letters.plain(
            member,
            _("This has not gone out yet"),
            _("To send it as it is, use the page."),
            path=reverse("members:me"),
        )
        answer_back(arrived, paper, code="not-out", token=None)
    _forget_words(arrived.mail_id)
    return Outcome("refused", "answer-not-out")


def _forget_words(mail_id: int) -> None:
    rows = IncomingMail.objects.filter(pk=mail_id)
    for arrival in rows.values_list("arrival", flat=True):
        keeping.forget(arrival)
    rows.update(detail={})
    rows.empty(at=now(), envelope_to="")


def _from_elsewhere(arrived: Arrived, owner: Member, detail: Detail, title: str) -> Outcome:
    """From an address that is not the owner's: somebody else's, or one we do not know."""
    other = member_of(arrived.sender)
    if arrived.sender is not None:
        if other is not None and arrived.trust != "fail":
            _tell_another(arrived, other, detail)
        return Outcome("kept", "answer-of-another", detail=detail)
    if arrived.trust == "fail":
        return Outcome("kept", "answer-of-unknown", detail=detail)
    outcome = ask_whether_theirs(
        arrived, owner, detail=detail, title=title, address=arrived.opened.from_address
    )
    if outcome.code == CODE and may_be_told(arrived):
        spoken = in_their_language(arrived)
        with override(spoken.language):
            line = letters.for_unknown(spoken.language)
            told = answer_back(spoken, line, code="stranger", token=None)
        return replace(outcome, detail={**outcome.detail, "told": told is not None})
    return outcome


def _tell_another(arrived: Arrived, other: Member, detail: Detail) -> None:
    """A mail that was passed on is answered by who got it: kindly, in their own name."""
    contribution = seen_by(other, int(detail["contribution"]))
    with override(other.first_language):
        paper = letters.plain(
            other,
            _("That mail was for somebody else"),
            _("You answered a mail that was for another member, so your words are not out."),
            _("You are welcome to answer in your own name, here:"),
            words=arrived.opened.words if arrived.is_proven else "",
            path=contribution.get_absolute_url() if contribution else reverse("members:me"),
        )
        answer_back(arrived, paper, code="for-another", token=None)


def _title(aim: Aim, member: Member) -> str:
    contribution = seen_by(member, aim.contribution)
    return contribution.title if contribution else ""


def _content(words: str) -> Content:
    return Content(title="", body=words)


def _to(aim: Aim) -> str:
    return str(aim.parent) if aim.parent else ""


def _keep(words: str, member: Member, aim: Aim) -> str:
    """As a draft of the form on the page."""
    contribution = seen_by(member, aim.contribution)
    if contribution is None:
        return ""
    key = queries.draft_key(contribution, _to(aim))
    typed = {"body": words}
    drafting.keep(key=key, member=member, kind="answer", typed=typed, about=contribution)
    parent = f"&to={aim.parent}" if aim.parent else ""
    return f"{contribution.get_absolute_url()}?draft=1{parent}#say"
