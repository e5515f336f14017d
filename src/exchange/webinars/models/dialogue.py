"""What is said in the hour: the sequence of live events, questions, votes, chat, polls and hands.
Words are changed by the actions of `dialogue`; live events are written by `live.actions.tell`."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from exchange.contributions.models import Contribution
from exchange.core import ids
from exchange.core.languages import direction
from exchange.core.time import now
from exchange.members.models import Member
from exchange.webinars.models.seats import Seat
from exchange.webinars.models.webinar import Presenter, Webinar


class LiveCount(models.Model):
    """The last number given in one webinar. Taken under a lock, so that numbers appear in the
    order in which their transactions end."""

    webinar = models.OneToOneField(Webinar, on_delete=models.CASCADE, primary_key=True)
    seq = models.PositiveBigIntegerField(default=0)
    # What was last told of voices, polls and people, and when: only what changed is told again.
    tallied = models.JSONField(default=dict)
    tallied_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.webinar_id} at {self.seq}"


class LiveEvent(models.Model):
    """One thing that everybody in the room is to be told, in order. Only added to; when words are
    taken back, their event stays as a number with nothing in it."""

    webinar = models.ForeignKey(Webinar, on_delete=models.CASCADE, related_name="live_events")
    seq = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=20)
    # "all", "helpers", "presenters", "lane:fr", "seat:12".
    audience = models.CharField(max_length=30, default="all")
    # What it is about ("asked:7"), so that all that was told of it can be emptied.
    item = models.CharField(max_length=40, blank=True)
    payload = models.JSONField(default=dict)
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["webinar", "seq"], name="one_event_a_number")
        ]
        indexes = [models.Index(fields=["webinar", "item"], name="live_event_item")]

    def __str__(self) -> str:
        return f"{self.webinar_id} {self.seq} {self.kind}"


class AskedQuerySet(models.QuerySet["Asked"]):
    def shown(self) -> AskedQuerySet:
        """On the wall; only together with a webinar that may be seen."""
        return self.filter(state__in=Asked.ON_THE_WALL)

    def waiting(self) -> AskedQuerySet:
        """For the helper, the oldest first."""
        return self.filter(state=Asked.State.WAITING).order_by("at", "pk")


class Asked(models.Model):
    """A question to the presenters: asked before, during or after; read by a helper before
    anybody else sees it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waits for the helper")
        SHOWN = "shown", _("on the wall")
        ANSWERING = "answering", _("being answered")
        ANSWERED = "answered", _("answered")
        DECLINED = "declined", _("not taken up")
        HIDDEN = "hidden", _("taken down")
        # The same as another, whose votes it shares.
        JOINED = "joined", _("joined with another")

    ON_THE_WALL = (State.SHOWN, State.ANSWERING, State.ANSWERED)

    webinar = models.ForeignKey(Webinar, on_delete=models.CASCADE, related_name="asked")
    seat = models.ForeignKey(Seat, null=True, on_delete=models.SET_NULL, related_name="asked")
    member = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    shown_as = models.CharField(max_length=120, blank=True)
    text = models.TextField(blank=True)
    language = models.CharField(max_length=8, default="en")
    via = models.CharField(max_length=8, default="web")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    # Codes of the gates' reasons, for the helper; `needs_host` when a helper may not decide alone.
    flags = models.CharField(max_length=200, blank=True)
    needs_host = models.BooleanField(default=False)
    joined_to = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="joined"
    )
    votes = models.PositiveIntegerField(default=0)
    at = models.DateTimeField(default=now)
    decided_by = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    # Why it was not taken up, for the one who asked.
    note = models.CharField(max_length=400, blank=True)
    # Hidden from everybody, the team included, while safeguarding looks at it.
    sealed_at = models.DateTimeField(null=True, blank=True, editable=False)
    # The gist of what was answered, typed by the helper or a presenter.
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_as = models.CharField(max_length=120, blank=True)
    # What a presenter without an account wrote by mail; nobody but hosts reads it until one of
    # them lets it out.
    mailed = models.TextField(blank=True)
    # What became of it afterwards: a question of its own, the presenter asked, and by when.
    question = models.ForeignKey(
        Contribution, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    presenter = models.ForeignKey(
        Presenter, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    due_on = models.DateField(null=True, blank=True)
    told_asker_at = models.DateTimeField(null=True, blank=True)
    once_key = models.CharField(max_length=40, unique=True, default=ids.new_id, editable=False)

    objects: ClassVar = AskedQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["webinar", "state", "-votes", "at"], name="asked_on_wall"),
            models.Index(fields=["seat", "at"], name="asked_by_seat"),
        ]

    def __str__(self) -> str:
        return f"asked {self.pk} in {self.webinar_id}"

    @property
    def direction(self) -> str:
        return direction(self.language)

    @property
    def item(self) -> str:
        return f"asked:{self.pk}"


class AskedVote(models.Model):
    """ "Me too": one a seat, taken back at will. A group counts as one voice."""

    asked = models.ForeignKey(Asked, on_delete=models.CASCADE, related_name="voices")
    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["asked", "seat"], name="one_voice_a_seat")]

    def __str__(self) -> str:
        return f"voice for {self.asked_id}"


class Said(models.Model):
    """One line of the chat. What a gate does not pass waits for a helper."""

    class State(models.TextChoices):
        WAITING = "waiting"
        SHOWN = "shown"
        HIDDEN = "hidden"

    webinar = models.ForeignKey(Webinar, on_delete=models.CASCADE, related_name="said")
    seat = models.ForeignKey(Seat, null=True, on_delete=models.SET_NULL, related_name="+")
    member = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    shown_as = models.CharField(max_length=120, blank=True)
    text = models.CharField(max_length=600)
    language = models.CharField(max_length=8, default="en")
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    flags = models.CharField(max_length=200, blank=True)
    needs_host = models.BooleanField(default=False)
    sealed_at = models.DateTimeField(null=True, blank=True, editable=False)
    at = models.DateTimeField(default=now)
    once_key = models.CharField(max_length=40, unique=True, default=ids.new_id, editable=False)

    class Meta:
        indexes = [models.Index(fields=["webinar", "state", "-id"], name="said_in_webinar")]

    def __str__(self) -> str:
        return f"said {self.pk} in {self.webinar_id}"

    @property
    def item(self) -> str:
        return f"said:{self.pk}"


class Poll(models.Model):
    """A question with choices, opened and closed by the team."""

    class State(models.TextChoices):
        READY = "ready", _("ready")
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")

    webinar = models.ForeignKey(Webinar, on_delete=models.CASCADE, related_name="polls")
    text = models.CharField(max_length=300)
    # Two to six, in their order.
    choices = models.JSONField(default=list)
    language = models.CharField(max_length=8, default="en")
    state = models.CharField(max_length=6, choices=State, default=State.READY)
    shows_counts = models.BooleanField(default=True)
    by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=now)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"poll {self.pk} of {self.webinar_id}"

    @property
    def item(self) -> str:
        return f"poll:{self.pk}"


class Ballot(models.Model):
    """One choice of one seat, changeable while the poll is open. `people` of a group count."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="ballots")
    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="+")
    choice = models.PositiveSmallIntegerField()
    people = models.PositiveSmallIntegerField(default=1)
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["poll", "seat"], name="one_ballot_a_seat")]

    def __str__(self) -> str:
        return f"ballot in {self.poll_id}"


class Hand(models.Model):
    """A raised hand: somebody who wishes to speak."""

    webinar = models.ForeignKey(Webinar, on_delete=models.CASCADE, related_name="hands")
    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=now)
    # Taken down by its owner, or called up by the team.
    down_at = models.DateTimeField(null=True, blank=True)
    called_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["webinar", "seat"],
                condition=models.Q(down_at__isnull=True),
                name="one_hand_up",
            )
        ]

    def __str__(self) -> str:
        return f"hand in {self.webinar_id}"
