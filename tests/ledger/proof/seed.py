"""`python -m tests.ledger.proof.seed KIND COUNT`: something to do for the workers.
Run by the proofs."""

import sys

import django
from django.db import transaction


def main() -> None:
    """Record events, or queue mails, in one transaction."""
    django.setup()
    from exchange.ledger.actions import record
    from exchange.mail.actions import queue_mail
    from tests.ledger.proof.models import Tally

    kind, count = sys.argv[1], int(sys.argv[2])
    with transaction.atomic():
        Tally.objects.get_or_create(pk=1)
        for number in range(count):
            if kind == "events":
                record("proof.asked", subject_type="number", subject_id=number)
            else:
                queue_mail(
                    to=f"reader{number}@example.org",
                    subject=f"Letter {number}",
                    text=f"This is letter {number}.\n.A line with a dot.\n",
                    purpose="proof",
                    key=f"proof:{number}",
                )


if __name__ == "__main__":
    main()
