"""The letter that something with an hour did not go out. It says nothing of the page.
Called by the actions beside it."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from exchange.mail.actions import About, queue_mail
from exchange.mail.paper import Paper, Piece
from exchange.members.models import Member
from exchange.writing.models import WrittenPage

PURPOSE = "writing"


def tell_it_did_not_go_out(*, page: WrittenPage, revision_id: int, to: Member) -> None:
    """Once for each draft that had an hour."""
    with override(to.first_language):
        paper = _paper(page)
        queue_mail(
            to=to.email,
            subject=paper.subject,
            text=paper.text,
            html=paper.html,
            language=to.first_language,
            purpose=PURPOSE,
            key=f"writing:{page.pk}:{revision_id}:{to.pk}",
            about=About(person=to.pk),
        )


def _paper(page: WrittenPage) -> Paper:
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    pieces = (
        Piece("plain", _("Something you set an hour for did not go out. Its page says why.")),
        Piece("button", _("Open the page"), f"{settings.BASE_URL}{address}"),
    )
    return Paper(_("Something needs your eyes"), pieces, get_language() or "en")
