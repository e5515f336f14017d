"""Writing the summary and letting it out: with it the hour is summed up.
Called by the hosts' pages; each verb is one transaction."""

from __future__ import annotations

from django.db import transaction

from exchange.contributions.errors import ChangedMeanwhile, NotAllowed
from exchange.contributions.judging import judged
from exchange.core import gates
from exchange.core.time import now
from exchange.ledger.actions import record
from exchange.members.models import Member
from exchange.webinars import queries
from exchange.webinars.after.drafting import MOST_TAKEAWAYS, draft
from exchange.webinars.errors import NotNow
from exchange.webinars.models import Phase, Summary, Webinar


def begin(*, webinar: Webinar) -> Summary:
    """The summary as it is; the first time a draft from what was typed in the hour."""
    row: Summary | None = Summary.objects.filter(webinar=webinar).first()
    if row is not None:
        return row
    drafted = draft(webinar)
    with transaction.atomic():
        row, _fresh = Summary.objects.get_or_create(
            webinar=webinar,
            defaults={
                "text": drafted.text,
                "takeaways": drafted.takeaways,
                "language": webinar.language,
            },
        )
    return row


def write(
    *, webinar: Webinar, text: str, takeaways: str, by: Member, version: int, insist: bool = False
) -> Summary:
    """Keep other words; out already, they are out at once. Raises NotAllowed, NotNow,
    ChangedMeanwhile, and Noticed or Refused as every text that goes out."""
    if not by.is_host:
        raise NotAllowed
    if not webinar.is_over:
        raise NotNow
    lines = [line.strip() for line in takeaways.splitlines() if line.strip()]
    kept = "\n".join(lines[:MOST_TAKEAWAYS])
    verdict = judged(
        text=f"{text}\n\n{kept}",
        kind="webinar",
        language=webinar.language,
        author=by,
        origin="web",
        insist=insist,
    )
    with transaction.atomic():
        row = _locked(webinar)
        if row.version != version:
            raise ChangedMeanwhile(row.version)
        row.text, row.takeaways, row.by = text, kept, by
        row.changed_at, row.version = now(), row.version + 1
        if not verdict.passed:
            # What a gate holds does not stand beside what was out before.
            row.state = Summary.State.DRAFT
        row.save()
        if row.state == Summary.State.OUT:
            _entry("webinar.changed", webinar, by)
    return row


def let_out(*, webinar: Webinar, by: Member, version: int) -> Summary:
    """Everybody may read it; the hour is summed up, and who had a place is told once. What a gate
    does not pass needs the eyes of a host who did not write it (NotAllowed for its writer).
    Raises NotAllowed, NotNow without words or before the end, ChangedMeanwhile."""
    if not by.is_host:
        raise NotAllowed
    if not webinar.is_over:
        raise NotNow
    passed = _judged(webinar).passed
    with transaction.atomic():
        row = _locked(webinar)
        if row.version != version:
            raise ChangedMeanwhile(row.version)
        if not row.text.strip():
            raise NotNow
        if not passed and row.by_id in (by.pk, None):
            raise NotAllowed
        first = row.out_at is None
        row.state, row.out_at = Summary.State.OUT, row.out_at or now()
        row.save(update_fields=["state", "out_at"])
        queries.every().filter(pk=webinar.pk).update(phase=Phase.SUMMED)
        webinar.phase = Phase.SUMMED
        _entry("webinar.summed" if first else "webinar.changed", webinar, by)
    return row


def _judged(webinar: Webinar) -> gates.Verdict:
    row = begin(webinar=webinar)
    return gates.judge(
        gates.Submission(
            text=f"{row.text}\n\n{row.takeaways}",
            kind="webinar",
            language=row.language,
            author_is_host=True,
            author_is_newcomer=False,
        )
    )


def _locked(webinar: Webinar) -> Summary:
    begin(webinar=webinar)
    return Summary.objects.select_for_update(no_key=True).get(webinar=webinar)


def _entry(kind: str, webinar: Webinar, by: Member) -> None:
    record(kind, subject_type="webinar", subject_id=webinar.pk, actor_id=by.pk)
