"""What the proving listeners write: nothing unique, so that work done twice would be seen.
Used by the proofs alone."""

from django.db import models


class Trace(models.Model):
    """One row for each time an event was handled, and by which process."""

    event_id = models.BigIntegerField()
    worker = models.IntegerField()

    class Meta:
        app_label = "proof"

    def __str__(self) -> str:
        return f"{self.event_id} by {self.worker}"


class Tally(models.Model):
    """A number that a lost or doubled update would falsify."""

    count = models.IntegerField(default=0)

    class Meta:
        app_label = "proof"

    def __str__(self) -> str:
        return str(self.count)
