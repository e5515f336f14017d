"""Which texts point to which records: read anew whenever the words change, forgotten when they leave.
Called by the hooks; asked twice, nothing changes."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from exchange.contributions import kinds
from exchange.contributions.models import Contribution, State
from exchange.conversation.models import Reply
from exchange.ledger.actions import record
from exchange.library.models import Citing, Recommendation, Resource
from exchange.library.practice.rules import cited


def note_contribution(*, pk: int) -> None:
    """What a question, an experience or the like points to now. Records do not cite here."""
    row = Contribution.objects.filter(pk=pk).exclude(kind="resource").first()
    if row is None:
        return
    text = ""
    if row.is_public:
        words = kinds.get(row.kind).search_text(kinds.get(row.kind).full(row))
        text = f"{words.title}\n{words.summary}\n{words.body}"
    _note(text, contribution_id=pk, reply_id=None)


def note_reply(*, pk: int) -> None:
    """The same for an answer."""
    row = Reply.objects.filter(pk=pk).first()
    if row is not None:
        text = row.body if row.state == State.PUBLISHED else ""
        _note(text, contribution_id=row.contribution_id, reply_id=pk)


def _note(text: str, *, contribution_id: int, reply_id: int | None) -> None:
    wanted = cited(text, host=urlsplit(settings.BASE_URL).netloc)
    with transaction.atomic():
        now_there = _known(wanted, but=contribution_id)
        here = Citing.objects.filter(contribution_id=contribution_id)
        rows = here.filter(reply_id=reply_id) if reply_id else here.filter(reply=None)
        before = {(row.resource_id, row.recommendation_id): row.pk for row in rows}
        gone = [pk for place, pk in before.items() if place not in now_there]
        Citing.objects.filter(pk__in=gone).delete()
        new = sorted(now_there - set(before), key=lambda place: (place[0], place[1] or 0))
        Citing.objects.bulk_create(
            Citing(
                resource_id=resource_id,
                recommendation_id=advice_id,
                contribution_id=contribution_id,
                reply_id=reply_id,
            )
            for resource_id, advice_id in new
        )
        for resource_id in sorted({place[0] for place in now_there ^ set(before)}):
            record("resource.cited", subject_type="contribution", subject_id=resource_id)


def _known(wanted: set[tuple[int, int]], *, but: int) -> set[tuple[int, int | None]]:
    """Only records and recommendations that exist; a text does not cite what it stands under."""
    records = set(
        Resource.objects.filter(pk__in={pk for pk, _advice in wanted} - {but}).values_list(
            "pk", flat=True
        )
    )
    advice = dict(
        Recommendation.objects.filter(pk__in={number for _pk, number in wanted}).values_list(
            "pk", "resource_id"
        )
    )
    return {
        (pk, number if advice.get(number) == pk else None) for pk, number in wanted if pk in records
    }
