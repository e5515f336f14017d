"""The two hosts who may look whose words are protected: naming them, and looking.
Called by the views of this matter alone. Every look is written down and told."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from exchange.contributions.errors import NotAllowed
from exchange.contributions.models import Voice, VoiceKeeper, VoiceLook
from exchange.contributions.voice import locks, queries, rules
from exchange.core.languages import current
from exchange.core.text import clean_line
from exchange.core.time import now
from exchange.ledger.actions import record
from exchange.mail.paper import Paper, Piece
from exchange.members.models import Member
from exchange.members.to_hosts import all_hosts, tell_hosts

PURPOSE_LOOKED = "voice.looked"
PURPOSE_KEEPERS = "voice.keepers"


class TwoAlready(NotAllowed):
    """Two hosts keep the voices; one ends it before another begins."""


class NoReason(ValueError):
    """Nobody looks without saying why."""


def appoint(*, member: Member, by: Member) -> None:
    """Name a keeper; all hosts are told. Raises NotAllowed, TwoAlready."""
    if not rules.may_appoint(by, member):
        raise NotAllowed
    with transaction.atomic():
        _end_those_who_no_longer_host()
        standing = VoiceKeeper.objects.select_for_update().filter(ended_at=None)
        ids = [row.member_id for row in standing]
        if member.pk in ids:
            return
        if len(ids) >= queries.KEEPERS:
            raise TwoAlready
        row = VoiceKeeper.objects.create(member=member, by=by)
        _entry("voice.keeper_named", row, by)
    _tell_of_keepers(row)


def end(*, member: Member, by: Member) -> None:
    """Somebody keeps them no longer; all hosts are told. Raises NotAllowed."""
    if not by.is_host:
        raise NotAllowed
    with transaction.atomic():
        row = VoiceKeeper.objects.filter(member=member, ended_at=None).first()
        if row is None:
            return
        row.ended_at = now()
        row.save(update_fields=["ended_at"])
        _entry("voice.keeper_ended", row, by)
    _tell_of_keepers(row)


def look(*, voice: Voice, by: Member, why: str) -> Member | None:
    """Whose words these are. Written down before it is answered; the other keeper is told at once,
    the writer sees it on their page. None when they have left. Raises NotAllowed, NoReason."""
    keepers = queries.keepers()
    if not rules.may_look(by, keepers):
        raise NotAllowed
    reason = clean_line(why)[:300]
    if not reason:
        raise NoReason
    with transaction.atomic():
        row = VoiceLook.objects.create(voice=voice, by=by, by_name=by.shown_name, why=reason)
        record("voice.looked", subject_type="voice", subject_id=voice.pk, actor_id=by.pk)
    others = [one for one in keepers if one.pk != by.pk] or _hosts_beside(by)
    tell_hosts(
        lambda: _of_a_look(by), purpose=PURPOSE_LOOKED, key=f"voice-look:{row.pk}", hosts=others
    )
    number = locks.opened(voice)
    return Member.objects.filter(pk=number, erased_at=None).first() if number else None


def _hosts_beside(by: Member) -> list[Member]:
    """Where nobody keeps them beside who looks, every other host hears of it: none is unseen."""
    return [one for one in all_hosts() if one.pk != by.pk]


def _end_those_who_no_longer_host() -> None:
    gone = VoiceKeeper.objects.filter(ended_at=None, member__hosting_since=None)
    gone.update(ended_at=now())


def _tell_of_keepers(row: VoiceKeeper) -> None:
    names = ", ".join(one.shown_name for one in queries.keepers())
    tell_hosts(
        lambda: _of_keepers(names),
        purpose=PURPOSE_KEEPERS,
        key=f"voice-keepers:{row.pk}:{'ended' if row.ended_at else 'named'}",
        hosts=all_hosts(),
    )


def _of_a_look(by: Member) -> Paper:
    words = _(
        "%(name)s looked up whose words a protected text are. The reason stands on the page of "
        "protected voices, beside the look. If it seems wrong to you, speak with the other hosts."
    ) % {"name": by.shown_name}
    return _paper(_("A protected voice was looked up"), words)


def _of_keepers(names: str) -> Paper:
    words = _(
        "Who may look up the writer of a protected text has changed. Now it is: %(names)s. "
        "Protected voices are offered only while two hosts answer for them."
    ) % {"names": names or _("nobody")}
    return _paper(_("Who keeps the protected voices"), words)


def _paper(heading: str, words: str) -> Paper:
    page = f"{settings.BASE_URL}{reverse('voices-desk:voices')}"
    pieces = (
        Piece("heading", heading),
        Piece("plain", words),
        Piece("link", _("Protected voices"), page),
    )
    return Paper(heading, pieces, current())


def _entry(kind: str, row: VoiceKeeper, by: Member) -> None:
    record(kind, subject_type="keeper", subject_id=row.pk, actor_id=by.pk, public=True)
