"""What the ledger and the clock do for safeguarding: alarms, reminders, the end of retention.
Called by `hooks.py` alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from exchange.mail.actions import queue_mail
from exchange.members.models import Member
from exchange.safeguarding import frozen, letters, queries
from exchange.safeguarding.models import Case, CaseEntry, ReporterAddress

What = CaseEntry.What
DESTROY_AT_ONCE = 200


def alarm_by_mail(*, case_id: int, event_id: int) -> None:
    """To lead and deputies; to every host when nobody could open the case."""
    case = Case.objects.open().filter(pk=case_id).first()
    if case is None:
        return
    to = queries.handlers_of(case)
    if not to:
        _write(_hosts_beside(case), letters.nobody_looks, f"case:{case.pk}:nobody:{event_id}")
        return
    _write(to, lambda: letters.alarm(case), f"case:{case.pk}:alarm:{event_id}")
    CaseEntry.objects.create(case=case, what=What.ALARM)


def remind(*, moment: datetime) -> None:
    """At half the time and at its end to lead and deputies; after it to all hosts, when nobody
    who may has even looked."""
    for found in queries.half_gone(moment):
        with transaction.atomic():
            case = Case.objects.select_for_update(of=("self",)).get(pk=found.pk)
            if case.closed_at or case.decided_at:
                continue
            _remind_about(case, moment)


def _remind_about(case: Case, moment: datetime) -> None:
    handlers = queries.handlers_of(case)
    if case.reminded_at is None and moment >= case.half_at:
        case.reminded_at = moment
        _write(handlers, lambda: letters.half_time(case), f"case:{case.pk}:half")
        CaseEntry.objects.create(case=case, what=What.REMINDER)
    if case.overdue_told_at is None and moment >= case.due_at:
        case.overdue_told_at = moment
        _write(handlers, lambda: letters.overdue(case), f"case:{case.pk}:overdue")
        CaseEntry.objects.create(case=case, what=What.REMINDER)
    late = moment >= case.due_at and case.hosts_told_at is None
    if late and not queries.has_been_looked_at(case):
        case.hosts_told_at = moment
        _write(_hosts_beside(case), letters.nobody_looks, f"case:{case.pk}:hosts")
        CaseEntry.objects.create(case=case, what=What.REMINDER)
    case.save(update_fields=["reminded_at", "overdue_told_at", "hosts_told_at"])


def destroy_due(*, moment: datetime) -> int:
    """After the retention: no words, no names and no lines; that there was a case, of which kind
    and how it ended, and the marks of what was kept, stay."""
    due = Case.objects.filter(keep_until__lte=moment, destroyed_at=None).order_by("keep_until")
    count = 0
    for case in due[:DESTROY_AT_ONCE]:
        with transaction.atomic():
            _destroy_evidence(case)
            case.entries.all().emptied(text="")
            case.concerns.update(words="", line="", reporter=None)
            case.notes.update(text="")
            ReporterAddress.objects.filter(concern__case=case).delete()
            case.person, case.destroyed_at = None, moment
            case.save(update_fields=["person", "destroyed_at"])
            CaseEntry.objects.create(case=case, what=What.DESTROYED)
            count += 1
    frozen.sweep(queries.frozen_ids())
    return count


def _destroy_evidence(case: Case) -> None:
    for row in case.evidence.all():
        gone = [one["id"] for one in row.pictures if "id" in one]
        marks = [{"sha256": one["sha256"]} for one in row.pictures]
        case.evidence.filter(pk=row.pk).emptied(text="", shown_as="", pictures=marks)
        transaction.on_commit(partial(frozen.remove, gone))


def remind_of_upkeep(*, moment: datetime) -> None:
    """Hosts hear once a month, while it lasts, of helplines and of a policy that grew old."""
    old_policy, old_lines = queries.policy_is_due(moment), queries.helplines_due()
    if not (old_policy or old_lines):
        return

    def letter() -> letters.Letter:
        lines = []
        if old_policy:
            lines.append(_("Nobody has read the safeguarding policy within a year."))
        if old_lines:
            lines.append(
                _("Helplines nobody has confirmed within a year: %(n)d.") % {"n": old_lines}
            )
        return letters.upkeep(lines)

    hosts = Member.objects.hosts().filter(is_demo=False)
    _write(hosts, letter, f"upkeep:{moment:%Y-%m}")


def _hosts_beside(case: Case) -> list[Member]:
    """Every host who is not named in it."""
    away = set(case.recusals.values_list("member_id", flat=True)) | {case.person_id}
    hosts = Member.objects.hosts().filter(is_demo=False)
    return [host for host in hosts if host.pk not in away]


def _write(to: Iterable[Member], letter: Callable[[], letters.Letter], key: str) -> None:
    for member in to:
        with override(member.first_language):
            written = letter()
        queue_mail(
            to=member.email,
            subject=written.subject,
            text=written.text,
            language=member.first_language,
            purpose="safeguarding",
            key=f"safeguarding:{key}:{member.pk}",
        )
