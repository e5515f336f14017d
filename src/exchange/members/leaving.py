"""Closing one's account: everywhere at once, with or without taking back one's words, and giving up
hosting before. Called by the pages of one's account and by mail."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from exchange.mail.actions import FAREWELL, forget_address, queue_mail
from exchange.mail.paper import Paper, Piece
from exchange.members import actions, dossier
from exchange.members.models import Member


class HostsDoNotLeave(ValueError):
    """A host first gives up hosting, so that nothing stays in nobody's hands."""


class LastHost(ValueError):
    """Somebody else has to host before the last one can stop."""


def leave(*, member: Member, words_too: bool) -> None:
    """Remove the person from every room, in one transaction; others' words stay. With `words_too`
    all that they wrote is withdrawn first and emptied. One last letter says that it is done; its
    address is forgotten when it has gone. Raises HostsDoNotLeave."""
    with transaction.atomic():
        row = Member.objects.select_for_update(of=("self",), no_key=True).get(pk=member.pk)
        if row.is_appointed:
            raise HostsDoNotLeave
        if row.erased_at is not None:
            return
        address, language = row.email, row.first_language
        if words_too:
            dossier.take_back(row)
        dossier.erase(row, by=row)
        forget_address(address=address)
        if not row.is_demo:
            _farewell(address, language, row.pk, words_too=words_too)
    member.refresh_from_db()


def may_stop_hosting(member: Member) -> bool:
    """Whether somebody else hosts, who could be asked for everything that is left."""
    others = Member.objects.hosts().filter(is_demo=member.is_demo).exclude(pk=member.pk)
    return bool(others.exists())


def stop_hosting(*, member: Member) -> None:
    """A host gives it up themself. Raises LastHost."""
    with transaction.atomic():
        # In one order, so that of the last two one stays.
        list(Member.objects.hosts().select_for_update(of=("self",), no_key=True).order_by("pk"))
        if not may_stop_hosting(member):
            raise LastHost
        actions.end_hosting(member=member, by=member)


def _farewell(address: str, language: str, number: int, *, words_too: bool) -> None:
    with override(language):
        became = (
            _("What you wrote is taken back as well.")
            if words_too
            else _("What you wrote stays, without your name.")
        )
        paper = Paper(
            _("Your account is closed"),
            (
                Piece(
                    "plain",
                    _(
                        "Your account is closed and your address is removed. Thank you for all you"
                        " shared."
                    ),
                ),
                Piece("plain", became),
                Piece(
                    "plain",
                    _("This is our last mail. You are welcome back at any time."),
                ),
            ),
            language,
        )
        queue_mail(
            to=address,
            subject=paper.subject,
            text=paper.text,
            html=paper.html,
            language=language,
            purpose="account",
            key=f"{FAREWELL}:{number}",
        )
