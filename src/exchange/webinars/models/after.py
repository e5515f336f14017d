"""What stays: the summary, the recording and its release, what people say afterwards, certificates.
Changed by the actions of `after` alone."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from exchange.core import html, ids
from exchange.core.languages import direction
from exchange.core.time import now
from exchange.members.models import Member
from exchange.taxonomy import vocabulary
from exchange.webinars.models.seats import Seat
from exchange.webinars.models.webinar import Webinar


class Summary(models.Model):
    """The hour in short: written from lanes, questions and polls, then by a person."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        OUT = "out", _("out")

    webinar = models.OneToOneField(Webinar, on_delete=models.CASCADE, related_name="summary_row")
    text = models.TextField(blank=True)
    # What to take away, a line each; at most five.
    takeaways = models.TextField(blank=True)
    language = models.CharField(max_length=8, default="en")
    state = models.CharField(max_length=6, choices=State, default=State.DRAFT)
    version = models.PositiveIntegerField(default=1)
    by = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    changed_at = models.DateTimeField(default=now)
    out_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"summary of {self.webinar_id}"

    @property
    def direction(self) -> str:
        return direction(self.language)

    @property
    def html(self) -> SafeString:
        return html.from_markdown(self.text)

    @property
    def points(self) -> list[str]:
        """What to take away, without the strokes people put before a line."""
        return [line.strip().lstrip("-*• ") for line in self.takeaways.splitlines() if line.strip()]


class RecordingQuerySet(models.QuerySet["Recording"]):
    def released(self) -> RecordingQuerySet:
        """What anybody may hear, together with a webinar that may be seen."""
        return self.filter(state=Recording.State.RELEASED)


class Recording(models.Model):
    """Sound or video of the hour: out only when two different hosts have heard it."""

    class Kind(models.TextChoices):
        SOUND = "sound", _("sound")
        VIDEO = "video", _("video")
        ELSEWHERE = "elsewhere", _("kept elsewhere")

    class State(models.TextChoices):
        MAKING = "making", _("being made")
        WAITING = "waiting", _("waits for two hosts")
        RELEASED = "released", _("released")
        REFUSED = "refused", _("not released")
        GONE = "gone", _("taken away")

    webinar = models.ForeignKey(Webinar, on_delete=models.CASCADE, related_name="recordings")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.SOUND)
    language = models.CharField(max_length=8, default="en")
    # Files under DATA_DIR/recordings, by `key`; or an address of the engine.
    key = models.CharField(max_length=40, unique=True, default=ids.new_id, editable=False)
    address = models.URLField(max_length=1000, blank=True)
    # The engine's own id, so that it is told once.
    engine_id = models.CharField(max_length=120, blank=True)
    seconds = models.PositiveIntegerField(default=0)
    opus_bytes = models.PositiveIntegerField(default=0)
    mp3_bytes = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=8, choices=State, default=State.MAKING)
    at = models.DateTimeField(default=now)
    released_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = RecordingQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"recording {self.pk} of {self.webinar_id}"


class Hearing(models.Model):
    """That a host heard a recording through and says yes or no to its release."""

    recording = models.ForeignKey(Recording, on_delete=models.CASCADE, related_name="hearings")
    by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    by_name = models.CharField(max_length=120, blank=True)
    says_yes = models.BooleanField()
    note = models.CharField(max_length=600, blank=True)
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recording", "by"], name="one_hearing_a_host")
        ]

    def __str__(self) -> str:
        return f"hearing of {self.recording_id}"


class Opinion(models.Model):
    """What somebody says of the hour, without a name beside it: one a seat, in a word or two."""

    webinar = models.ForeignKey(Webinar, on_delete=models.CASCADE, related_name="opinions")
    # Known only as "this seat has answered": a keyed digest, no link to who it was.
    mark = models.CharField(max_length=64)
    useful = models.PositiveSmallIntegerField(null=True, blank=True)
    line_was = models.CharField(max_length=10, blank=True)
    words = models.TextField(blank=True)
    at = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["webinar", "mark"], name="one_opinion_once")]

    def __str__(self) -> str:
        return f"opinion on {self.webinar_id}"


class Tried(models.Model):
    """Thirty days later: what did you try? Words pass the gates and feed "we used this"."""

    class What(models.TextChoices):
        TRIED = "tried", _("we tried something")
        ADAPTED = "adapted", _("we changed how we work")
        NOT_YET = "not-yet", _("not yet")
        NOT_FOR_US = "not-for-us", _("it does not fit here")

    webinar = models.ForeignKey(Webinar, on_delete=models.CASCADE, related_name="tried")
    seat = models.ForeignKey(Seat, null=True, on_delete=models.SET_NULL, related_name="tried")
    member = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    what = models.CharField(max_length=10, choices=What)
    words = models.TextField(blank=True)
    language = models.CharField(max_length=8, default="en")
    country = models.CharField(max_length=2, blank=True)
    # Whether the words are out; what waits is read by a host first.
    is_out = models.BooleanField(default=False)
    at = models.DateTimeField(default=now)
    # Set where somebody said that a child may be at risk: nobody reads it then.
    sealed_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["webinar", "seat"], name="one_tried_a_seat")]

    def __str__(self) -> str:
        return f"tried after {self.webinar_id}"

    @property
    def place(self) -> str:
        """The country beside the words; no name ever stands there."""
        return vocabulary.country_name(self.country) if self.country else ""


class Certificate(models.Model):
    """That somebody took part. Anybody with the code can check it and sees initials alone."""

    webinar = models.ForeignKey(Webinar, on_delete=models.CASCADE, related_name="certificates")
    seat = models.OneToOneField(
        Seat, null=True, on_delete=models.SET_NULL, related_name="certificate"
    )
    code = models.CharField(max_length=20, unique=True)
    # The name for the paper, typed by its owner; not shown by the check.
    name = models.CharField(max_length=120, blank=True)
    initials = models.CharField(max_length=12, blank=True)
    people = models.PositiveSmallIntegerField(default=1)
    at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return f"certificate {self.pk} of {self.webinar_id}"
