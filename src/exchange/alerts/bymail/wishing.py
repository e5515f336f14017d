"""Stop, pause, start, how often: one's mail settings by a word in a mail.
Registered with `mail.inbound` by hooks; the pages call the same actions."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import override

from exchange.alerts.bymail.saying import said
from exchange.alerts.models import Level, Watch, Wishes
from exchange.alerts.wishing import actions, queries
from exchange.contributions.models import Contribution
from exchange.conversation import marks
from exchange.conversation.models import Follow
from exchange.core import words
from exchange.core.time import now
from exchange.mail.commands import USUAL_PAUSE, word_for
from exchange.mail.inbound import Arrived, Outcome
from exchange.mail.models import OutgoingMail
from exchange.mail.tokens import What
from exchange.members.bymail.people import member_of
from exchange.members.models import Member


def stop(arrived: Arrived) -> Outcome:
    """As an answer to a mail about something: no more about that. Else: no more at all."""
    member = member_of(arrived.sender)
    if member is None:
        return Outcome("ignored", "stop-for-nobody")
    row = answered_thing(arrived, member)
    if row is None and _answers_digest(arrived):
        return _no_digest(arrived, member)
    if row is None:
        return stop_all(arrived)
    marks.follow(member=member, contribution=row, level=Follow.Level.OFF)
    with override(member.first_language):
        told = _("Stopped. You get no more mails about this:") + f"\n{row.title}"
        more = _("To stop all mails, write: %(command)s") % {
            "command": word_for("stop-all", member.first_language)
        }
        return said(arrived, member, "stopped", told, more)


def stop_all(arrived: Arrived) -> Outcome:
    """Nothing but what they ask for. Whoever may be somebody else changes nothing."""
    member = member_of(arrived.sender)
    if member is None or arrived.trust == "fail":
        return Outcome("kept", "stop-not-sure-who")
    actions.stop_all(member=member)
    with override(member.first_language):
        told = _("Stopped. From now on you get only answers to what you write to us.")
        return said(arrived, member, "stopped-all", told, _again(member))


def pause(arrived: Arrived) -> Outcome:
    """For so many days; a month when none were named."""
    member = member_of(arrived.sender)
    if member is None or arrived.trust == "fail":
        return Outcome("kept", "pause-not-sure-who")
    until = now() + timedelta(days=int(arrived.argument or USUAL_PAUSE))
    actions.pause(member=member, until=until)
    with override(member.first_language):
        told = _("Paused. No mails before %(day)s.") % {"day": words.day(until)}
        return said(arrived, member, "paused", told, _again(member))


def start(arrived: Arrived) -> Outcome:
    """After a pause or a stop."""
    member = member_of(arrived.sender)
    if member is None or arrived.trust == "fail":
        return Outcome("kept", "start-not-sure-who")
    actions.start_again(member=member)
    with override(member.first_language):
        told = _("Mails come again.")
        more = _("To see what you follow, write: %(command)s") % {
            "command": word_for("list", member.first_language)
        }
        return said(arrived, member, "started", told, more)


def rhythm(arrived: Arrived, wished: str) -> Outcome:
    """The digest daily, weekly or monthly. As an answer to a mail, that thing goes into it."""
    member = member_of(arrived.sender)
    if member is None or arrived.trust == "fail":
        return Outcome("kept", "rhythm-not-sure-who")
    row = answered_thing(arrived, member)
    if row is not None:
        marks.follow(member=member, contribution=row, level=Follow.Level.DIGEST)
    actions.set_wishes(member=member, rhythm=wished)
    actions.expect_digest(member=member)
    with override(member.first_language):
        told = _("Your digest comes %(how_often)s from now on.") % {
            "how_often": Wishes.Rhythm(wished).label
        }
        return said(arrived, member, f"digest-{wished}", told, _when(member))


def level(arrived: Arrived, wished: str) -> Outcome:
    """As an answer to a mail: each one of these, or in the digest. Else for all questions that
    they can help with."""
    member = member_of(arrived.sender)
    if member is None or arrived.trust == "fail":
        return Outcome("kept", "level-not-sure-who")
    row = answered_thing(arrived, member)
    with override(member.first_language):
        if row is None:
            told = _("Answer a mail with this word, and we know which mails you mean.")
            return said(arrived, member, "level-of-nothing", told)
        marks.follow(member=member, contribution=row, level=wished)
        actions.expect_digest(member=member)
        chosen = (
            _("You hear each answer by mail:")
            if wished == Level.EACH
            else _("It goes into your digest from now on:")
        )
        return said(arrived, member, f"level-{wished}", f"{chosen}\n{row.title}")


def _no_digest(arrived: Arrived, member: Member) -> Outcome:
    """What went into digests is followed no more."""
    Watch.objects.filter(member=member, level=Level.DIGEST).update(level=Level.OFF, at=now())
    Follow.objects.filter(member=member, level=Follow.Level.DIGEST).update(
        level=Follow.Level.OFF, why=Follow.Why.CHOSEN, at=now()
    )
    with override(member.first_language):
        return said(arrived, member, "stopped-digest", _("Stopped. No more digests come."))


def answered_thing(arrived: Arrived, member: Member) -> Contribution | None:
    """What the mail they answered was about, if they may read it."""
    token = arrived.token
    if token is None or token.person != member.pk:
        return None
    readable = Contribution.objects.visible_to(member)
    if token.what is What.ANSWER:
        return readable.filter(pk=token.item).first()
    if token.what is What.ANSWER_TO:
        return readable.filter(replies__pk=token.item).first()
    return None


def _answers_digest(arrived: Arrived) -> bool:
    ids = [arrived.opened.in_reply_to, *arrived.opened.references]
    sent = OutgoingMail.objects.filter(message_id__in=[one for one in ids if one])
    return sent.filter(item__startswith="digest:").exists()


def _when(member: Member) -> str:
    moment = queries.wishes_of(member).next_digest_at
    return _("The next one: %(day)s.") % {"day": words.day(moment)} if moment else ""


def _again(member: Member) -> str:
    return _("To begin again, write: %(command)s") % {
        "command": word_for("start", member.first_language)
    }
