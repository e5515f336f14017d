"""The short versions of a record: one sentence, a phone message, one page in plain words.
Read through `visible_to`; changed by `library.ladder.actions` alone."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from exchange.core import html
from exchange.library.models.offered import Decided, OfferedQuerySet, Standing
from exchange.library.models.resource import Resource


class Rung(Decided):
    """One short version in one language; the newest published one stands."""

    WHAT = "rung"

    class Length(models.TextChoices):
        SENTENCE = "sentence", _("In one sentence")
        MESSAGE = "message", _("As a phone message")
        PAGE = "page", _("On one page, in plain words")

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="rungs")
    length = models.CharField(max_length=10, choices=Length)
    text = models.TextField()
    # Whole words a sentence; and what the formula of the language gives, where one is known.
    words_a_sentence = models.PositiveSmallIntegerField(default=0)
    grade = models.FloatField(null=True, blank=True)

    objects: ClassVar = OfferedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["resource", "standing"], name="rung_of_record")]
        constraints = [
            models.UniqueConstraint(
                fields=["resource", "length", "language"],
                condition=Q(standing=Standing.PUBLISHED),
                name="one_rung_stands",
            )
        ]

    def __str__(self) -> str:
        return f"{self.resource_id} {self.length} {self.language}"

    @property
    def called(self) -> str:
        return self.get_length_display()

    @property
    def text_html(self) -> SafeString:
        return html.from_markdown(self.text)
