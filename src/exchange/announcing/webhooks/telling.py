"""The one mail to the hosts when a channel has failed for three days and rests.
Called by hooks."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from exchange.announcing.models import Channel
from exchange.mail.actions import About, queue_mail
from exchange.mail.paper import Paper, Piece
from exchange.members.models import Member

PURPOSE = "channel-rests"


def tell_hosts(*, channel_id: int, event_id: int) -> None:
    """Which channel, and where it is looked after."""
    channel = Channel.objects.filter(pk=channel_id).first()
    if channel is None:
        return
    for host in Member.objects.hosts():
        with override(host.first_language):
            paper = _paper(channel, host.first_language)
        queue_mail(
            to=host.email,
            subject=paper.subject,
            text=paper.text,
            html=paper.html,
            language=paper.language,
            purpose=PURPOSE,
            key=f"{PURPOSE}:{event_id}:{host.pk}",
            about=About(person=host.pk, item=f"channel:{channel.pk}"),
        )


def _paper(channel: Channel, language: str) -> Paper:
    title = _("A channel does not answer and rests")
    said = _("For three days we could not tell “%(name)s” what we publish.")
    place = reverse("announcing-desk:channel", args=[channel.pk])
    pieces = (
        Piece("heading", title),
        Piece("plain", said % {"name": channel.name}),
        Piece("plain", _("It is told nothing any more until a host wakes it.")),
        Piece("button", _("Look at the channel"), settings.BASE_URL + place),
    )
    return Paper(title, pieces, language)
