"""The settings of the ledger's proofs, with a worker that dies where PROOF_DIE says.
Named by the environment of the proofs' processes."""

from tests.ledger.proof.settings import *  # noqa: F403

LEDGER_EXTRA_HOOKS = ["tests.ledger.proof.listeners", "tests.mail.proof.dying"]
