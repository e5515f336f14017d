"""Spaces near home: regional hubs with a public face, working groups for their members alone; and who
belongs to one, in which role. Changed by `hubs.belonging.actions` and `hubs.spaces.actions` alone."""

from __future__ import annotations

from typing import ClassVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from exchange.core.languages import current
from exchange.core.time import now
from exchange.members.models import Member
from exchange.taxonomy.vocabulary import country_name


class SpaceQuerySet(models.QuerySet["Space"]):
    def open(self) -> SpaceQuerySet:
        return self.filter(closed_at=None)

    def hubs(self) -> SpaceQuerySet:
        return self.filter(kind=Space.Kind.HUB)

    def groups(self) -> SpaceQuerySet:
        return self.filter(kind=Space.Kind.GROUP)

    def visible_to(self, member: Member | None) -> SpaceQuerySet:
        """Whose name and face somebody may see. Hubs are everybody's. Of a working group the name
        is seen by all while it is listed; else by who belongs to it or was asked in, and by hosts.
        What is inside, `Membership.objects.within` decides, not this."""
        listed = Q(kind=Space.Kind.HUB, closed_at=None) | Q(is_listed=True, closed_at=None)
        if member is None or not member.is_authenticated:
            return self.filter(listed)
        if member.is_host:
            return self
        theirs = Membership.objects.filter(
            member=member, state__in=(Membership.State.IN, Membership.State.INVITED)
        )
        return self.filter(listed | Q(pk__in=theirs.values("space_id")))


class Space(models.Model):
    """A regional hub or a working group."""

    class Kind(models.TextChoices):
        HUB = "hub", _("regional hub")
        GROUP = "group", _("working group")

    class Joins(models.TextChoices):
        ASKING = "asking", _("people ask, a host of the group answers")
        INVITED = "invited", _("by invitation alone")

    class Reads(models.TextChoices):
        """Whose words a host of the space reads before the others do, beyond what the gates hold."""

        NOBODY = "nobody", _("only what could point to a child, or looks like advertising")
        NEW = "new", _("the first words of each person as well")
        EVERYBODY = "everybody", _("everything")

    class Content(models.TextChoices):
        """At most how much of what is written inside stands in a mail."""

        FULL = "full", _("the whole text")
        TEASER = "teaser", _("the first lines and a link")
        NOTICE = "notice", _("only that there is something new")

    kind = models.CharField(max_length=6, choices=Kind)
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    # The name in other languages by code; where one is missing, `name` stands.
    names = models.JSONField(default=dict, blank=True)
    about = models.TextField(blank=True)
    # {"fr": "..."}: the same in other languages.
    abouts = models.JSONField(default=dict, blank=True)
    # A word of the vocabulary "region", which shelves, newsletters and watches know a hub by.
    region = models.CharField(max_length=60, blank=True)
    countries = models.CharField(max_length=400, blank=True)
    languages = models.CharField(max_length=60, blank=True)
    # An IANA name: meetings are shown in it.
    time_zone = models.CharField(max_length=60, default="UTC")
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="groups"
    )
    joins = models.CharField(max_length=8, choices=Joins, default=Joins.ASKING)
    reads_first = models.CharField(max_length=10, choices=Reads, default=Reads.NOBODY)
    mail_content = models.CharField(max_length=8, choices=Content, default=Content.FULL)
    is_listed = models.BooleanField(default=True)
    # Where the word "child" in a subject could be read over a shoulder: subjects tell nothing.
    is_sensitive = models.BooleanField(default=False)
    opened_at = models.DateTimeField(default=now)
    closed_at = models.DateTimeField(null=True, blank=True)
    opened_by = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)
    is_demo = models.BooleanField(default=False, editable=False)

    objects: ClassVar = SpaceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["region"],
                name="one_hub_a_region",
                condition=Q(kind="hub") & ~Q(region=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("hubs:space", args=[self.slug])

    @property
    def is_hub(self) -> bool:
        return self.kind == self.Kind.HUB

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def shown_name(self) -> str:
        """The name in the language of this moment."""
        return str(self.names.get(current()) or self.name)

    @property
    def shown_about(self) -> str:
        return str(self.abouts.get(current()) or self.about)

    @property
    def country_codes(self) -> list[str]:
        return self.countries.split()

    @property
    def language_codes(self) -> list[str]:
        return self.languages.split()

    @property
    def first_language(self) -> str:
        codes = self.language_codes
        return codes[0] if codes else settings.LANGUAGE_CODE

    @property
    def country_labels(self) -> list[str]:
        return sorted(country_name(code) for code in self.country_codes)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)


class MembershipQuerySet(models.QuerySet["Membership"]):
    def within(self) -> MembershipQuerySet:
        """Who belongs: hosts, members and guests."""
        return self.filter(state=Membership.State.IN)

    def hosting(self) -> MembershipQuerySet:
        return self.within().filter(role=Membership.Role.HOST)

    def of(self, member: Member) -> MembershipQuerySet:
        """Nobody who is paused for good, has left the Exchange or was erased belongs anywhere."""
        return self.within().filter(member=member, member__is_active=True, member__erased_at=None)


class Membership(models.Model):
    """That somebody asked to belong to a space, was invited, belongs to it, or left."""

    class Role(models.TextChoices):
        HOST = "host", _("host of the group")
        MEMBER = "member", _("member")
        # Reads everything inside and writes nothing: a visitor of a workshop, a funder.
        GUEST = "guest", pgettext_lazy("in a group", "guest")

    class State(models.TextChoices):
        ASKED = "asked", _("asked to join")
        INVITED = "invited", _("was invited")
        IN = "in", _("belongs")
        LEFT = "left", pgettext_lazy("in a group", "left")
        DECLINED = "declined", _("was not taken in")

    class Level(models.TextChoices):
        """How much they hear; the words that follows use too."""

        OFF = "off", _("nothing")
        DIGEST = "digest", _("in my digest")
        EACH = "each", _("each one by e-mail")

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="memberships")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=8, choices=Role, default=Role.MEMBER)
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    level = models.CharField(max_length=8, choices=Level, default=Level.EACH)
    # What they wrote when they asked.
    words = models.TextField(blank=True)
    asked_at = models.DateTimeField(default=now)
    since = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(default=now)
    by = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # A host of the space let something of theirs out, or invited them by name.
    trusted_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["space", "member"], name="one_membership")]
        indexes = [
            models.Index(fields=["member", "state"], name="membership_of"),
            models.Index(fields=["space", "state", "role"], name="membership_in"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.role} {self.state}"

    @property
    def is_in(self) -> bool:
        return self.state == self.State.IN

    @property
    def is_hosting(self) -> bool:
        return self.is_in and self.role == self.Role.HOST
