"""The parts of `bench digest`: made-up members, a mail server that counts, workers that are killed.
Called by `alerts.digests.bench` alone."""
