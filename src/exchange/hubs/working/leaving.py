"""What a group's papers hold about one person, and how their name leaves them: the record stays.
Called by `dossier` of this room."""

from __future__ import annotations

from exchange.hubs.models.working import CalendarKey, Coming, Kept, Paper, Revision
from exchange.members.models import Member

_TOLD = ("space__name", "kind", "title", "body", "choice", "state", "made_at", "changed_at")


def export(member: Member) -> dict[str, object]:
    """What safeguarding looks at is given to nobody, its writer included."""
    papers = Paper.objects.filter(author=member, sealed_at=None).order_by("pk")
    changes = Revision.objects.filter(by=member, paper__sealed_at=None).order_by("pk")
    tasks = Paper.objects.filter(owner=member, sealed_at=None).order_by("pk")
    comings = Coming.objects.filter(member=member).order_by("pk")
    files = Kept.objects.filter(by=member, paper__sealed_at=None).order_by("pk")
    return {
        "group papers": list(papers.values(*_TOLD)),
        "changes of group papers": list(changes.values("paper_id", "title", "body", "why", "at")),
        "points given to me": list(tasks.values("space__name", "title", "due_on", "settled_at")),
        "meetings": list(comings.values("meeting__title", "answer", "at")),
        "group files": list(files.values("name", "size", "at")),
        "calendar of my groups since": list(
            CalendarKey.objects.filter(member=member).values_list("at", flat=True)
        ),
    }


def erase(member: Member) -> None:
    """Words stay unnamed. What only their writer and hosts had read goes."""
    CalendarKey.objects.filter(member=member).delete()
    Coming.objects.filter(member=member).delete()
    Paper.objects.filter(owner=member).update(owner=None, owner_name="")
    Paper.objects.filter(settled_by=member).update(settled_by=None)
    Paper.objects.filter(author=member).update(author=None)
    Revision.objects.filter(by=member).update(by=None)
    Kept.objects.filter(by=member).update(by=None)
