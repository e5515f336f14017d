"""What waits for a host because of how it came. Pure.
Registered as a gate by hooks."""

from exchange.core.gates import Outcome, Reason, Submission, Verdict
from exchange.library.depositing.actions import WITH_FILE


def with_file_waits(submission: Submission) -> Verdict:
    """What stands in a file no gate has read: a host opens it before the record goes out."""
    if submission.origin != WITH_FILE or submission.author_is_host:
        return Verdict(Outcome.PASS)
    return Verdict(Outcome.HOLD, (Reason("with-file"),))
