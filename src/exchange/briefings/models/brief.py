"""A brief: what a talk, a webinar or some records say, on one page, and whose words stand in it.
Read through `visible_to`; changed by the actions of `briefs` and `quoting` alone."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from exchange.contributions.models import Contribution
from exchange.core import html, ids
from exchange.members.models import Member


class Brief(Contribution):
    """One page by the hosts. `body` is the page, `message` the same in the size of a message."""

    message = models.CharField(max_length=900, blank=True)
    # Who is thanked, as it stands under the page; made from those who agreed, changed by hand.
    credit = models.CharField(max_length=600, blank=True)
    # A slug of the vocabulary "region", where it is for one hub before others.
    hub = models.CharField(max_length=60, blank=True)
    # When somebody should look whether it still holds.
    review_on = models.DateField(null=True, blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    # The same in other languages: they all have the number of the first.
    family = models.BigIntegerField(null=True, blank=True, db_index=True)
    # Its page in the writing room, if it was ever opened there.
    page_id = models.BigIntegerField(null=True, blank=True, unique=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["review_on"], name="b_review", condition=Q(review_on__isnull=False)
            )
        ]


class Source(models.Model):
    """Something a brief sums up. Shown on both pages, as far as the reader may see the other."""

    brief = models.ForeignKey(Brief, on_delete=models.CASCADE, related_name="sources")
    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="+")
    place = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["place", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["brief", "contribution"], name="one_source_a_brief")
        ]

    def __str__(self) -> str:
        return f"{self.contribution_id} in brief {self.brief_id}"


class Quoted(models.Model):
    """Words of one person that stand in a brief, and what they said when they were asked."""

    class Answer(models.TextChoices):
        # Chosen, and nobody has been asked yet.
        CHOSEN = "chosen", _("not asked yet")
        ASKED = "asked", _("asked, no answer yet")
        # With the name as it was shown; or without it.
        NAMED = "named", _("agreed, with the name")
        UNNAMED = "unnamed", _("agreed, without the name")
        DECLINED = "declined", _("said no")
        # The words it came from were taken back, or sealed.
        GONE = "gone", _("taken back")

    brief = models.ForeignKey(Brief, on_delete=models.CASCADE, related_name="quotes")
    # Where they stand: a contribution, and the number of an answer to it (0: its own words).
    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="+")
    reply_number = models.PositiveBigIntegerField(default=0)
    member = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # Letter for letter as they stand there and in the brief; emptied when they are gone.
    words = models.TextField(blank=True)
    language = models.CharField(max_length=8, default="en")
    shown_as = models.CharField(max_length=120, blank=True)
    place = models.PositiveSmallIntegerField(default=0)
    answer = models.CharField(max_length=8, choices=Answer, default=Answer.CHOSEN)
    asked_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    # Opens the page where they answer, without signing in.
    key = models.CharField(max_length=40, unique=True, default=ids.new_id, editable=False)

    class Meta:
        ordering = ["place", "pk"]
        indexes = [models.Index(fields=["contribution", "reply_number"], name="q_from")]

    def __str__(self) -> str:
        return f"quote {self.pk} in brief {self.brief_id}"

    @property
    def html(self) -> SafeString:
        return html.from_markdown(self.words)

    @property
    def is_agreed(self) -> bool:
        return self.answer in (self.Answer.NAMED, self.Answer.UNNAMED)


class Due(models.Model):
    """That a page of the writing room is to be published at an hour: the worker sees it here and
    opens the writing room for it."""

    page_id = models.BigIntegerField(unique=True)
    at = models.DateTimeField(db_index=True)
    tries = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return f"page {self.page_id} at {self.at:%Y-%m-%d %H:%M}"
