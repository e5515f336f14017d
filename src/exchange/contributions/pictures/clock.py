"""Consent that has run out: the picture is hidden, and people are told.
Called by the room's hooks."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from exchange.contributions.models import Picture
from exchange.contributions.pictures import actions
from exchange.mail.actions import queue_mail
from exchange.members.models import Member


def consents(moment: datetime) -> None:
    """Hide what may not be shown any longer, and tell who added it and the hosts."""
    for picture in actions.hide_run_out(moment=moment):
        for member in _concerned(picture):
            _tell(member, picture)


def _concerned(picture: Picture) -> list[Member]:
    own = Member.objects.active().filter(pk=picture.by_id)
    return list(own | Member.objects.hosts())


def _tell(member: Member, picture: Picture) -> None:
    with override(member.first_language):
        address = settings.BASE_URL + picture.contribution.get_absolute_url()
        queue_mail(
            to=member.email,
            subject=_("A picture is hidden"),
            text="\n\n".join(
                (
                    _("The consent for a picture has run out, so nobody sees it any longer:"),
                    address,
                    _(
                        "It goes by itself after a month. If the people in it agree anew, take it "
                        "away and add it again with the new consent."
                    ),
                )
            )
            + "\n",
            language=member.first_language,
            purpose="picture-consent",
            key=f"picture-consent:{picture.pk}:{member.pk}",
        )
