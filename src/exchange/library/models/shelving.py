"""Collections and the shelves of hubs: records in an order, with a local word on each.
Read through `visible_to`; changed by `library.shelving.actions` alone."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from exchange.core.time import now
from exchange.library.models.offered import Offered, OfferedQuerySet, Standing
from exchange.library.models.resource import Resource
from exchange.members.models import Member
from exchange.taxonomy import vocabulary


class ShelfQuerySet(models.QuerySet["Shelf"]):
    def published(self) -> ShelfQuerySet:
        return self.filter(standing=Standing.PUBLISHED)

    def visible_to(self, member: Member | None) -> ShelfQuerySet:
        if member is None or not member.is_authenticated:
            return self.published()
        if member.is_host:
            return self.all()
        return self.filter(Q(standing=Standing.PUBLISHED) | Q(by=member))


class Shelf(Offered):
    """A collection somebody keeps, or the shelf of a hub."""

    class Kind(models.TextChoices):
        COLLECTION = "collection", _("collection")
        HUB = "hub", _("shelf of a hub")

    kind = models.CharField(max_length=10, choices=Kind, default=Kind.COLLECTION)
    # For the shelf of a hub: a slug of the vocabulary "region".
    hub = models.CharField(max_length=40, blank=True)
    slug = models.CharField(max_length=70)
    title = models.CharField(max_length=200)
    words = models.TextField(blank=True)
    # Newer words a gate held: what stands stays until a host has read them.
    proposed_title = models.CharField(max_length=200, blank=True)
    proposed_words = models.TextField(blank=True)
    # A host's kind words to its maker.
    note = models.CharField(max_length=500, blank=True)
    changed_at = models.DateTimeField(default=now)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[Any] = ShelfQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["hub"], condition=~Q(hub=""), name="one_shelf_a_hub")
        ]

    def __str__(self) -> str:
        return f"shelf {self.pk}"

    def get_absolute_url(self) -> str:
        if self.hub:
            return reverse("library:hub-shelf", args=[self.hub])
        return reverse("library:collection", args=[self.pk, self.slug or "-"])

    @property
    def name(self) -> str:
        """What it is called; the shelf of a hub by its region, in the reader's language."""
        return vocabulary.label(f"region:{self.hub}") if self.hub else self.title

    @property
    def is_public(self) -> bool:
        return self.standing == Standing.PUBLISHED


class ShelfItem(Offered):
    """A record on a shelf and what is said of it there: why here, for whom, what is missing."""

    shelf = models.ForeignKey(Shelf, on_delete=models.CASCADE, related_name="items")
    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="shelved_in")
    place = models.PositiveIntegerField(default=0)
    comment = models.CharField(max_length=500, blank=True)
    # A newer comment a gate held, until a host has read it.
    proposed = models.CharField(max_length=500, blank=True)

    objects: ClassVar = OfferedQuerySet.as_manager()

    class Meta:
        ordering = ["place", "id"]
        constraints = [
            models.UniqueConstraint(fields=["shelf", "resource"], name="one_place_on_a_shelf")
        ]

    def __str__(self) -> str:
        return f"{self.shelf_id} {self.resource_id}"
