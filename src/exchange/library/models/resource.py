"""Resources of the library: the field's own records, extending the shared table.
Changed by `library.actions`; lists read the parent table and these few columns."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from exchange.contributions.models import Contribution
from exchange.core.time import now
from exchange.members.models import Member


class LinkKind(models.TextChoices):
    ORIGINAL = "original", _("the publisher's own page")
    LIBRARY = "library", _("a library's page")
    MIRROR = "mirror", _("a copy elsewhere, not linked")
    ARCHIVE = "archive", _("an archived copy")
    RELATED = "related", _("something that goes with it")


class Evidence(models.TextChoices):
    """What a record rests on."""

    EXPERIENCE = "experience", _("experience of practitioners")
    EVALUATION = "evaluation", _("an evaluation")
    RESEARCH = "research", _("research")
    REVIEW = "review", _("a review of evidence")
    GUIDANCE = "guidance", _("guidance or a tool")


class Licence(models.TextChoices):
    """On what terms a record may be passed on. Creative Commons 4.0 unless the record says so."""

    CC0 = "cc0", _("no rights reserved (CC0)")
    BY = "cc-by", _("free to share and adapt, naming the author (CC BY)")
    BY_SA = "cc-by-sa", _("free to share and adapt under the same terms (CC BY-SA)")
    BY_NC = "cc-by-nc", _("free to share and adapt, not for money (CC BY-NC)")
    BY_NC_SA = "cc-by-nc-sa", _("free to share and adapt, not for money, same terms (CC BY-NC-SA)")
    BY_ND = "cc-by-nd", _("free to share unchanged (CC BY-ND)")
    BY_NC_ND = "cc-by-nc-nd", _("free to share unchanged, not for money (CC BY-NC-ND)")
    PERMITTED = "permitted", _("kept here with permission")
    RESERVED = "reserved", _("all rights reserved")


class Resource(Contribution):
    """A record: who made it, when, what it is, and where it stands."""

    # "A; B" for lists and cards; `Creator` rows say who is a person and who an organisation.
    authors = models.TextField(blank=True)
    publisher = models.CharField(max_length=300, blank=True)
    # 0 when no year is known: both databases then sort such records last.
    year = models.PositiveSmallIntegerField(default=0)
    # 1-12; 0 when only the year is known.
    month = models.PositiveSmallIntegerField(default=0)
    # The publisher gave no date: somebody looked. Otherwise a year of 0 means "not seen".
    is_undated = models.BooleanField(default=False)
    edition = models.CharField(max_length=60, blank=True)
    evidence = models.CharField(max_length=12, choices=Evidence, blank=True)
    licence = models.CharField(max_length=12, choices=Licence, blank=True)
    # Without "https://doi.org/" or "https://hdl.handle.net/"; an ISBN as its 13 digits.
    doi = models.CharField(max_length=200, blank=True, db_index=True)
    isbn = models.CharField(max_length=13, blank=True, db_index=True)
    handle = models.CharField(max_length=120, blank=True)
    # Hubs, as slugs of the vocabulary "region", that this is useful for wherever it is about.
    useful_for = models.CharField(max_length=200, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    superseded_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="supersedes"
    )
    translation_of = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="translations"
    )
    types = models.CharField(max_length=200, blank=True)
    regions = models.CharField(max_length=200, blank=True)
    audiences = models.CharField(max_length=200, blank=True)
    url = models.URLField(max_length=1000, blank=True)
    link_kind = models.CharField(max_length=10, choices=LinkKind, default=LinkKind.LIBRARY)
    source_site = models.CharField(max_length=120, blank=True)
    # Bytes of the light view as they travel, set by the matter "reading"; 0 when there is none.
    readable_size = models.PositiveIntegerField(default=0)
    # Folded letters and digits of the title, so that the same record is not added twice.
    title_signature = models.CharField(max_length=64, unique=True)
    # The beginning of the folded title, for the list in the order of titles.
    sort_title = models.CharField(max_length=60)

    class Meta:
        indexes = [
            models.Index(fields=["-year", "-contribution_ptr"], name="resource_by_year"),
            models.Index(fields=["sort_title", "contribution_ptr"], name="resource_by_title"),
            # Most records belong to no other. An index that holds all of those is worth nothing to
            # SQLite, which then reads the whole table.
            models.Index(
                fields=["translation_of"],
                condition=models.Q(translation_of__isnull=False),
                name="resource_translations",
            ),
            models.Index(
                fields=["superseded_by"],
                condition=models.Q(superseded_by__isnull=False),
                name="resource_superseded",
            ),
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
    def hub_slugs(self) -> list[str]:
        return self.useful_for.split()

    @property
    def shown_link(self) -> str:
        """The address a reader may be sent to; copies elsewhere are named but not linked."""
        return "" if self.link_kind == LinkKind.MIRROR else self.url


class Creator(models.Model):
    """Somebody who made a record, in the order of its title page: a person or an organisation."""

    class Role(models.TextChoices):
        AUTHOR = "author", _("author")
        EDITOR = "editor", _("editor")
        TRANSLATOR = "translator", _("translator")

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="creators")
    place = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=10, choices=Role, default=Role.AUTHOR)
    is_organisation = models.BooleanField(default=False)
    # The whole name of an organisation, or of a person whose names could not be told apart.
    name = models.CharField(max_length=300)
    family = models.CharField(max_length=120, blank=True)
    given = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["resource", "place"], name="one_creator_at_a_place")
        ]

    def __str__(self) -> str:
        return f"{self.resource_id} {self.place}"


class Link(models.Model):
    """A further address of a record, beside the main one on its own row."""

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="links")
    url = models.URLField(max_length=1000)
    kind = models.CharField(max_length=10, choices=LinkKind, default=LinkKind.RELATED)
    label = models.CharField(max_length=160, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["resource", "url"], name="one_link_once")]

    def __str__(self) -> str:
        return f"{self.resource_id} {self.kind}"


class Deposit(models.Model):
    """How a record came from a member: on what right its file may be kept, and who is in it."""

    class Right(models.TextChoices):
        OWN = "own", _("we made it, and may share it")
        OPEN = "open", _("its licence lets anybody share it")
        PERMISSION = "permission", _("its owner gave permission")
        LINK_ONLY = "link", _("only describe it and link to it")

    class People(models.TextChoices):
        NONE = "none", _("no picture of people who can be recognised")
        AGREED = "agreed", _("they agreed, and for children a guardian too")
        UNSURE = "unsure", _("not sure")

    resource = models.OneToOneField(Resource, on_delete=models.CASCADE, related_name="deposit")
    by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=now)
    right = models.CharField(max_length=10, choices=Right, default=Right.LINK_ONLY)
    right_note = models.CharField(max_length=300, blank=True)
    people = models.CharField(max_length=10, choices=People, blank=True)

    def __str__(self) -> str:
        return f"deposit of {self.resource_id}"


class DepositWord(models.Model):
    """One word in the talk between a host and whoever added a record; nobody else reads it."""

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="deposit_words")
    by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    shown_as = models.CharField(max_length=120, blank=True)
    is_host = models.BooleanField(default=False)
    body = models.TextField()
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.resource_id} word {self.pk}"
