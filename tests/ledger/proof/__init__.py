"""A tiny room for proving the ledger with real workers that are really killed.
Installed by `tests.ledger.proof.settings` alone."""
