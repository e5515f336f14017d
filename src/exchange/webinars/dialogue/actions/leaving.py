"""What a webinar that is withdrawn, sealed or held leaves of its hour: nothing that could be read.
Called by hooks, from the ledger and the clock."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from exchange.webinars.live.actions import empty, tell
from exchange.webinars.models import COMING, LiveCount, LiveEvent, Webinar

# By then nobody reads on from a number; names and words stand in the tables alone.
_KEPT = timedelta(days=30)
_AT_ONCE = 5000


def leave_nothing(*, webinar_id: int) -> bool:
    """Every event is emptied, and whoever still looks is told that the hour is gone. Rows stay for
    their writers' copies; every page reads them through the webinar. Whether it was one of ours
    that is still away: what came back in the meantime keeps its words."""
    with transaction.atomic():
        row = Webinar.objects.filter(pk=webinar_id).first()
        if row is None or row.is_public or not LiveCount.objects.filter(pk=webinar_id).exists():
            return False
        empty(webinar_id=webinar_id)
        tell(webinar_id=webinar_id, kind="phase", payload={"phase": "gone"})
    return True


def forget_old(*, moment: datetime) -> int:
    """Events of hours that are long over. Numbers go on from the last one."""
    over = Q(at__lt=moment - _KEPT) & ~Q(webinar__phase__in=COMING)
    old = LiveEvent.objects.filter(over).order_by("pk").values_list("pk", flat=True)
    gone, _each = LiveEvent.objects.filter(pk__in=list(old[:_AT_ONCE])).delete()
    return gone
