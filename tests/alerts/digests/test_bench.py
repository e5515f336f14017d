"""A thousand members, the real worker killed three times, and a real mail server that counts.
Run by pytest alone."""

from exchange.alerts.digests import bench


def test_after_three_kills_nobody_has_two_and_nobody_has_none():
    told = bench.run({"members": 1000, "lease": 2})

    assert told["kills"] == 3
    assert told["duplicates"] == 0
    assert told["needless"] == 0
    # Who was killed between the last dot and the mark leaves a mail in doubt, which hosts decide.
    assert told["missed"] <= told["unsure"] <= 3 * bench.WORKERS
    assert told["failed"] == told["queued"] == 0
    assert told["peak_mb"] < 400
