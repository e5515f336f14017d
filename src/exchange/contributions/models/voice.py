"""Protected voices: who wrote a text that is shown without its author, locked; the two hosts who may
look, and every look. Read and changed by `contributions.voice` alone."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from exchange.contributions.models.spine import Contribution
from exchange.core import ids
from exchange.core.time import now
from exchange.members.models import Member


class Voice(models.Model):
    """Whose words these are. No foreign key leads to the person: `owner` is a mark by which they
    find their own words again, `sealed` their number, locked. Neither tells anything without the
    site's secret key, in a copy of the database least of all."""

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="voices")
    # An answer given in the same voice; 0: the text itself. A number: answers stand above.
    reply_number = models.PositiveBigIntegerField(default=0)
    owner = models.CharField(max_length=64, blank=True, db_index=True)
    sealed = models.CharField(max_length=255, blank=True)
    # The mark of the form it came by, so that one form sent twice is one text.
    form = models.CharField(max_length=64, unique=True, default=ids.new_id)
    # Whether the writer wants a letter that says only that there is something new.
    tells = models.BooleanField(default=False)
    told_of = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contribution", "reply_number"], name="one_voice")
        ]

    def __str__(self) -> str:
        return f"voice {self.pk}"


class VoiceKeeper(models.Model):
    """One of the two hosts who may look up whose words are protected."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    since = models.DateTimeField(default=now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member"], name="one_keeper", condition=models.Q(ended_at=None)
            )
        ]
        ordering: ClassVar = ["since", "pk"]

    def __str__(self) -> str:
        return f"keeper {self.member_id}"


class VoiceLook(models.Model):
    """That a keeper looked whose words these are: who, when and why. Never changed."""

    voice = models.ForeignKey(Voice, on_delete=models.CASCADE, related_name="looks")
    by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    by_name = models.CharField(max_length=120, blank=True)
    why = models.CharField(max_length=300)
    at = models.DateTimeField(default=now)

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"look {self.pk}"
