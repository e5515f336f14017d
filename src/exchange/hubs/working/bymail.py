"""Taking part in a group by answering its letters: come, propose a point, say what one thinks, done.
Registered with `mail.inbound` by hooks. A mail that proves nothing changes nothing."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from exchange.core.languages import current
from exchange.core.text import clean, clean_line
from exchange.hubs.belonging.actions import set_level
from exchange.hubs.models import Membership
from exchange.hubs.models.working import Coming
from exchange.hubs.models.working import Paper as Row
from exchange.hubs.working import decisions, drafts, letters, meetings, points
from exchange.hubs.working.errors import WorkingError
from exchange.hubs.working.papers import Written
from exchange.mail.commands import command_in
from exchange.mail.inbound import Arrived, Outcome
from exchange.mail.paper import Paper
from exchange.mail.receiving.answering import answer
from exchange.mail.small_words import said, word_for
from exchange.mail.tokens import What
from exchange.members.bymail.people import member_of
from exchange.members.models import Member

Kind, Choice = Row.Kind, Row.Choice
LONGEST_TITLE = 200
LONGEST_WORDS = 20_000


def answered(arrived: Arrived) -> Outcome:
    """An answer to a letter about a paper of the group."""
    member = _own(arrived)
    if member is None or arrived.token is None:
        return Outcome("kept", "paper-of-another")
    rows = Row.objects.visible_to(member).select_related("space", "parent", "sitting")
    row = rows.filter(pk=arrived.token.item).first()
    with override(member.first_language):
        if _command(arrived) == "stop":
            return _stopped(arrived, member, row.space_id if row is not None else 0)
        if row is None:
            return _refused(arrived, "paper-gone", _("That is not there any more."))
        try:
            return _taken(arrived, member, row)
        except WorkingError:
            sorry = _("This could not be kept from a mail. Please open its page and say it there.")
            return _refused(arrived, "paper-not-taken", sorry, row)


def stopped(arrived: Arrived) -> Outcome:
    """A mail to stop+…@: whatever it says, no more letters of that group."""
    member = _own(arrived)
    if member is None or arrived.token is None:
        return Outcome("ignored", "stop-not-the-owner")
    with override(member.first_language):
        return _stopped(arrived, member, arrived.token.item)


def _taken(arrived: Arrived, member: Member, row: Row) -> Outcome:
    code = said(arrived.opened.words, arrived.opened.subject)
    if _command(arrived) == "come":
        code = "yes"
    does = {
        Kind.MEETING: _to_meeting,
        Kind.ACTION: _to_point,
        Kind.DECISION: _to_decision,
        Kind.DRAFT: _to_draft,
    }.get(Kind(row.kind))
    if does is None:
        sorry = _("This letter takes no answer. Write on its page, or to the group.")
        return _refused(arrived, "paper-takes-no-answer", sorry, row)
    return does(arrived, member, row, code)


def _to_meeting(arrived: Arrived, member: Member, row: Row, code: str) -> Outcome:
    if code in Coming.Answer.values:
        coming = meetings.come(row, by=member, answer=code)
        told = _("We have noted: %(answer)s.") % {"answer": coming.get_answer_display()}
        return _done(arrived, row, f"coming-{code}", told)
    written = _written(arrived)
    if not written.title:
        return _refused(arrived, "paper-empty", _("We found no words of yours in your mail."), row)
    point = meetings.propose(row, by=member, written=written)
    told = _("Your point is proposed for the agenda: %(title)s") % {"title": point.title}
    return _done(arrived, row, "agenda-proposed", told if point.is_out else _held())


def _to_point(arrived: Arrived, member: Member, row: Row, code: str) -> Outcome:
    if code in ("done", "yes"):
        points.mark(row, by=member, is_done=True)
        undo = _("Thank you. It is noted as done. Should it not be: open its page.")
        return _done(arrived, row, "point-done", undo)
    if code == "undo":
        points.mark(row, by=member, is_done=False)
        return _done(arrived, row, "point-open", _("It is open again."))
    how = word_for("done", current())
    sorry = _("When it is done, answer this mail with %(done)s, or tap below.") % {"done": how}
    return _refused(arrived, "point-not-understood", sorry, row)


def _to_decision(arrived: Arrived, member: Member, row: Row, code: str) -> Outcome:
    choice = {"yes": Choice.AGREE, "live-with": Choice.LIVE_WITH}.get(code, Choice.NOT_YET)
    words = "" if code in ("yes", "live-with", "no") else clean(arrived.opened.words)
    written = Written(body=words[:LONGEST_WORDS], origin="mail", insist=True)
    if choice == Choice.NOT_YET and not words:
        sorry = _("Not yet? Please answer with your reason, so that the group can think about it.")
        return _refused(arrived, "stance-without-reason", sorry, row)
    stance = decisions.say(row, by=member, choice=choice, written=written)
    told = _("We have noted: %(answer)s.") % {"answer": stance.get_choice_display()}
    return _done(arrived, row, f"stance-{choice}", told if stance.is_out else _held())


def _to_draft(arrived: Arrived, member: Member, row: Row, code: str) -> Outcome:
    if code not in ("yes", "no"):
        sorry = _("Please answer with yes or no alone, or open its page.")
        return _refused(arrived, "consent-not-understood", sorry, row)
    drafts.consent(row, by=member, agrees=code == "yes")
    return _done(arrived, row, f"consent-{code}", _("Thank you. We have noted it."))


def _written(arrived: Arrived) -> Written:
    """The first line is the point, what follows says more of it."""
    first, _line, rest = clean(arrived.opened.words).strip().partition("\n")
    title = clean_line(first)
    if len(title) > LONGEST_TITLE:
        title, rest = f"{title[: LONGEST_TITLE - 1]}…", f"{first}\n{rest}"
    return Written(title=title, body=rest.strip()[:LONGEST_WORDS], origin="mail", insist=True)


def _own(arrived: Arrived) -> Member | None:
    if not arrived.is_senders_own or not arrived.is_proven:
        return None
    if arrived.sender is None or not arrived.sender.active:
        return None
    return member_of(arrived.sender)


def _command(arrived: Arrived) -> str:
    found = command_in(arrived.opened.words, arrived.opened.subject)
    return found[0] if found else ""


def _stopped(arrived: Arrived, member: Member, space_id: int) -> Outcome:
    place = Membership.objects.of(member).filter(space_id=space_id).first()
    if place is not None:
        set_level(place=place, level=Membership.Level.OFF)
    told = _("You hear no more of this group by mail. You still belong to it.")
    paper = letters.short(_("You hear no more of this group"), told)
    answer(arrived, paper, code="group-stopped", token=None)
    return Outcome("done", "group-stopped")


def _held() -> str:
    return _("A host of the group reads it first, because it may say something about a child or a place.")  # fmt: skip


def _done(arrived: Arrived, row: Row, code: str, told: str) -> Outcome:
    _answer(arrived, row, code, _("Thank you"), told)
    return Outcome("done", code, "paper", row.pk)


def _refused(arrived: Arrived, code: str, told: str, row: Row | None = None) -> Outcome:
    _answer(arrived, row, code, _("About your answer"), told)
    return Outcome("refused", code)


def _answer(arrived: Arrived, row: Row | None, code: str, subject: str, told: str) -> None:
    if row is not None and row.space.is_sensitive:
        subject = _("A message for you")
    address = f"{settings.BASE_URL}{row.get_absolute_url()}" if row is not None else ""
    paper: Paper = letters.short(subject, told, address=address)
    token = What.PAPER_ANSWER if row is not None else None
    answer(arrived, paper, code=code, token=token, item=row.pk if row is not None else None)
