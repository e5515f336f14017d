"""The proof: workers are killed with SIGKILL in the middle of work; nothing is lost or doubled.
Real processes on a real database file or PostgreSQL."""

import signal
from pathlib import Path
from time import monotonic, sleep

import pytest

from tests.ledger.apart import house_apart, kill_at_random, wait_until_it_works


@pytest.mark.parametrize(("workers", "kills", "events"), [(1, 8, 80), (2, 20, 300)])
def test_every_delivery_is_done_exactly_once_however_often_workers_are_killed(
    tmp_path: Path, workers: int, kills: int, events: int
) -> None:
    with house_apart(tmp_path, PROOF_SLOW="0.04") as house:
        house.seed("events", events)

        in_the_middle = kill_at_random(house, kills=kills, workers=workers)

        assert in_the_middle >= kills * 2 // 3, "too few kills met a worker at work"
        states = house.rows("select consumer, state, count(*) from ledger_delivery group by 1, 2")
        assert {row for row in states if row[0] in ("proof.trace", "proof.echo")} == {
            ("proof.trace", "done", events),
            ("proof.echo", "done", events),
        }
        assert house.owed() == 0
        handled = house.rows("select event_id from proof_trace where event_id > 0")
        asked = house.rows("select id from ledger_event where kind like 'proof.%'")
        assert sorted(handled) == sorted(asked), "each event was handled once, none twice"
        assert len(asked) == 2 * events
        assert house.number("select count from proof_tally") == events


def test_two_workers_share_the_work_and_one_slot_of_the_clock(tmp_path: Path) -> None:
    with house_apart(tmp_path, PROOF_SLOW="0.01") as house:
        house.seed("events", 150)

        both = [house.worker("--burst"), house.worker("--burst")]
        codes = [process.wait(timeout=60) for process in both]

        assert codes == [0, 0]
        traces = house.rows("select event_id, count(*) from proof_trace group by 1")
        slots = house.rows(
            "select consumer, count(*) from ledger_delivery where event_id is null group by 1"
        )
        assert {count for event, count in traces if event} == {1}
        # A full hour may have struck while they worked.
        assert all(count <= 2 for _, count in slots)
        assert dict(traces)[0] == dict(slots)["proof.hourly"]
        if house.address:  # SQLite lets one writer in at a time, and does not take turns
            assert house.number("select count(distinct worker) from proof_trace") == 2


def test_a_worker_told_to_stop_finishes_what_it_holds_and_gives_back_the_rest(
    tmp_path: Path,
) -> None:
    with house_apart(tmp_path, PROOF_SLOW="0.2") as house:
        house.seed("events", 40)
        process = house.worker()
        until = monotonic() + 20
        while not house.number("select count(*) from proof_trace") and monotonic() < until:
            sleep(0.01)

        process.send_signal(signal.SIGTERM)
        code = process.wait(timeout=10)

        assert code == 0
        assert house.leased() == 0
        assert house.number("select count(*) from ledger_delivery where attempts > 0") == 0
        assert house.number("select count(*) from ledger_heartbeat") == 0
        done = (
            "select count(*) from ledger_delivery where consumer = 'proof.trace' and state = 'done'"
        )
        assert 0 < house.number(done) < 40
        assert house.number(done) == house.number("select count from proof_tally")


def test_a_member_can_write_while_a_worker_is_busy(tmp_path: Path) -> None:
    """SQLite has one writer at a time; without the worker's open door this took many seconds."""
    with house_apart(tmp_path, PROOF_SLOW="0.1") as house:
        house.seed("events", 100)
        process = house.worker()
        wait_until_it_works(house, process)
        waits = []
        try:
            for _ in range(4):
                sleep(0.05)
                begun = monotonic()
                house.write("update proof_tally set count = count")
                waits.append(monotonic() - begun)
        finally:
            process.kill()
            process.wait()

        assert house.owed() > 0, "the worker was busy all the while"
        assert max(waits) < 3
