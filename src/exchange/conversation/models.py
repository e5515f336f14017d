"""What people say to a contribution: replies, marks, and who follows it.
Read through `visible_to`; changed by `conversation.actions` alone."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from exchange.contributions.models import OUT_STATES, PUBLIC_STATES, Because, Contribution, State
from exchange.contributions.voice_names import name_of_voice
from exchange.conversation.offers import Offer
from exchange.conversation.saved import SavedMatch, SavedSearch
from exchange.core import html, ids
from exchange.core.languages import direction
from exchange.core.time import now
from exchange.hubs.belongs import hosted_by, spaces_of
from exchange.members.models import Member

__all__ = [
    "Follow",
    "Mark",
    "Offer",
    "Reply",
    "ReplyDecision",
    "ReplyQuerySet",
    "ReplyRevision",
    "SavedMatch",
    "SavedSearch",
]


class ReplyQuerySet(models.QuerySet["Reply"]):
    def public(self) -> ReplyQuerySet:
        return self.filter(state=State.PUBLISHED)

    def visible_to(self, member: Member | None) -> ReplyQuerySet:
        """Replies a person may read; the contribution itself is checked by its own visible_to."""
        if member is None or not member.is_authenticated:
            return self.public().filter(contribution__state__in=PUBLIC_STATES)
        unsealed = self.filter(sealed_at=None, contribution__sealed_at=None)
        inside = Q(state=State.INSIDE, contribution__space__in=spaces_of(member))
        if member.is_host:
            shut = Q(contribution__is_inside=True, state__in=(State.INSIDE, State.WITHDRAWN))
            return unsealed.filter(~shut | inside | Q(author=member))
        hosted = Q(contribution__space__in=hosted_by(member)) & ~Q(state=State.DRAFT)
        return unsealed.filter(Q(state=State.PUBLISHED) | Q(author=member) | inside | hosted)

    def waiting(self) -> ReplyQuerySet:
        return self.filter(state=State.WAITING).order_by("created_at", "id")


class Reply(models.Model):
    """An answer or a word to an answer (one level deep)."""

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="replies")
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="children"
    )
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    body = models.TextField()
    language = models.CharField(max_length=8, default="en")
    author = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="replies"
    )
    shown_as = models.CharField(max_length=120, blank=True)
    shown_role = models.CharField(max_length=160, blank=True)
    # As of a contribution: given by the protected voice of the text itself.
    is_protected = models.BooleanField(default=False, editable=False)
    shown_region = models.CharField(max_length=60, blank=True, editable=False)
    # A host's word that the question is seen; counted as no answer.
    is_holding = models.BooleanField(default=False, editable=False)
    via = models.CharField(max_length=10, default="web")
    created_at = models.DateTimeField(default=now)
    published_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(null=True, blank=True)
    # Set by `conversation.sealing` alone, with the state to go back to.
    sealed_at = models.DateTimeField(null=True, blank=True, editable=False)
    sealed_from = models.CharField(max_length=10, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1)
    helped_count = models.PositiveIntegerField(default=0)
    answered_at = models.DateTimeField(null=True, blank=True)
    once_key = models.CharField(max_length=40, unique=True, default=ids.new_id, editable=False)
    is_demo = models.BooleanField(default=False, editable=False)

    objects: ClassVar = ReplyQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["contribution", "state", "created_at", "id"], name="r_in_order"),
            models.Index(fields=["author", "-created_at"], name="r_author"),
            models.Index(
                fields=["created_at", "id"], name="r_waiting", condition=Q(state=State.WAITING)
            ),
            # What is new, for digests.
            models.Index(
                fields=["published_at"],
                name="r_new",
                condition=Q(published_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"reply {self.pk}"

    def get_absolute_url(self) -> str:
        return f"{self.contribution.get_absolute_url()}#reply-{self.pk}"

    @property
    def is_out(self) -> bool:
        """Whether it is let out, to everybody or to the group it was given in."""
        return self.state in OUT_STATES

    @property
    def direction(self) -> str:
        return direction(self.language)

    @property
    def shown_author(self) -> str:
        if self.is_protected:
            return name_of_voice(self.shown_region)
        return self.shown_as or str(_("A practitioner"))

    @property
    def body_html(self) -> SafeString:
        return html.from_markdown(self.body)


class ReplyRevision(models.Model):
    """A reply as it stood before a change."""

    reply = models.ForeignKey(Reply, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    body = models.TextField()
    by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reply", "number"], name="one_reply_revision_number")
        ]
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.reply_id} r{self.number}"


class ReplyDecision(models.Model):
    """What a host decided about a reply that waited, and the kind words sent with it."""

    class What(models.TextChoices):
        PUBLISH = "publish", _("published")
        HOLD = "hold", _("held")
        REWRITE = "rewrite", _("asked to rewrite")
        WITHDRAW = "withdraw", _("withdrawn")
        CONFIRM = "confirm", _("left as it was")

    reply = models.ForeignKey(Reply, on_delete=models.CASCADE, related_name="decisions")
    what = models.CharField(max_length=10, choices=What)
    by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    by_name = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField(default=now)
    note = models.TextField(blank=True)
    reason = models.CharField(max_length=12, choices=Because, blank=True)

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.reply_id} {self.what}"


class Mark(models.Model):
    """Somebody said a reply (or an experience) helped, or answered their question."""

    class Kind(models.TextChoices):
        HELPED = "helped", _("This helped")
        ANSWERED = "answered", _("This answered my question")

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="marks")
    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="marks")
    reply = models.ForeignKey(Reply, null=True, on_delete=models.CASCADE, related_name="marks")
    kind = models.CharField(max_length=10, choices=Kind)
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "reply", "kind"],
                name="one_mark_a_reply",
                condition=Q(reply__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["member", "contribution", "kind"],
                name="one_mark_a_contribution",
                condition=Q(reply__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.kind}"


class Follow(models.Model):
    """That a member wants to hear about a contribution, how much, and why they are asked."""

    class Level(models.TextChoices):
        OFF = "off", _("nothing")
        DIGEST = "digest", _("in my digest")
        EACH = "each", _("each answer by e-mail")

    class Why(models.TextChoices):
        CHOSEN = "chosen", _("you chose to follow it")
        WROTE = "wrote", _("you wrote it")
        ANSWERED = "answered", _("you answered it")

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="follows")
    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="follows")
    level = models.CharField(max_length=8, choices=Level, default=Level.EACH)
    why = models.CharField(max_length=10, choices=Why, default=Why.CHOSEN)
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "contribution"], name="one_follow")
        ]
        indexes = [models.Index(fields=["contribution", "level"], name="follow_level")]

    def __str__(self) -> str:
        return f"{self.member_id} {self.level}"
