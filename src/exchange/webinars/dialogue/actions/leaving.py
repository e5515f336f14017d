"""What a webinar that is withdrawn, sealed or held leaves of its hour: nothing that could be read.
Called by hooks, from the ledger."""

from __future__ import annotations

from django.db import transaction

from exchange.webinars.live.actions import empty, tell
from exchange.webinars.models import LiveCount, Webinar


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
