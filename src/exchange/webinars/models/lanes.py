"""Text that runs beside the hour: one lane a language, typed by volunteers; and slides in step.
Changed by the actions of `lanes` alone."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from exchange.core import ids
from exchange.core.languages import direction
from exchange.core.time import now
from exchange.members.models import Member
from exchange.webinars.models.webinar import Webinar


class Lane(models.Model):
    """The gist in one language. One writer has the pen at a time and hands it over."""

    webinar = models.ForeignKey(Webinar, on_delete=models.CASCADE, related_name="lanes")
    language = models.CharField(max_length=8)
    # Whether it carries over from another language (interpretation), or follows what is spoken.
    is_interpreted = models.BooleanField(default=False)
    pen = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    pen_since = models.DateTimeField(null=True, blank=True)
    # Words writers agreed on: "mlinzi = guardian", a line each.
    glossary = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["webinar", "language"], name="one_lane_a_language")
        ]

    def __str__(self) -> str:
        return f"{self.webinar_id} in {self.language}"

    @property
    def audience(self) -> str:
        return f"lane:{self.language}"

    @property
    def direction(self) -> str:
        return direction(self.language)


class LineQuerySet(models.QuerySet["Line"]):
    def shown(self) -> LineQuerySet:
        return self.filter(state=Line.State.SHOWN, sealed_at=None)


class Line(models.Model):
    """A sentence or two of a lane, in order."""

    class State(models.TextChoices):
        SHOWN = "shown"
        WAITING = "waiting"
        HIDDEN = "hidden"

    lane = models.ForeignKey(Lane, on_delete=models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField()
    text = models.CharField(max_length=1000)
    state = models.CharField(max_length=8, choices=State, default=State.SHOWN)
    flags = models.CharField(max_length=200, blank=True)
    sealed_at = models.DateTimeField(null=True, blank=True, editable=False)
    by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=now)
    once_key = models.CharField(max_length=40, unique=True, default=ids.new_id, editable=False)

    objects: ClassVar = LineQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["lane", "number"], name="one_line_a_number")]

    def __str__(self) -> str:
        return f"line {self.number} of {self.lane_id}"

    @property
    def item(self) -> str:
        return f"line:{self.pk}"


class SlideQuerySet(models.QuerySet["Slide"]):
    def out(self) -> SlideQuerySet:
        """What everybody was shown; only together with a webinar that may be seen."""
        return self.filter(seen_at__isnull=False, shown_at__isnull=False)


class Slide(models.Model):
    """One slide: words that everybody can load, and a light picture for who wants it."""

    webinar = models.ForeignKey(Webinar, on_delete=models.CASCADE, related_name="slides")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    language = models.CharField(max_length=8, default="en")
    # A file under DATA_DIR/slides; empty when the slide is words alone.
    picture = models.CharField(max_length=80, blank=True)
    picture_bytes = models.PositiveIntegerField(default=0)
    # Codes of the gates' reasons; and when a host, or a lead where no gate asked for more, looked
    # at its words and its picture. Before that nobody else sees it.
    flags = models.CharField(max_length=200, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    # When it was last put before everybody.
    shown_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")

    objects: ClassVar = SlideQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["webinar", "number"], name="one_slide_a_number")
        ]

    def __str__(self) -> str:
        return f"slide {self.number} of {self.webinar_id}"

    @property
    def direction(self) -> str:
        return direction(self.language)

    @property
    def item(self) -> str:
        return f"slide:{self.pk}"
