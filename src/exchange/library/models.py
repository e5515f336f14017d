"""Resources of the library: the field's own records, extending the shared table.
Changed by `library.actions`; lists read the parent table and these few columns."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from exchange.contributions.models import Contribution


class LinkKind(models.TextChoices):
    ORIGINAL = "original", _("the publisher's own page")
    LIBRARY = "library", _("a library's page")
    MIRROR = "mirror", _("a copy elsewhere, not linked")


class Resource(Contribution):
    """A record: who made it, when, what it is, and where it stands."""

    # "A; B" as the source gives them; people and organisations part in a later slice.
    authors = models.TextField(blank=True)
    publisher = models.CharField(max_length=300, blank=True)
    # 0 when undated: both databases then sort undated records last.
    year = models.PositiveSmallIntegerField(default=0)
    types = models.CharField(max_length=200, blank=True)
    regions = models.CharField(max_length=200, blank=True)
    audiences = models.CharField(max_length=200, blank=True)
    url = models.URLField(max_length=1000, blank=True)
    link_kind = models.CharField(max_length=10, choices=LinkKind, default=LinkKind.LIBRARY)
    source_site = models.CharField(max_length=120, blank=True)
    # Folded letters and digits of the title, so that the same record is not added twice.
    title_signature = models.CharField(max_length=64, unique=True)
    # The beginning of the folded title, for the list in the order of titles.
    sort_title = models.CharField(max_length=60)

    class Meta:
        indexes = [
            models.Index(fields=["-year", "-contribution_ptr"], name="resource_by_year"),
            models.Index(fields=["sort_title", "contribution_ptr"], name="resource_by_title"),
        ]

    @property
    def author_names(self) -> list[str]:
        return [name.strip() for name in self.authors.split(";") if name.strip()]

    @property
    def type_slugs(self) -> list[str]:
        return self.types.split()

    @property
    def region_slugs(self) -> list[str]:
        return self.regions.split()

    @property
    def audience_slugs(self) -> list[str]:
        return self.audiences.split()

    @property
    def shown_link(self) -> str:
        """The address a reader may be sent to; copies elsewhere are named but not linked."""
        return "" if self.link_kind == LinkKind.MIRROR else self.url
