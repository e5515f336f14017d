"""One mail a day to the hosts when a provider refuses our mail by its rules.
Called by `hooks.py`."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from exchange.core.time import now
from exchange.mail.actions import About, queue_mail
from exchange.mail.models import Bounce
from exchange.mail.paper import Paper, Piece
from exchange.members.models import Member

PURPOSE = "mail-trouble"


def tell_hosts(*, bounce_id: int) -> None:
    """Which provider, with what status; the page has the rest. Once a day, however many come."""
    bounce = Bounce.objects.filter(pk=bounce_id).first()
    if bounce is None:
        return
    for host in Member.objects.hosts():
        with override(host.first_language):
            paper = _paper(bounce, host.first_language)
        queue_mail(
            to=host.email,
            subject=paper.subject,
            text=paper.text,
            html=paper.html,
            language=paper.language,
            purpose=PURPOSE,
            key=f"{PURPOSE}:{now():%Y%m%d}:{host.pk}",
            about=About(person=host.pk, item=f"bounce:{bounce.pk}"),
        )


def _paper(bounce: Bounce, language: str) -> Paper:
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
    return Paper(title, pieces, language)
