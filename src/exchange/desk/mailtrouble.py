"""One mail a day to the hosts when a provider refuses our mail by its rules.
Called by `hooks.py`."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from exchange.core.languages import current
from exchange.core.time import now
from exchange.mail.models import Bounce
from exchange.mail.paper import Paper, Piece
from exchange.members import to_hosts

PURPOSE = "mail-trouble"


def tell_hosts(*, bounce_id: int) -> None:
    """Which provider, with what status; the page has the rest. Once a day, however many come."""
    bounce = Bounce.objects.filter(pk=bounce_id).first()
    if bounce is None:
        return
    to_hosts.tell_hosts(
        lambda: _paper(bounce),
        purpose=PURPOSE,
        key=f"{PURPOSE}:{now():%Y%m%d}",
        item=f"bounce:{bounce.pk}",
    )


def _paper(bounce: Bounce) -> Paper:
    refused = _("%(domain)s refuses our mail by its rules (%(status)s). No address is to blame.")
    said = refused % {"domain": bounce.domain or "–", "status": bounce.status or "–"}
    title = _("A mail provider refuses our mail")
    pieces = (
        Piece("heading", title),
        Piece("plain", said),
        Piece("plain", _("Whoever runs the mail server has to mend it.")),
        Piece("button", _("See how our mail fares"), settings.BASE_URL + reverse("desk:mail")),
        Piece("small", _("You get this once a day at most.")),
    )
    return Paper(title, pieces, current())
