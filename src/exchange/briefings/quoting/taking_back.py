"""Words that were taken back where they came from leave the briefs that quote them.
Called by the hooks of quoting, and by the dossier when somebody leaves."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet

from exchange.briefings import queries
from exchange.briefings.errors import NotAgreed
from exchange.briefings.models import Quoted
from exchange.briefings.quoting import actions, checking, sources
from exchange.contributions.models import State
from exchange.ledger.models import Event
from exchange.members.models import Member


def look_again(event: Event) -> None:
    """Whatever happened to a contribution or an answer: do the words quoted from it still stand
    there? An answer leaves with what it answers."""
    rows = Quoted.objects.exclude(answer=Quoted.Answer.GONE)
    if event.subject_type == "reply":
        rows = rows.filter(reply_number=event.subject_id)
    else:
        rows = rows.filter(contribution_id=event.subject_id)
    _leave_what_is_gone(rows)


def of_person(member: Member) -> None:
    """Somebody leaves: nobody can be asked any more, so nothing of theirs is quoted."""
    with transaction.atomic():
        rows = Quoted.objects.filter(member=member).select_related("brief")
        for quote in rows.order_by("pk"):
            actions.gone(quote=quote)
        Quoted.objects.filter(member=member).update(member=None, shown_as="", words="")


def nothing_unasked(event: Event) -> None:
    """However a brief came out, or was changed: words that nobody agreed to do not stand in it."""
    brief = queries.every_brief().filter(pk=event.subject_id, state=State.PUBLISHED).first()
    if brief is None:
        return
    _leave_what_is_gone(Quoted.objects.exclude(answer=Quoted.Answer.GONE).filter(brief=brief))
    brief.refresh_from_db()
    try:
        checking.must_be_agreed(brief)
    except NotAgreed:
        actions.set_aside(brief)


def _leave_what_is_gone(rows: QuerySet[Quoted]) -> None:
    for quote in rows.select_related("brief").order_by("pk"):
        if not sources.still_stand(quote):
            actions.gone(quote=quote)
