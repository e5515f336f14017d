"""The one mail to the hosts when a channel has failed for three days and rests.
Called by hooks."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from exchange.announcing.models import Channel
from exchange.core.languages import current
from exchange.mail.paper import Paper, Piece
from exchange.members import to_hosts

PURPOSE = "channel-rests"


def tell_hosts(*, channel_id: int, event_id: int) -> None:
    """Which channel, and where it is looked after."""
    channel = Channel.objects.filter(pk=channel_id).first()
    if channel is None:
        return
    to_hosts.tell_hosts(
        lambda: _paper(channel),
        purpose=PURPOSE,
        key=f"{PURPOSE}:{event_id}",
        item=f"channel:{channel.pk}",
    )


def _paper(channel: Channel) -> Paper:
    title = _("A channel does not answer and rests")
    said = _("For three days we could not tell “%(name)s” what we publish.")
    place = reverse("announcing-desk:channel", args=[channel.pk])
    pieces = (
        Piece("heading", title),
        Piece("plain", said % {"name": channel.name}),
        Piece("plain", _("It is told nothing any more until a host wakes it.")),
        Piece("button", _("Look at the channel"), settings.BASE_URL + place),
    )
    return Paper(title, pieces, current())
