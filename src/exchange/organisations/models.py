"""Organisations and the people who say they work with one. Changed by `organisations.actions` alone;
other rooms hold foreign keys to Organisation."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from exchange.core.languages import direction
from exchange.core.time import now
from exchange.members.models import Member
from exchange.taxonomy.vocabulary import country_name


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def visible_to(self, member: Member | None) -> OrganisationQuerySet:
        """What hosts brought in or checked is everybody's; what somebody proposed is seen by who
        proposed it and by hosts until a host has looked."""
        standing = self.filter(gone_at=None, sealed_at=None)
        if member is not None and member.is_authenticated and member.is_host:
            return standing
        out = models.Q(checked_at__isnull=False)
        if member is not None and member.is_authenticated:
            out |= models.Q(proposed_by=member)
        return standing.filter(out, held_at=None)

    def public(self) -> OrganisationQuerySet:
        """What a visitor may see."""
        return self.visible_to(None)


class Organisation(models.Model):
    """One organisation with a page of its own."""

    class Kind(models.TextChoices):
        NATIONAL = "national-ngo", _("national organisation")
        REGIONAL = "regional-ngo", _("regional organisation")
        INTERNATIONAL = "international-ngo", _("international organisation")
        COMMUNITY = "community", _("community organisation")
        GOVERNMENT = "government", _("public authority")
        UN = "un", _("United Nations agency")
        RESEARCH = "research", _("research organisation")
        NETWORK = "network", _("network")
        FUNDER = "funder", _("funder")
        OTHER = "other", _("other")

    slug = models.SlugField(max_length=70, unique=True)
    name = models.CharField(max_length=160)
    # The name as it is ordered and looked for: letters alone, without case or accents.
    sort_key = models.CharField(max_length=160, editable=False)
    acronym = models.CharField(max_length=30, blank=True)
    # Other ways in which its name is written, so that it is found and not entered twice.
    also_known_as = models.JSONField(default=list, blank=True)
    # All its names as `sort_key` writes them, each between bars ("|tpo uganda|tpou|").
    found_by = models.TextField(blank=True, editable=False)
    kind = models.CharField(max_length=20, choices=Kind, blank=True)
    country = models.CharField(max_length=2, blank=True)
    website = models.URLField(max_length=200, blank=True)
    about = models.TextField(blank=True)
    about_language = models.CharField(max_length=8, default="en")
    # One of the working group that founded the Exchange (the Interagency Learning Initiative).
    is_founding = models.BooleanField(default=False)
    # What we know and where from, told beside the facts ("checked in 2026").
    note = models.CharField(max_length=300, blank=True)
    origin = models.CharField(max_length=10, default="web")
    proposed_by = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    proposed_at = models.DateTimeField(default=now)
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    gone_at = models.DateTimeField(null=True, blank=True)
    # The other entry of the same organisation, to which old links to this one lead.
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="merged"
    )
    # Set by `organisations.sealing` alone: reported, until somebody has looked.
    sealed_at = models.DateTimeField(null=True, blank=True, editable=False)
    held_at = models.DateTimeField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1)
    is_demo = models.BooleanField(default=False, editable=False)

    objects: ClassVar = OrganisationQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["sort_key", "id"], name="organisation_order"),
            models.Index(
                fields=["proposed_at"],
                name="organisation_waits",
                condition=models.Q(checked_at=None, gone_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"organisation {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("organisations:organisation", args=[self.slug])

    @property
    def country_label(self) -> str:
        return country_name(self.country) if self.country else ""

    @property
    def is_checked(self) -> bool:
        return self.checked_at is not None

    @property
    def short_name(self) -> str:
        return self.acronym or self.name

    @property
    def about_direction(self) -> str:
        return direction(self.about_language)


class Belonging(models.Model):
    """That somebody says they work with an organisation; a host's check makes them one who may
    change its page and speak for it in notices."""

    class Role(models.TextChoices):
        WORKS = "works", _("works there")
        SPEAKS = "speaks", _("looks after its page")

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="belongings"
    )
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="belongings")
    role = models.CharField(max_length=8, choices=Role, default=Role.WORKS)
    # What they wrote when they asked to look after the page.
    words = models.TextField(blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # A host's kind note with a no, for the letter.
    note = models.TextField(blank=True)
    since = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "member"], name="one_belonging")
        ]
        indexes = [
            models.Index(
                fields=["asked_at"],
                name="belonging_asked",
                condition=models.Q(asked_at__isnull=False, decided_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.role} {self.organisation_id}"


class Change(models.Model):
    """That somebody changed the facts or the words of a page: who, when, and what stood there."""

    class State(models.TextChoices):
        STANDS = "stands", _("stands")
        WAITS = "waits", _("waiting for a host")
        DECLINED = "declined", _("not taken")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="changes")
    by = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(default=now)
    # Field by field: what stood there, and what stands there since.
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=State, default=State.STANDS)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["at"], name="change_waits", condition=models.Q(state="waits"))
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.at:%Y-%m-%d}"

    @property
    def lines(self) -> list[tuple[str, str, str]]:
        """(what, as it was, as it is since), in the words of the page."""
        return [
            (str(CHANGED[name]), _in_words(name, self.before.get(name)), _in_words(name, new))
            for name, new in self.after.items()
            if name in CHANGED
        ]


CHANGED = {
    "name": _("Its name"),
    "acronym": _("Its short name"),
    "also_known_as": _("Other names it is known by"),
    "about": _("What it does, in a few lines"),
    "website": _("Its website"),
    "kind": _("What it is"),
    "country": _("In which country it is at home"),
    "is_founding": _("In the working group that founded the Exchange"),
    "note": _("What we know, and where from"),
}


def _in_words(name: str, value: object) -> str:
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    if name == "kind":
        return str(dict(Organisation.Kind.choices).get(str(value or ""), value or ""))
    return country_name(str(value)) if name == "country" and value else str(value or "")
