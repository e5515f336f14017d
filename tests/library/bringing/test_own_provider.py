"""What we give out by OAI-PMH, read back by our own harvests.
Read by pytest alone."""

from datetime import timedelta

import pytest
from django.db.models import F

from exchange.discovery.models import Harvestable
from exchange.ledger import worker
from exchange.library.bringing.harvesting import harvested
from exchange.library.importing import plan
from exchange.library.models import Resource
from exchange.project import starter

pytestmark = pytest.mark.django_db(transaction=True)


def test_every_record_of_ours_is_read_back_and_known_again(live_server) -> None:
    starter.load()
    worker.run_until_idle()
    # Ours are stamped a few seconds ahead; the test does not wait for them.
    Harvestable.objects.update(datestamp=F("datestamp") - timedelta(hours=1))

    found = harvested(f"{live_server.url}/oai", most=2000, seconds=120)
    made = plan(found.rows, is_table=False)

    assert found.trouble == ""
    assert len(found.rows) == Resource.objects.listed().count() == 257
    counts = made.counts()
    assert counts.get("same", 0) > 240
    assert counts.get("same", 0) + counts.get("changed", 0) == 257
