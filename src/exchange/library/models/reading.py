"""The light reading of a file: its parts as clean HTML, its figures, and what readers found wrong.
Read through the file's `visible_to`; changed by `library.reading.actions` alone."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from exchange.core import ids
from exchange.core.languages import direction
from exchange.core.time import now
from exchange.library.models.files import File
from exchange.library.models.resource import Resource
from exchange.members.models import Member


class Reading(models.Model):
    """What became of reading a file; parts and figures hang on it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("being prepared")
        READY = "ready", _("ready")
        IMAGE_ONLY = "image-only", _("pages are pictures without text")
        FAILED = "failed", _("could not be read")

    file = models.OneToOneField(File, on_delete=models.CASCADE, related_name="reading")
    resource = models.ForeignKey(
        Resource, null=True, on_delete=models.CASCADE, related_name="readings"
    )
    state = models.CharField(max_length=12, choices=State, default=State.WAITING)
    # Why it failed, in a word: "encrypted", "too-long", "broken", "too-heavy".
    why = models.CharField(max_length=30, blank=True)
    language = models.CharField(max_length=8, blank=True)
    title = models.CharField(max_length=500, blank=True)
    pages = models.PositiveIntegerField(default=0)
    words = models.PositiveIntegerField(default=0)
    parts_count = models.PositiveIntegerField(default=0)
    # Bytes of all parts as HTML, not compressed.
    size = models.PositiveIntegerField(default=0)
    # For each heading its level, title, part and anchor.
    contents = models.JSONField(default=list, blank=True)
    # Page numbers: {"scanned": [3], "recognised": [3], "tables": [7]}, and figures of quality.
    quality = models.JSONField(default=dict, blank=True)
    # Paragraphs of scanned pages, by page, that a machine recognised.
    recognised = models.JSONField(default=dict, blank=True)
    # Which program made it; a newer one may make it anew.
    maker = models.PositiveSmallIntegerField(default=0)
    seconds = models.FloatField(default=0)
    made_at = models.DateTimeField(null=True, blank=True)
    # A host found it too poor to be offered; making it anew does not change that.
    hidden_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["resource", "state"], name="reading_of_record")]

    def __str__(self) -> str:
        return f"reading of file {self.file_id}"

    @property
    def direction(self) -> str:
        return direction(self.language)

    @property
    def is_offered(self) -> bool:
        """Whether people may read it here, as text or as pictures of its pages."""
        return self.hidden_at is None and self.parts_count > 0

    @property
    def scanned(self) -> list[int]:
        """The pages that are pictures and were not recognised."""
        done = set(self.quality.get("recognised", ()))
        return [page for page in self.quality.get("scanned", ()) if page not in done]


class ReadingPart(models.Model):
    """A part of at most 30 kB of HTML, and its plain words for search."""

    reading = models.ForeignKey(Reading, on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=300, blank=True)
    first_page = models.PositiveIntegerField(default=0)
    last_page = models.PositiveIntegerField(default=0)
    html = models.TextField()
    text = models.TextField()
    size = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["reading", "number"], name="one_part_of_a_number")
        ]

    def __str__(self) -> str:
        return f"{self.reading_id} part {self.number}"


class ReadingFigure(models.Model):
    """A picture of a document, re-encoded; its bytes lie in the store under `key`."""

    reading = models.ForeignKey(Reading, on_delete=models.CASCADE, related_name="figures")
    key = models.CharField(max_length=40, unique=True, default=ids.new_id, editable=False)
    # Its name in the block tree, such as "f3".
    name = models.CharField(max_length=20)
    page = models.PositiveIntegerField(default=0)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    size = models.PositiveIntegerField()
    alt = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reading", "name"], name="one_figure_of_a_name")
        ]

    def __str__(self) -> str:
        return f"{self.reading_id} {self.name}"


class ReadingProblem(models.Model):
    """What a reader found wrong in a light view, for the hosts."""

    class What(models.TextChoices):
        ORDER = "order", _("the order is wrong")
        MISSING = "missing", _("something is missing")
        GARBLED = "garbled", _("letters or words are garbled")
        TABLE = "table", _("a table cannot be understood")
        OTHER = "other", _("something else")

    reading = models.ForeignKey(Reading, on_delete=models.CASCADE, related_name="problems")
    part = models.PositiveIntegerField(default=0)
    anchor = models.CharField(max_length=30, blank=True)
    what = models.CharField(max_length=10, choices=What)
    note = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    # Of visitors: a mark that says whether two reports came by the same line, not which line.
    line = models.CharField(max_length=32, blank=True)
    at = models.DateTimeField(default=now)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        indexes = [models.Index(fields=["settled_at", "at"], name="problem_open")]

    def __str__(self) -> str:
        return f"{self.reading_id} {self.what}"
