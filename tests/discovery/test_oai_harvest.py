"""Two harvesters that others use, against a running server with the starter's library.
Read by pytest alone."""

import warnings
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event

import pytest
import time_machine
from django.db import connection, transaction
from oaipmh_scythe import HTTPConfig, Scythe

from exchange.contributions.actions import withdraw
from exchange.contributions.models import Contribution
from exchange.core.time import now
from exchange.discovery.models import Harvestable
from exchange.discovery.oai import keeping
from exchange.ledger import worker
from exchange.ledger.models import Delivery
from exchange.library.models import Resource
from exchange.project import starter
from tests import cast
from tests.discovery.harvest import OAI, ask, error, headers
from tests.library.conftest import shelved

with warnings.catch_warnings():
    # It is from 2020, and strict all the same.
    warnings.simplefilter("ignore")
    from sickle import Sickle
    from sickle.oaiexceptions import NoRecordsMatch

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def library(live_server) -> str:
    starter.load()
    # Only harvesters are told here; the rest that follows from 285 texts would take half a minute.
    Delivery.objects.all().delete()
    keeping.mend()
    # An hour ago, so that what changes now is later.
    Harvestable.objects.update(datestamp=now().replace(microsecond=0) - timedelta(hours=1))
    return f"{live_server.url}/oai"


def test_sickle_harvests_all_a_set_and_what_is_new(library: str) -> None:
    harvester = Sickle(library, timeout=20)
    whole = list(harvester.ListRecords(metadataPrefix="oai_dc"))
    in_library = Resource.objects.filter(state="published").count()

    assert in_library >= 250
    assert len(whole) == in_library
    assert len({one.header.identifier for one in whole}) == in_library
    assert all(one.metadata["title"] and one.metadata["identifier"] for one in whole)
    assert harvester.Identify().deletedRecord == "persistent"
    spanish = list(harvester.ListIdentifiers(metadataPrefix="oai_dc", set="language:es"))
    assert len(spanish) == Resource.objects.filter(language="es", state="published").count() > 0
    assert any(one.setSpec == "topic:ethics" or one.setSpec for one in harvester.ListSets())

    since = (now() - timedelta(seconds=30)).strftime("%Y-%m-%dT%H:%M:%SZ")
    with pytest.raises(NoRecordsMatch):
        harvester.ListRecords(**{"metadataPrefix": "oai_dc", "from": since})

    row = Contribution.objects.filter(kind="resource").order_by("pk")[10]
    withdraw(contribution=row, by=cast.beatriz(), note="Sorry.")
    worker.run_until_idle()
    Harvestable.objects.filter(pk=row.pk).update(datestamp=now().replace(microsecond=0))
    new = list(harvester.ListRecords(**{"metadataPrefix": "oai_dc", "from": since}))
    assert [(one.header.identifier.endswith(f"/{row.pk}"), one.deleted) for one in new] == [
        (True, True)
    ]
    # Without what is gone, if the harvester asks so.
    rest = list(harvester.ListRecords(metadataPrefix="oai_dc", ignore_deleted=True))
    assert len(rest) == in_library - 1


def test_scythe_harvests_the_richer_form_by_get_and_by_post(library: str) -> None:
    in_library = Resource.objects.filter(state="published").count()
    for method in ("GET", "POST"):
        with Scythe(library, http_config=HTTPConfig(http_method=method)) as harvester:
            whole = list(harvester.list_records(metadata_prefix="oai_openaire"))
            named = list(harvester.list_identifiers(metadata_prefix="oai_dc", set_="openaire"))
            one = harvester.get_record(identifier=named[0].identifier, metadata_prefix="oai_dc")

        assert len(whole) == len(named) == in_library >= 250
        assert one.header.identifier == named[0].identifier


def test_a_change_committed_late_is_not_missed_by_who_came_in_between() -> None:
    """One connection stamps a change and has not committed it; a harvester comes, and comes back
    for everything since the moment it was answered at."""
    row = shelved()
    stamped, let_go = Event(), Event()

    def change() -> None:
        with transaction.atomic():
            keeping.keep([row.pk])
            stamped.set()
            assert let_go.wait(20)
        connection.close()

    with time_machine.travel(now(), tick=True) as clock, ThreadPoolExecutor(1) as other:
        done = other.submit(change)
        assert stamped.wait(20)
        between = ask(verb="ListIdentifiers", metadataPrefix="oai_dc")
        assert error(between) == "noRecordsMatch"
        let_go.set()
        done.result(20)
        clock.shift(keeping.AHEAD)

        since = between.findtext(f"{OAI}responseDate")
        later = ask(verb="ListIdentifiers", metadataPrefix="oai_dc", from_=since)

        assert list(headers(later)) == [f"oai:testserver:resource/{row.pk}"]
