"""`python -m tests.ledger.proof.seed KIND COUNT`: something to do for the workers.
Run by the proofs."""

import sys

import django
from django.db import transaction


def main() -> None:
    """Record events, or queue mails, one by one or in batches, in one transaction."""
    django.setup()
    from exchange.ledger.actions import record
    from exchange.mail.actions import Queued, queue_mail, queue_many
    from tests.ledger.proof.models import Tally

    kind, count = sys.argv[1], int(sys.argv[2])
    first = 1_000_000 if kind.startswith("more-") else 0
    numbers = range(first, first + count)
    with transaction.atomic():
        Tally.objects.get_or_create(pk=1)
        if kind == "events":
            for number in numbers:
                record("proof.asked", subject_type="number", subject_id=number)
        elif kind.endswith("batches"):
            queue_many([Queued(**_letter(number), purpose="newsletter") for number in numbers])
        else:
            for number in numbers:
                queue_mail(**_letter(number), purpose="proof")


def _letter(number: int) -> dict[str, str]:
    return {
        "to": f"reader{number}@example.org",
        "subject": f"Letter {number}",
        "text": f"This is letter {number}.\n.A line with a dot.\n",
        "key": f"proof:{number}",
    }


if __name__ == "__main__":
    main()
