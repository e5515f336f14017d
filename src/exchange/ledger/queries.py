"""What is owed, what is stuck, and whether the worker is alive.
Read by the desk, by `doctor` and by the worker."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max, Min, Q, QuerySet

from exchange.ledger.models import Delivery, Heartbeat

SILENT_AFTER = timedelta(seconds=60)


@dataclass(frozen=True)
class Health:
    """The ledger's figures at one moment."""

    queued: int
    due: int
    leased: int
    dead: int
    oldest_due: datetime | None
    worker_seen_at: datetime | None
    worker_alive: bool

    def waiting_for(self, now: datetime) -> timedelta:
        """How long the oldest due delivery has been waiting."""
        return now - self.oldest_due if self.oldest_due else timedelta()


def dead_letters() -> QuerySet[Delivery]:
    """What no attempt could finish, the newest first; a host retries or drops each."""
    dead = Delivery.objects.filter(state=Delivery.State.DEAD)
    return dead.select_related("event").order_by("-finished_at", "-id")


def health(now: datetime) -> Health:
    """The figures for the desk and for `doctor`, in three small queries."""
    due = Q(state=Delivery.State.QUEUED, run_after__lte=now)
    owed = Delivery.objects.filter(run_after__isnull=False).aggregate(
        queued=Count("pk", filter=Q(state=Delivery.State.QUEUED)),
        leased=Count("pk", filter=Q(state=Delivery.State.LEASED)),
        due=Count("pk", filter=due),
        oldest_due=Min("run_after", filter=due),
    )
    seen = Heartbeat.objects.aggregate(at=Max("seen_at"))["at"]
    return Health(
        **owed,
        dead=Delivery.objects.filter(state=Delivery.State.DEAD).count(),
        worker_seen_at=seen,
        worker_alive=seen is not None and now - seen < SILENT_AFTER,
    )


def is_anything_owed() -> bool:
    """Whether anything is queued or leased, due or not."""
    return Delivery.objects.filter(run_after__isnull=False).exists()


def is_usual_work_due(now: datetime) -> bool:
    """Whether something waits that goes before bulk; long bulk work asks now and then."""
    return Delivery.objects.filter(rank=Delivery.Rank.USUAL, run_after__lte=now).exists()
