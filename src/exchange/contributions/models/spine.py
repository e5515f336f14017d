"""The shared table: everything people share is one Contribution row; kinds with more extend it.
Read through `visible_to`; states are set by `contributions.actions` alone."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from exchange.contributions import kinds
from exchange.contributions.voice_names import name_of_voice
from exchange.core import html, ids, text
from exchange.core.languages import direction
from exchange.core.time import now
from exchange.hubs.belongs import hosted_by, spaces_of
from exchange.hubs.models import Space
from exchange.members.models import Member
from exchange.taxonomy.models import Term


class State(models.TextChoices):
    DRAFT = "draft", _("draft")
    WAITING = "waiting", _("waiting for a host")
    PUBLISHED = "published", _("published")
    EXPIRED = "expired", _("ended")
    HELD = "held", _("held")
    WITHDRAWN = "withdrawn", _("withdrawn")
    SEALED = "sealed", _("sealed")
    # Let out to the members of its space alone. A state of its own, so that whatever looks for what
    # is published does not find it: every door is shut to it unless it was opened on purpose.
    INSIDE = "inside", _("inside its group")


# What a reader may open. An expired notice keeps its address but is no longer listed or found.
PUBLIC_STATES = (State.PUBLISHED, State.EXPIRED)
# Let out, to everybody or to those inside.
OUT_STATES = (State.PUBLISHED, State.INSIDE)
# What stands inside a group, or stood there: nobody else reads it, hosts of the Exchange included.
_BEHIND_THE_DOOR = (State.INSIDE, State.WITHDRAWN)


class ContributionQuerySet(models.QuerySet["Contribution"]):
    def public(self) -> ContributionQuerySet:
        """What a visitor may read."""
        return self.filter(state__in=PUBLIC_STATES)

    def visible_to(self, member: Member | None) -> ContributionQuerySet:
        """The one decision about who may read what. Every door goes through it. What is sealed
        is nobody's here, its author's and the hosts' no more than others'."""
        if member is None or not member.is_authenticated:
            return self.public()
        unsealed = self.filter(sealed_at=None)
        theirs = Q(author=member)
        inside = Q(space__in=spaces_of(member), state=State.INSIDE)
        if member.is_host:
            shut = Q(is_inside=True, state__in=_BEHIND_THE_DOOR)
            return unsealed.filter(~shut | theirs | inside).exclude(~theirs, state=State.DRAFT)
        public = Q(state__in=PUBLIC_STATES)
        hosted = Q(space__in=hosted_by(member)) & ~Q(state=State.DRAFT)
        return unsealed.filter(public | theirs | inside | hosted)

    def listed(self) -> ContributionQuerySet:
        """What stands in lists, feeds and search. One state, so that the index gives the order."""
        return self.filter(state=State.PUBLISHED)

    def inside(self, space: Space) -> ContributionQuerySet:
        """What is let out in a group, for its members; ask who is there before."""
        return self.filter(space=space, state=State.INSIDE, sealed_at=None)

    def unanswered(self) -> ContributionQuerySet:
        """Open questions nobody has answered yet, the longest waiting first."""
        return self.filter(
            kind="question", state=State.PUBLISHED, reply_count=0, closed_at=None
        ).order_by("published_at", "id")

    def waiting(self) -> ContributionQuerySet:
        """What a host must look at, the oldest first."""
        return self.filter(state=State.WAITING).order_by("submitted_at", "id")

    def newest(self) -> ContributionQuerySet:
        return self.order_by("-published_at", "-id")

    def for_lists(self) -> ContributionQuerySet:
        """Without the long texts: a list needs the excerpt alone."""
        return self.defer("body")


class Contribution(models.Model):
    """One thing somebody shared. Lists read this table alone."""

    kind = models.CharField(max_length=12)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    title = models.CharField(max_length=500, blank=True)
    slug = models.CharField(max_length=70, blank=True)
    summary = models.CharField(max_length=300, blank=True)
    body = models.TextField(blank=True)
    language = models.CharField(max_length=8, default="en")
    author = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="contributions"
    )
    shown_as = models.CharField(max_length=120, blank=True)
    shown_role = models.CharField(max_length=160, blank=True)

    # The hub or working group it was written in. With `is_inside` it is for those who belong there
    # alone: its state, once out, is INSIDE.
    space = models.ForeignKey(
        Space, null=True, blank=True, on_delete=models.SET_NULL, related_name="contributions"
    )
    is_inside = models.BooleanField(default=False, editable=False)
    # The text inside a group that this one was made of, with the consent of its author.
    shared_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="shared_as"
    )
    # Shown without its author, whom two keepers alone can look up (`contributions.voice`).
    is_protected = models.BooleanField(default=False, editable=False)
    # The region a protected voice is said to come from; empty: none is said.
    shown_region = models.CharField(max_length=60, blank=True, editable=False)

    # Context, copied from the ContextTerm rows by `actions.set_context` so that lists need no join.
    topics = models.CharField(max_length=400, blank=True)
    countries = models.CharField(max_length=200, blank=True)
    setting = models.CharField(max_length=60, blank=True)
    mechanism = models.CharField(max_length=60, blank=True)
    leadership = models.CharField(max_length=60, blank=True)

    created_at = models.DateTimeField(default=now)
    changed_at = models.DateTimeField(default=now)
    submitted_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    # Set by `contributions.sealing` alone, with the state to go back to.
    sealed_at = models.DateTimeField(null=True, blank=True, editable=False)
    sealed_from = models.CharField(max_length=10, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1)

    # Kept exact by conversation.actions in the transaction of each reply or mark.
    reply_count = models.PositiveIntegerField(default=0)
    helped_count = models.PositiveIntegerField(default=0)
    first_reply_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    # A brief was made of it; whether one is out, the briefs say. Saves most pages the question.
    is_summed_up = models.BooleanField(default=False, editable=False)
    # The languages it can be read in beside its own, each between spaces (" en fr "): lists and
    # search need no join. Kept by the room that carries texts over, with what it lets out.
    translated_into = models.CharField(max_length=200, blank=True, editable=False)

    # One form sent twice is one contribution.
    once_key = models.CharField(max_length=40, unique=True, default=ids.new_id, editable=False)
    origin = models.CharField(max_length=10, default="web")
    is_demo = models.BooleanField(default=False, editable=False)

    objects: ClassVar = ContributionQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["state", "-published_at", "-id"], name="c_newest"),
            models.Index(fields=["kind", "state", "-published_at", "-id"], name="c_kind_newest"),
            models.Index(
                fields=["kind", "state", "reply_count", "published_at", "id"], name="c_unanswered"
            ),
            models.Index(fields=["author", "state", "-changed_at"], name="c_author"),
            models.Index(fields=["state", "submitted_at", "id"], name="c_waiting"),
            models.Index(
                fields=["state", "expires_at"],
                name="c_expiring",
                condition=Q(expires_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse(kinds.get(self.kind).page, args=[self.pk, self.slug or "-"])

    @property
    def is_public(self) -> bool:
        return self.state in PUBLIC_STATES

    @property
    def out_state(self) -> State:
        """What it becomes when it is let out."""
        return State.INSIDE if self.is_inside else State.PUBLISHED

    @property
    def is_out(self) -> bool:
        """Whether it is let out, to everybody or to its group."""
        return self.state in OUT_STATES

    @property
    def is_open(self) -> bool:
        """Whether people can still answer."""
        return self.is_out and self.closed_at is None

    @property
    def direction(self) -> str:
        return direction(self.language)

    @property
    def topic_slugs(self) -> list[str]:
        return self.topics.split()

    @property
    def country_codes(self) -> list[str]:
        return self.countries.split()

    @property
    def shown_author(self) -> str:
        """The name as it was shown when it was shared; it outlives the account."""
        if self.is_protected:
            return name_of_voice(self.shown_region)
        if self.origin == "starter" and self.author_id is None:
            return str(_("The hosts of the Exchange"))
        return self.shown_as or str(_("A practitioner"))

    @property
    def body_html(self) -> SafeString:
        return html.from_markdown(self.body)

    @property
    def excerpt(self) -> str:
        return self.summary or text.excerpt(self.body)


class Experience(Contribution):
    """A practice note: what was faced, done and learned. All parts but the first two may wait."""

    faced = models.TextField(blank=True)
    did = models.TextField(blank=True)
    who_led = models.TextField(blank=True)
    changed = models.TextField(blank=True)
    differently = models.TextField(blank=True)
    tell_others = models.TextField(blank=True)

    PARTS = (
        ("faced", _("What we faced")),
        ("did", _("What we did")),
        ("who_led", _("Who led it")),
        ("changed", _("What changed")),
        ("differently", _("What we would do differently")),
        ("tell_others", _("What we would tell others")),
    )

    def parts(self) -> list[tuple[str, str, SafeString]]:
        """(name, heading, rendered text) of each part that was written."""
        return [
            (name, str(heading), html.from_markdown(getattr(self, name)))
            for name, heading in self.PARTS
            if getattr(self, name)
        ]


class ContextTerm(models.Model):
    """The bridge from a contribution to the terms that place it, wide so that filtered lists
    need no join: state, language, kind and date are copied in the same transaction."""

    contribution = models.ForeignKey(
        Contribution, on_delete=models.CASCADE, related_name="context_terms"
    )
    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12)
    state = models.CharField(max_length=10)
    language = models.CharField(max_length=8)
    published_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contribution", "term"], name="one_term_once")
        ]
        indexes = [
            models.Index(
                fields=["term", "kind", "state", "-published_at", "-contribution"],
                name="ct_term_kind",
            ),
            models.Index(
                fields=["term", "state", "-published_at", "-contribution"], name="ct_term"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contribution_id} {self.term_id}"


class Revision(models.Model):
    """A text as it stood: who changed it, when and why, and whether that text was let out."""

    contribution = models.ForeignKey(
        Contribution, on_delete=models.CASCADE, related_name="revisions"
    )
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=500, blank=True)
    body = models.TextField(blank=True)
    parts = models.JSONField(default=dict, blank=True)
    language = models.CharField(max_length=8, default="en")
    by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    # What stands in a notice beside its words, in codes and ISO dates.
    facts = models.JSONField(default=dict, blank=True, editable=False)
    at = models.DateTimeField(default=now)
    why = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.PUBLISHED)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contribution", "number"], name="one_revision_number")
        ]
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.contribution_id} r{self.number}"


class Draft(models.Model):
    """What a member is still writing, of any kind: answers by field name, kept as typed."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="drafts")
    # The form's own key: random for something new, "answer-5-" for an answer to number 5.
    key = models.CharField(max_length=40)
    kind = models.CharField(max_length=12)
    about = models.ForeignKey(
        Contribution, null=True, on_delete=models.CASCADE, related_name="drafts"
    )
    answers = models.JSONField(default=dict)
    step = models.CharField(max_length=30, blank=True)
    version = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "key"], name="one_draft_of_a_form")
        ]
        indexes = [models.Index(fields=["member", "-changed_at"], name="draft_of_member")]

    def __str__(self) -> str:
        return f"draft {self.kind}"


class Because(models.TextChoices):
    """Why a host kept something back, in one word for the record; the note says it kindly."""

    CHILD = "child", _("it could point to a child")
    CASE = "case", _("it is about one case")
    HARM = "harm", _("it could hurt somebody")
    MORE = "more", _("more is needed to understand it")
    ELSEWHERE = "elsewhere", _("it belongs somewhere else")
    ADVERTISING = "advertising", _("it is advertising")
    RIGHTS = "rights", _("it is somebody else's to share")
    THINKING = "thinking", _("hosts want to think about it")


class Decision(models.Model):
    """What a host decided about a contribution that waited, and the kind words sent with it."""

    class What(models.TextChoices):
        PUBLISH = "publish", _("published")
        HOLD = "hold", _("held")
        REWRITE = "rewrite", _("asked to rewrite")
        WITHDRAW = "withdraw", _("withdrawn")
        CLOSE = "close", _("closed")
        CONFIRM = "confirm", _("left as it was")

    contribution = models.ForeignKey(
        Contribution, on_delete=models.CASCADE, related_name="decisions"
    )
    what = models.CharField(max_length=10, choices=What)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    by_name = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField(default=now)
    note = models.TextField(blank=True)
    reason = models.CharField(max_length=12, choices=Because, blank=True)

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.contribution_id} {self.what}"
