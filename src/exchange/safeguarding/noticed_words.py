"""Words that nobody reported, and that a gate takes for words about one child: a case, as if somebody
had. Registered by hooks; asked by other rooms through `core.worries`."""

from __future__ import annotations

from dataclasses import replace

from exchange.core.gates import Reason
from exchange.core.worries import Worry
from exchange.safeguarding.actions.reporting import LONGEST_WORDS, Circumstances, report
from exchange.safeguarding.models import Kind
from exchange.safeguarding.screening import findings as codes
from exchange.safeguarding.targets import of_words

# Of these a writer is told, and what they send all the same is read by lead and deputies alone.
OF_A_CHILD = frozenset({codes.DANGER, codes.CHILD_NAMED, codes.CHILD_DESCRIBED, codes.ONE_CASE})


def points(reason: Reason) -> bool:
    """Whether a gate's reason is about one child."""
    return reason.code in OF_A_CHILD


def take(worry: Worry) -> None:
    """Who wrote it can be asked back; it stands in the case, and nowhere else. The words may be
    about its writer, who is no handler of their own case then."""
    target = of_words(worry.words)
    report(
        kind=Kind.AT_RISK,
        target=replace(target, url=""),
        words=worry.from_whom[:LONGEST_WORDS],
        reporter=target.person,
        reporter_address="" if target.person else worry.address,
        via=worry.via,
        circumstances=Circumstances(once_key=worry.key[:40]),
    )
