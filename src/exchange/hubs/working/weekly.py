"""Once a week, for whoever wishes to hear of a group in one letter: what it finished, asked and decided.
Called by the clock of `working`; the same week is told once."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from exchange.hubs.models import Membership, Space
from exchange.hubs.models.working import Paper as Row
from exchange.hubs.working import letters
from exchange.hubs.working.letters import To
from exchange.hubs.working.telling import LIST_NAME, PURPOSE, readers
from exchange.mail import headers
from exchange.mail.actions import About, Queued, queue_many
from exchange.mail.paper import Paper, Piece
from exchange.mail.tokens import What
from exchange.members.models import Member

Kind = Row.Kind
WEEK = timedelta(days=7)
MOST = 30


def tell_week(*, moment: datetime) -> int:
    """One letter for each group in which something happened, to each who wants it so."""
    return sum(_tell(space, moment) for space in Space.objects.open().order_by("pk"))


def _tell(space: Space, moment: datetime) -> int:
    rows = _new(space, moment)
    to = readers(space, levels=(Membership.Level.DIGEST,)) if rows else []
    made = [_letter(space, member, rows, moment) for member in to]
    with transaction.atomic():
        return len(queue_many(made)) if made else 0


def _new(space: Space, moment: datetime) -> list[Row]:
    """Notes that were finished; decisions, outcomes and drafts that are new."""
    since = moment - WEEK
    fresh = Q(kind=Kind.NOTES, settled_at__gte=since)
    fresh |= Q(kind__in=(Kind.DECISION, Kind.DRAFT, Kind.FILE), made_at__gte=since)
    fresh |= Q(kind=Kind.OUTCOME, changed_at__gte=since)
    found = Row.objects.out().filter(fresh, space=space).select_related("space", "parent")
    return list(found.order_by("pk")[:MOST])


def _letter(space: Space, member: Member, rows: list[Row], moment: datetime) -> Queued:
    with override(member.first_language):
        paper = _paper(To(member, space), rows)
        page = letters.link("hubs:space", space.slug)
    return Queued(
        to=member.email,
        subject=paper.subject,
        text=paper.text,
        html=paper.html,
        language=paper.language,
        purpose=PURPOSE,
        key=f"{PURPOSE}-week:{space.pk}:{member.pk}:{moment:%G%V}",
        headers=headers.list_headers(
            name=LIST_NAME,
            slug=f"group-{space.pk}",
            what=What.PAPER_STOP,
            person=member.pk,
            item=space.pk,
            page=page,
            stop_at="hubs:letters-stop",
        ),
        # The last look asks about the first of them: whether they still belong there.
        about=About(person=member.pk, item=f"paper:{rows[0].pk}"),
    )


def _paper(to: To, rows: list[Row]) -> Paper:
    """Titles and links; where the group wants no words of it in mails, not even these."""
    pieces: list[Piece] = [Piece("context", to.space.shown_name)]
    if to.space.mail_content == Space.Content.NOTICE:
        pieces.append(Piece("plain", _("There is something new in your group.")))
    else:
        for row in rows:
            title = row.title or (row.parent.title if row.parent is not None else "")
            address = f"{settings.BASE_URL}{row.get_absolute_url()}"
            pieces.append(Piece("title", title, address, row.language))
            pieces.append(Piece("context", str(row.get_kind_display())))
    pieces.append(Piece("button", _("Open it"), letters.link("hubs:space", to.space.slug)))
    return letters.on_paper(to, _("This week in your group"), pieces)
