"""What `doctor` says about the work that is owed.
See test_worker.py for the figures behind it."""

from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command

from exchange.core import time
from exchange.ledger import actions, worker
from exchange.ledger.registry import GiveUp, on

pytestmark = pytest.mark.django_db


def words() -> str:
    said = StringIO()
    call_command("doctor", stdout=said)
    return said.getvalue()


def test_all_is_well_when_a_worker_lives_and_nothing_waits():
    actions.beat(worker="here:1", started_at=time.now(), now=time.now())

    well = "The worker is alive.\n0 deliveries are waiting, 0 of them are due.\n"
    assert words().startswith(well)


def test_dead_letters_are_told_and_are_no_fault_of_the_machine(happen):
    @on("thing.happened", consumer="room.first")
    def fail(event):
        raise GiveUp("refused")

    happen()
    worker.run_until_idle()

    assert "1 dead letters wait for a host" in words()


def test_work_that_nobody_does_is_something_to_act_on(happen, capsys):
    on("thing.happened", consumer="room.first")(lambda event: None)
    happen()

    later = time.now() + timedelta(minutes=7)
    with time_machine.travel(later), pytest.raises(SystemExit) as end:
        call_command("doctor")

    assert end.value.code == 1
    said = capsys.readouterr().out
    assert "No worker is running." in said
    assert "due for 7 minutes" in said
