"""Changing and taking back by mail what one has shared, and taking up again what was not sent.
Called by the handler of receipts, which stands in conversation."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.urls import reverse

from exchange.contributions import actions, kinds, rules
from exchange.contributions.actions import content_of
from exchange.contributions.bymail import drafting, written
from exchange.contributions.bymail.letters import Made
from exchange.contributions.bymail.sharing import Aim, made_of, organisation_alone, the_try
from exchange.contributions.bymail.titles import titled
from exchange.contributions.bymail.trying import Detail, Try, attempt
from exchange.contributions.bymail.written import Written
from exchange.contributions.content import Content
from exchange.contributions.errors import NotAllowed
from exchange.contributions.models import Contribution, Experience, State
from exchange.mail.inbound import Arrived, Outcome
from exchange.mail.models import IncomingMail
from exchange.members.models import Member


def own(pk: int, member: Member) -> Contribution | None:
    """The member's own contribution, if it still stands or waits."""
    rows = Contribution.objects.visible_to(member).exclude(state=State.WITHDRAWN)
    row: Contribution | None = rows.filter(pk=pk, author=member).first()
    return row


def go_on(
    arrived: Arrived, member: Member, row: IncomingMail, mail: Written, *, insist: bool
) -> Outcome:
    """Words that were not sent, or new ones in their place: tried again."""
    said = row.detail
    aim = Aim(
        str(said["aim"]),
        str(said.get("hub", "")),
        is_new=True,
        space=int(said.get("space", 0)),
        first=mail.mail_id,
    )
    if row.outcome.endswith("-whose-notice") and organisation_alone(mail.words):
        aim = replace(aim, named_in=mail.source)
        before = written.tried(row)
        mail = replace(before, mail_id=mail.mail_id, subject=mail.subject, answers_something=False)
    elif said.get("named_in"):
        aim = replace(aim, named_in=int(said["named_in"]))
    return attempt(the_try(arrived, member, mail, aim), insist=insist)


def change(arrived: Arrived, member: Member, pk: int, mail: Written, *, insist: bool) -> Outcome:
    """Put these words in the place of those that stand."""
    row, this = own(pk, member), _Change(member, pk, mail)
    detail: Detail = {"aim": row.kind if row else "", "change_of": pk, "first": mail.mail_id}
    code = f"{row.kind if row else 'share'}-change"
    return attempt(
        Try(
            arrived,
            member,
            mail,
            code,
            detail,
            send=this.send,
            content=lambda words: _changed(this.present(), words, mail),
            keep=this.keep,
            title=row.title if row else "",
            changed=True,
        ),
        insist=insist,
    )


@dataclass(frozen=True)
class _Change:
    """One change of one's own contribution."""

    member: Member
    pk: int
    mail: Written

    def present(self) -> Contribution:
        """The row as it stands now. Raises NotAllowed."""
        found = own(self.pk, self.member)
        if found is None or not rules.may_revise(self.member, found):
            raise NotAllowed
        full: Contribution = kinds.get(found.kind).full(found)
        return full

    def send(self, words: str, insist: bool) -> Made:
        full = self.present()
        content = _changed(full, words, self.mail)
        if _as_it_stands(full, content):
            return made_of(full)
        key, main = _draft_key(full), _main(full)
        stands = actions.revise(
            contribution=full, content=content, by=self.member, version=full.version, insist=insist
        )
        drafting.drop(key=key, member=self.member, main=main)
        shown = made_of(self.present())
        return shown if stands else replace(shown, is_out=False, body=content.whole)

    def keep(self, words: str) -> str:
        row = own(self.pk, self.member)
        if row is None:
            return ""
        content = _changed(kinds.get(row.kind).full(row), words, self.mail)
        key = _draft_key(row)
        typed = {"title": content.title, "body": content.body, **content.parts}
        drafting.keep(
            key=key, member=self.member, kind=row.kind, typed=typed, main=_main(row), about=row
        )
        return f"{reverse('contributions:revise', args=[row.pk])}?draft={key}"


def take_back(pk: int, member: Member) -> bool:
    """Withdraw it. No when that cannot be done any more."""
    row = own(pk, member)
    if row is None or not rules.may_withdraw(member, row):
        return False
    actions.withdraw(contribution=row, by=member)
    return True


def _changed(full: Contribution, words: str, mail: Written) -> Content:
    """The words in the place of the body, or of what was done. A title that was the first sentence
    is the new first sentence."""
    parts = {name: getattr(full, name, "") for name, _heading in Experience.PARTS}
    if full.kind == "experience":
        return content_of(full, title=full.title, body="", parts={**parts, "did": words})
    before = titled(mail.subject, full.body or full.title)
    said = titled(mail.subject, words)
    if before.from_words and before.title == full.title:
        return content_of(full, title=said.title, body=said.body)
    body = said.body if said.title == full.title else words
    return content_of(full, title=full.title, body=body)


def _as_it_stands(full: Contribution, content: Content) -> bool:
    if full.kind == "experience":
        return bool(getattr(full, "did", "") == content.parts.get("did"))
    return (full.title, full.body) == (content.title, content.body)


def _main(row: Contribution) -> str:
    return "did" if row.kind == "experience" else "body"


def _draft_key(row: Contribution) -> str:
    return f"revise-{row.pk}-{row.version}"
