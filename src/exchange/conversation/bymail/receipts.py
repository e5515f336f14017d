"""What people answer to our letter about a mail of theirs: undo, restore, send, yes, or other words.
The letter's token carries the number of that mail. Its handlers are registered by hooks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from difflib import SequenceMatcher

from django.utils.translation import gettext as _
from django.utils.translation import override

from exchange.contributions.bymail import changing, letters, written
from exchange.contributions.bymail.sharing import made_of
from exchange.contributions.bymail.trying import Detail, settle
from exchange.contributions.bymail.unsure import CODE, COMMAND, as_if_from, ask_whether_theirs
from exchange.contributions.bymail.written import Written
from exchange.conversation.bymail import answering
from exchange.core.time import now
from exchange.mail import inbound
from exchange.mail.commands import command_in
from exchange.mail.inbound import Arrived, Outcome, Sender
from exchange.mail.models import IncomingMail
from exchange.mail.paper import Paper
from exchange.mail.reading.opened import Opened
from exchange.mail.receiving.answering import answer as answer_back
from exchange.mail.small_words import said
from exchange.mail.tokens import Token, What
from exchange.members.bymail.people import member_of
from exchange.members.models import Member

UNDO_ASKED = "undo-asked"
CHANGE_ASKED = "change-asked"
# How alike a correction is to what stands, at least; "thank you" is no correction.
ALIKE = 0.4
# What is noted on a mail and stays true of the answer to our letter about it.
_CARRIED = ("aim", "hub", "named_in", "contribution", "parent", "change_of")


@dataclass(frozen=True)
class Matter:
    """Who answers, with what, and the mail of theirs it is about. `first` is the one in which the
    matter began; its subject is the title."""

    arrived: Arrived
    member: Member
    row: IncomingMail
    first: IncomingMail

    @property
    def detail(self) -> Detail:
        kept = {name: self.row.detail[name] for name in _CARRIED if name in self.row.detail}
        return {**kept, "first": self.first.pk}

    @property
    def is_answer(self) -> bool:
        return self.row.made_type == "reply" or self.row.detail.get("aim") == "answer"

    @property
    def in_time(self) -> bool:
        until = self.row.undo_until
        return until is not None and now() <= until

    def again(self, new: Written | None = None) -> Written:
        """The words that were tried with that mail, or new ones, as part of the same matter."""
        mail = new or written.tried(self.row)
        if self.first.pk != mail.mail_id:
            mail = replace(mail, subject=written.earlier(self.first).subject)
        return replace(mail, mail_id=self.first.pk, answers_something=False)


def answered(arrived: Arrived) -> Outcome:
    """Somebody answered a receipt, or a letter that said why something did not go out."""
    matter = _matter(arrived)
    if matter is None:
        return Outcome("kept", "receipt-of-nobody")
    if not arrived.is_senders_own or arrived.trust == "fail":
        return _unsure(matter)
    with override(matter.member.first_language):
        if matter.row.outcome in (UNDO_ASKED, CHANGE_ASKED):
            return _after_asking(matter)
        return _settled(matter)


def to_a_letter(arrived: Arrived) -> Outcome:
    """An answer to a mail that brought somebody's words. Whoever says "undo" there means the words
    they sent a moment ago: nobody answers a question with it."""
    token = arrived.token
    meant = said(arrived.opened.words) in ("undo", "restore", "send")
    if token is None or not meant or not arrived.is_senders_own:
        return answering.answer(arrived)
    about = answering.aim_of(token).contribution
    lately = IncomingMail.objects.filter(
        person=token.person, detail__contribution=about, received_at__gt=now() - timedelta(days=1)
    )
    last = lately.exclude(pk=arrived.mail_id).order_by("-pk").first()
    if last is None:
        return answering.answer(arrived)
    return answered(replace(arrived, token=Token(What.RECEIPT, token.person, last.pk, None)))


def confirmed(arrived: Arrived) -> Outcome:
    """The owner says whether words that came in their name are theirs. The token went to their
    own address: whoever has it reads their mail, whatever their mail server thinks of today."""
    matter = _matter(arrived)
    if matter is None or matter.row.detail.get("owner") != matter.member.pk:
        return Outcome("kept", "confirm-of-nobody")
    is_command = matter.row.detail.get("aim") == COMMAND
    is_over = is_command and matter.row.outcome != CODE
    if matter.row.made_id or matter.row.outcome.endswith("-denied") or is_over:
        return Outcome("done", "confirmed-before")
    if arrived.sender is not None and not arrived.is_senders_own:
        return Outcome("kept", "confirm-from-another")
    matter = replace(matter, arrived=as_if_from(matter.member, arrived))
    code = said(arrived.opened.words, arrived.opened.subject)
    with override(matter.member.first_language):
        if code == "yes":
            return _carried_out(matter) if is_command else _meant(matter)
        if code == "no":
            row = IncomingMail.objects.filter(pk=matter.row.pk)
            row.update(state=IncomingMail.State.KEPT, outcome="answer-of-denied")
            heading = _("Thank you. It stays as it is.")
            _tell(matter, letters.plain(matter.member, heading, _("A host will look at it.")), code)
            return Outcome("done", "confirm-denied")
        return _not_understood(matter)


def _matter(arrived: Arrived) -> Matter | None:
    token = arrived.token
    row = IncomingMail.objects.filter(pk=token.item, blanked_at=None).first() if token else None
    members = Member.objects.active().filter(is_demo=False)
    member = members.filter(pk=token.person).first() if token else None
    if token is None or row is None or member is None:
        return None
    number = row.detail.get("first")
    first = IncomingMail.objects.filter(pk=number).first() if number else None
    return Matter(_by_owner(arrived, member), member, row, first or row)


def _carried_out(matter: Matter) -> Outcome:
    """The command that came in their name is theirs."""
    row, member = matter.row, matter.member
    opened = replace(matter.arrived.opened, words=row.words, subject=row.subject)
    found = command_in(row.words, row.subject, free=bool(row.detail.get("free")))
    handler = inbound.commands.get(found[0]) if found else None
    if found is None or handler is None:
        return _not_understood(matter)
    sender = Sender(member.pk, member.email, member.first_language)
    outcome = handler(
        replace(
            matter.arrived,
            opened=opened,
            sender=sender,
            token=None,
            trust="pass",
            argument=found[1],
        )
    )
    IncomingMail.objects.filter(pk=row.pk).update(
        state=IncomingMail.State.DONE, outcome=outcome.code
    )
    return outcome


def _meant(matter: Matter) -> Outcome:
    """The words that came in their name are theirs: let them out, or do what they say."""
    about = IncomingMail.objects.filter(pk=matter.row.detail.get("about", 0)).first()
    if about is None:
        outcome = _go_on(matter, matter.again(), insist=False)
    else:
        then = Opened(words=matter.row.words, subject=matter.row.subject)
        said_then = replace(matter, arrived=replace(matter.arrived, opened=then), row=about)
        outcome = _settled(said_then)
    settle(matter.row, outcome)
    return outcome


def _settled(matter: Matter) -> Outcome:
    """What comes of it, noted on the earlier mails of the same matter too."""
    if matter.row.made_id:
        return _done(matter)
    outcome = _not_done(matter)
    for row in {matter.row, matter.first}:
        settle(row, outcome)
    return outcome


def _by_owner(arrived: Arrived, member: Member) -> Arrived:
    return arrived if arrived.sender else replace(arrived, language=member.first_language)


def _unsure(matter: Matter) -> Outcome:
    """A receipt answered from elsewhere changes nothing before its owner says so."""
    arrived, other = matter.arrived, member_of(matter.arrived.sender)
    if arrived.sender is not None and other is not None and not arrived.is_senders_own:
        return Outcome("kept", "receipt-of-another")
    if arrived.sender is None and arrived.trust == "fail":
        return Outcome("kept", "receipt-of-unknown")
    detail = {**matter.detail, "about": matter.row.pk}
    address = "" if arrived.sender else arrived.opened.from_address
    return ask_whether_theirs(arrived, matter.member, detail=detail, address=address)


def _done(matter: Matter) -> Outcome:
    """What it is about stands or waits: taken back, put together again, or changed."""
    code = said(matter.arrived.opened.words, matter.arrived.opened.subject)
    if code == "undo":
        return _take_back(matter) if matter.in_time else _ask_to_undo(matter)
    if code == "restore":
        return _change(matter, matter.again().put_together())
    mail = matter.again(written.just_now(matter.arrived))
    if code or not mail.words:
        return _not_understood(matter)
    if matter.in_time and _is_alike(mail.words, matter):
        return _change(matter, mail)
    return _ask_to_change(matter, mail.words)


def _not_done(matter: Matter) -> Outcome:
    """It did not go out: sent as it is, put together again, dropped, or written anew."""
    code = said(matter.arrived.opened.words, matter.arrived.opened.subject)
    if code in ("send", "yes"):
        insist = matter.row.outcome.endswith("-noticed")
        return _go_on(matter, matter.again(), insist=insist)
    if code == "restore":
        return _go_on(matter, matter.again().put_together(), insist=False)
    if code in ("undo", "no"):
        heading = _("Nothing has gone out")
        _tell(matter, letters.plain(matter.member, heading, _("We leave it at that.")), "left")
        return Outcome("done", "left-unsent")
    return _go_on(matter, matter.again(written.just_now(matter.arrived)), insist=False)


def _after_asking(matter: Matter) -> Outcome:
    """We asked whether to do it: yes, or nothing happens."""
    code = said(matter.arrived.opened.words, matter.arrived.opened.subject)
    if code not in ("yes", "undo"):
        return _not_understood(matter)
    if matter.row.outcome == UNDO_ASKED:
        return _take_back(matter)
    if code == "undo":
        return _not_understood(matter)
    return _change(matter, matter.again())


def _go_on(matter: Matter, mail: Written, *, insist: bool) -> Outcome:
    this, detail = matter.arrived, matter.row.detail
    changed = detail.get("change_of")
    if changed:
        return _changed(matter, int(changed), mail, insist=insist)
    if matter.is_answer:
        return answering.go_on(this, matter.member, detail, mail, insist=insist)
    return changing.go_on(this, matter.member, matter.row, mail, insist=insist)


def _change(matter: Matter, mail: Written) -> Outcome:
    return _changed(matter, matter.row.made_id or 0, mail, insist=False)


def _changed(matter: Matter, pk: int, mail: Written, *, insist: bool) -> Outcome:
    by = answering.change if matter.is_answer else changing.change
    return by(matter.arrived, matter.member, pk, mail, insist=insist)


def _take_back(matter: Matter) -> Outcome:
    by = answering.take_back if matter.is_answer else changing.take_back
    if not by(matter.row.made_id or 0, matter.member):
        said_so = _("It is not there any more, or it is with the hosts now.")
        _tell(
            matter, letters.plain(matter.member, _("This could not be taken back"), said_so), "no"
        )
        return Outcome("refused", "undo-too-late")
    _tell(matter, letters.taken_back(matter.member), "undone")
    return Outcome("done", "undone")


def _ask_to_undo(matter: Matter) -> Outcome:
    question = _("You asked us to take back what you wrote. It has been there for some time.")
    _tell(matter, letters.sure(matter.member, question, path=_path(matter)), UNDO_ASKED)
    return _asked(matter, UNDO_ASKED)


def _ask_to_change(matter: Matter, words: str) -> Outcome:
    question = _("You answered our letter. Shall these words take the place of what stands now?")
    letter = letters.sure(matter.member, question, words=words, path=_path(matter))
    _tell(matter, letter, CHANGE_ASKED)
    return _asked(matter, CHANGE_ASKED)


def _asked(matter: Matter, code: str) -> Outcome:
    row = matter.row
    return Outcome("done", code, row.made_type, row.made_id, detail=matter.detail)


def _not_understood(matter: Matter) -> Outcome:
    heading = _("We did not understand that")
    words = matter.arrived.opened.words
    why = _("Please answer our last letter with one of the words it names. Nothing has changed.")
    letter = letters.plain(matter.member, heading, why, words=words, path=_path(matter))
    _tell(matter, letter, "not-understood")
    return Outcome("refused", "not-understood", detail=matter.detail)


def _tell(matter: Matter, paper: Paper, code: str) -> None:
    answer_back(matter.arrived, paper, code=code)


def _path(matter: Matter) -> str:
    made = _made(matter)
    return made.path if made else ""


def _made(matter: Matter) -> letters.Made | None:
    if not matter.row.made_id:
        return None
    if matter.is_answer:
        reply = answering.own(matter.row.made_id, matter.member)
        return answering.made_of(reply) if reply else None
    row = changing.own(matter.row.made_id, matter.member)
    return made_of(row) if row else None


def _is_alike(words: str, matter: Matter) -> bool:
    """Whether these words look like a correction of those that stand."""
    made = _made(matter)
    stands = (made.body or made.title) if made else ""
    if len(words) * 3 >= len(stands) * 2 and len(words.split()) > 3:
        return True
    pairs = SequenceMatcher(None, words.casefold().split(), stands.casefold().split())
    return pairs.ratio() >= ALIKE
