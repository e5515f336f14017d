"""What a group keeps for itself: meetings, agenda, notes, decisions, drafts, points of action, files.
One table holds all words, so that they are judged, sealed and shown in one way. Changed by `hubs.working`."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from exchange.core import ids
from exchange.core.time import now
from exchange.hubs.models.space import Membership, Space
from exchange.members.models import Member


class PaperQuerySet(models.QuerySet["Paper"]):
    def visible_to(self, member: Member | None) -> PaperQuerySet:
        """Those inside read what is out; who wrote what is held, and the hosts of the space, read
        that as well. What is sealed, or was taken away, nobody reads."""
        if member is None or not member.is_authenticated:
            return self.none()
        of = Membership.objects.of(member)
        there = self.filter(
            space_id__in=of.values("space_id"), space__closed_at=None, sealed_at=None
        )
        theirs = Q(author=member)
        if not member.powers_rest:
            hosted = of.filter(role=Membership.Role.HOST).values("space_id")
            theirs |= Q(space_id__in=hosted)
        return there.filter(Q(state=Paper.State.OUT) | Q(theirs, state=Paper.State.HELD))

    def out(self) -> PaperQuerySet:
        return self.filter(state=Paper.State.OUT, sealed_at=None)

    def of_kind(self, kind: str) -> PaperQuerySet:
        return self.filter(kind=kind)


class Paper(models.Model):
    """One piece of words of a group. `parent`: the meeting of an agenda point, the decision of what
    somebody says to it, what a point of action came from."""

    class Kind(models.TextChoices):
        MEETING = "meeting", _("Meeting")
        AGENDA = "agenda", _("Point for the agenda")
        NOTES = "notes", _("Notes")
        DECISION = "decision", _("Decision")
        STANCE = "stance", _("What somebody says to a decision")
        OUTCOME = "outcome", _("Outcome")
        DRAFT = "draft", _("Shared draft")
        ACTION = "action", _("Point of action")
        FILE = "file", _("File")

    class State(models.TextChoices):
        OUT = "out", _("seen by those inside")
        HELD = "held", _("waits for a host of the group")
        GONE = "gone", _("taken away")

    class Choice(models.TextChoices):
        """Of an agenda point what the hosts said; of a stance what its writer says."""

        NONE = "", "–"
        PROPOSED = "proposed", pgettext_lazy("agenda point", "proposed")
        ACCEPTED = "accepted", pgettext_lazy("agenda point", "on the agenda")
        DECLINED = "declined", pgettext_lazy("agenda point", "not this time")
        AGREE = "agree", _("I agree")
        LIVE_WITH = "live-with", _("I can live with it")
        NOT_YET = "not-yet", _("Not yet")

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="papers")
    kind = models.CharField(max_length=8, choices=Kind)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="parts"
    )
    author = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="papers"
    )
    title = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)
    language = models.CharField(max_length=12, default="en")
    choice = models.CharField(max_length=9, choices=Choice, blank=True, default="")
    # The place of a point on its agenda.
    place = models.PositiveSmallIntegerField(default=0)
    # Who does a point of action: a member, or a name the group knows.
    owner = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    owner_name = models.CharField(max_length=80, blank=True)
    # By when: a point of action, what is to be said to a decision.
    due_on = models.DateField(null=True, blank=True)
    # Notes finished, a decision closed, a draft ready, a point done.
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    state = models.CharField(max_length=4, choices=State, default=State.OUT)
    sealed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    once_key = models.CharField(max_length=40, blank=True, default="")
    made_at = models.DateTimeField(default=now)
    changed_at = models.DateTimeField(default=now)

    objects: ClassVar = PaperQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["space", "author", "once_key"],
                name="one_paper_a_form",
                condition=~Q(once_key=""),
            ),
            models.UniqueConstraint(
                fields=["parent"], name="one_outcome", condition=Q(kind="outcome")
            ),
            models.UniqueConstraint(fields=["parent"], name="one_notes", condition=Q(kind="notes")),
            models.UniqueConstraint(
                fields=["parent", "author"], name="one_stance", condition=Q(kind="stance")
            ),
        ]
        indexes = [
            models.Index(fields=["space", "kind", "state"], name="paper_in"),
            models.Index(fields=["kind", "due_on"], name="paper_due"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    def get_absolute_url(self) -> str:
        """The page it stands on: of its own, or of what it belongs to."""
        kind, pk = self.kind, int(self.pk)
        if kind in (self.Kind.STANCE, self.Kind.OUTCOME):
            kind, pk = self.Kind.DECISION, self.parent_id or 0
        elif kind == self.Kind.AGENDA:
            kind, pk = self.Kind.MEETING, self.parent_id or 0
        elif kind == self.Kind.NOTES:
            return reverse("hubs:notes", args=[self.space.slug, self.parent_id])
        return reverse(f"hubs:{kind}", args=[self.space.slug, pk])

    @property
    def is_out(self) -> bool:
        return self.state == self.State.OUT and self.sealed_at is None

    @property
    def is_settled(self) -> bool:
        return self.settled_at is not None

    @property
    def written_by(self) -> str:
        return self.author.shown_name if self.author else str(_("A practitioner"))

    @property
    def done_by(self) -> str:
        """Who is to do a point of action, in words."""
        return self.owner.shown_name if self.owner else self.owner_name

    @property
    def is_late(self) -> bool:
        return bool(
            self.due_on and not self.is_settled and self.due_on < today(self.space.time_zone)
        )


class Revision(models.Model):
    """Words as they stood once, with who wrote them, when and why. A sealed paper gives none."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="revisions")
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)
    why = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(default=now)
    # A host of the space has not let it out yet.
    is_held = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["paper", "version"], name="one_paper_revision")
        ]

    def __str__(self) -> str:
        return f"{self.paper_id} {self.version}"


class Sitting(models.Model):
    """When and where the group meets. The hour is kept as it stands on the wall of that place, so
    that a country which changes its clocks moves nothing."""

    paper = models.OneToOneField(Paper, on_delete=models.CASCADE, related_name="sitting")
    wall = models.CharField(max_length=16)
    zone = models.CharField(max_length=60)
    starts_at = models.DateTimeField(db_index=True)
    minutes = models.PositiveSmallIntegerField(default=60)
    where = models.CharField(max_length=300, blank=True)
    uid = models.CharField(max_length=40, default=ids.new_id)
    sequence = models.PositiveIntegerField(default=0)
    called_off_at = models.DateTimeField(null=True, blank=True)
    called_off_why = models.CharField(max_length=300, blank=True)
    # A host of a hub shows its hour, and nothing else of it, to everybody.
    is_shown = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.paper_id} {self.wall}"

    @property
    def is_off(self) -> bool:
        return self.called_off_at is not None

    @property
    def place(self) -> ZoneInfo:
        return ZoneInfo(self.zone)


class Coming(models.Model):
    """What somebody said about coming to a meeting."""

    class Answer(models.TextChoices):
        YES = "yes", _("I come")
        MAYBE = "maybe", _("Maybe")
        NO = "no", _("I cannot come")

    meeting = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="comings")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    answer = models.CharField(max_length=5, choices=Answer)
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "member"], name="one_coming_each")
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.answer}"


class Kept(models.Model):
    """The bytes of one version of a group's file, cleaned; `key` opens them for those inside."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="kept")
    key = models.CharField(max_length=40, unique=True, default=ids.new_id)
    version = models.PositiveIntegerField(default=1)
    name = models.CharField(max_length=130)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    taken_out = models.JSONField(default=list, blank=True)
    by = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["paper", "version"], name="one_kept_version")
        ]

    def __str__(self) -> str:
        return f"{self.paper_id} {self.version}"


class CalendarKey(models.Model):
    """The secret part of the address of somebody's calendar of meetings; a new one ends the old."""

    member = models.OneToOneField(Member, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=40, unique=True, default=ids.new_id)
    at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return str(self.member_id)


def today(zone: str, moment: datetime | None = None) -> date:
    """The day it is at a place."""
    return (moment or now()).astimezone(ZoneInfo(zone)).date()
