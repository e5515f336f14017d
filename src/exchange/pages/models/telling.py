"""The Exchange's own texts as hosts wrote them: about, the code of conduct, safeguarding, privacy.
Read by `texts`; changed by the actions of `telling` alone."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from exchange.core.time import now
from exchange.members.models import Member


class HouseText(models.Model):
    """One text in one language. Where there is no row, the file that came with the program holds."""

    class Name(models.TextChoices):
        ABOUT = "about", _("About the Exchange")
        HOW = "how_it_works", _("How it works")
        CONDUCT = "code_of_conduct", _("Code of conduct")
        SAFEGUARDING = "safeguarding", _("Safeguarding")
        PRIVACY = "privacy", _("Privacy")
        CONTACT = "contact", _("Contact")

    name = models.CharField(max_length=20, choices=Name)
    language = models.CharField(max_length=8)
    title = models.CharField(max_length=200)
    body = models.TextField()
    summary = models.CharField(max_length=300, blank=True)
    # Nobody reads it while this is empty.
    published_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)
    # Its page in the writing room.
    page_id = models.BigIntegerField(null=True, blank=True, unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name", "language"], name="one_text_a_language")
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.language}"

    @property
    def is_public(self) -> bool:
        return self.published_at is not None


class HouseTextRevision(models.Model):
    """A text as it stood, and who let it out; only added to. Empty when it was taken down."""

    text = models.ForeignKey(HouseText, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)
    summary = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=now)
    by = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    by_name = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["text", "number"], name="one_number_a_text")]

    def __str__(self) -> str:
        return f"{self.text_id} r{self.number}"
