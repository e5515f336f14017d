"""Words carried over into another language, beside their original: asked for, begun, looked at, out.
Read through `visible_to`; changed by `translating.actions` and `sealing` alone."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from exchange.contributions.models import OUT_STATES, PUBLIC_STATES, Contribution, State
from exchange.contributions.renderings import Rendering
from exchange.conversation.models import Reply
from exchange.core.languages import direction
from exchange.core.time import now
from exchange.members.models import Member

CLAIMED_FOR = timedelta(days=14)
# Where the original stands while what was made of it may be read.
_OUT = (*PUBLIC_STATES, State.INSIDE)


class TranslationQuerySet(models.QuerySet["Translation"]):
    def out(self) -> TranslationQuerySet:
        """Let out, beside an original that is out itself."""
        return self.filter(
            Q(reply=None) | Q(reply__state__in=OUT_STATES, reply__sealed_at=None),
            state=Translation.State.PUBLISHED,
            sealed_at=None,
            contribution__state__in=_OUT,
            contribution__sealed_at=None,
        )

    def public(self) -> TranslationQuerySet:
        """What anybody may read."""
        return self.out().filter(
            Q(reply=None) | Q(reply__state=State.PUBLISHED), contribution__state__in=PUBLIC_STATES
        )

    def visible_to(self, member: Member | None) -> TranslationQuerySet:
        """What a person may read: what is out, where they may read the original; and what somebody
        is working on, for that person, for second readers and for hosts."""
        sources = Contribution.objects.visible_to(member).filter(state__in=_OUT)
        replies = Reply.objects.visible_to(member).filter(state__in=OUT_STATES)
        beside = self.filter(
            Q(reply=None) | Q(reply__in=replies.values("pk")),
            contribution__in=sources.values("pk"),
            sealed_at=None,
        )
        if member is None or not member.is_authenticated:
            return beside.filter(state=Translation.State.PUBLISHED)
        waiting = Q(state=Translation.State.WAITING)
        if not member.is_host:
            # What a gate held is for hosts alone; a second reader gets the rest.
            waiting &= Q(is_held=False)
        own = Q(translator=member) & ~Q(state=Translation.State.GONE)
        return beside.filter(Q(state=Translation.State.PUBLISHED) | own | waiting)


class Translation(models.Model):
    """One text in one more language. A correction is a row of its own, which takes the place of the
    one it `corrects`: what stood before stays as its history, for its people and for hosts."""

    class State(models.TextChoices):
        DRAFT = "draft", _("begun")
        WAITING = "waiting", _("waiting for a second reader")
        PUBLISHED = "published", _("published")
        REPLACED = "replaced", _("replaced by a better one")
        GONE = "gone", _("taken back")

    contribution = models.ForeignKey(
        Contribution, on_delete=models.CASCADE, related_name="renderings"
    )
    reply = models.ForeignKey(
        Reply, null=True, blank=True, on_delete=models.CASCADE, related_name="renderings"
    )
    language = models.CharField(max_length=8)
    source_language = models.CharField(max_length=8)
    # The version of the original it was made of.
    of_version = models.PositiveIntegerField(default=1)
    title = models.CharField(max_length=500, blank=True)
    body = models.TextField(blank=True)
    parts = models.JSONField(default=dict, blank=True)
    # The same words as they were typed: by field, paragraph after paragraph beside the original's.
    pieces = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    # A gate asked for a host's eyes.
    is_held = models.BooleanField(default=False)
    is_machine_begun = models.BooleanField(default=False)
    corrects = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="corrected_by"
    )
    translator = models.ForeignKey(
        Member, null=True, on_delete=models.SET_NULL, related_name="translations"
    )
    shown_as = models.CharField(max_length=120, blank=True)
    reviewer = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    # Kind words of who looked at it, when something should be changed first.
    note = models.TextField(blank=True)
    claimed_until = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=now)
    changed_at = models.DateTimeField(default=now)
    published_at = models.DateTimeField(null=True, blank=True)
    sealed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar = TranslationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contribution", "language"],
                name="one_translation_out",
                condition=Q(state="published", reply__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["reply", "language"],
                name="one_answer_translation_out",
                condition=Q(state="published", reply__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["contribution", "language"],
                name="one_translation_begun",
                condition=Q(state__in=("draft", "waiting"), reply__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["reply", "language"],
                name="one_answer_translation_begun",
                condition=Q(state__in=("draft", "waiting"), reply__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["state", "created_at", "id"], name="tr_state"),
            models.Index(fields=["translator", "state"], name="tr_translator"),
        ]

    def __str__(self) -> str:
        return f"translation {self.pk}"

    def get_absolute_url(self) -> str:
        return self.source.get_absolute_url()

    @property
    def source(self) -> Contribution | Reply:
        """What it was made of."""
        return self.reply if self.reply is not None else self.contribution

    @property
    def is_behind(self) -> bool:
        """The original was changed since."""
        return self.source.version > self.of_version

    @property
    def is_lapsed(self) -> bool:
        """Its two weeks are over, and nobody sent it."""
        return bool(
            self.state == self.State.DRAFT and self.claimed_until and self.claimed_until <= now()
        )

    @property
    def direction(self) -> str:
        return direction(self.language)

    @property
    def shown_translator(self) -> str:
        return self.shown_as or str(_("A volunteer"))

    @property
    def whole(self) -> str:
        """Every word of it but the title, for the gates."""
        return "\n\n".join(filter(None, [self.body, *self.parts.values()]))

    def rendering(self) -> Rendering:
        """As pages, lists and search show it."""
        return Rendering(
            pk=self.pk,
            contribution_id=self.contribution_id,
            reply_id=self.reply_id or 0,
            language=self.language,
            source_language=self.source_language,
            title=self.title,
            body=self.body,
            parts=dict(self.parts),
            by=self.shown_translator,
            is_behind=self.is_behind,
        )


class WishQuerySet(models.QuerySet["Wish"]):
    def of(self, contribution_id: int, reply_id: int | None, language: str) -> WishQuerySet:
        about = Q(reply=None) if reply_id is None else Q(reply=reply_id)
        return self.filter(about, contribution=contribution_id, language=language)


class Wish(models.Model):
    """Somebody would like to read something in a language."""

    contribution = models.ForeignKey(
        Contribution, on_delete=models.CASCADE, related_name="translation_wishes"
    )
    reply = models.ForeignKey(
        Reply, null=True, blank=True, on_delete=models.CASCADE, related_name="translation_wishes"
    )
    language = models.CharField(max_length=8)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="translation_wishes")
    at = models.DateTimeField(default=now)

    objects: ClassVar = WishQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contribution", "language", "member"],
                name="one_wish",
                condition=Q(reply__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["reply", "language", "member"],
                name="one_wish_an_answer",
                condition=Q(reply__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["language", "contribution"], name="wish_language")]

    def __str__(self) -> str:
        return f"wish {self.pk}"


class Remark(models.Model):
    """A reader says that something is wrong in a translation; its translator hears of it."""

    translation = models.ForeignKey(Translation, on_delete=models.CASCADE, related_name="remarks")
    by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    words = models.TextField(blank=True)
    at = models.DateTimeField(default=now)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["translation"], name="remark_open", condition=Q(done_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"remark {self.pk}"


class TermWord(models.Model):
    """A host's word for a term of protection in one language, in place of the shipped one."""

    term = models.SlugField(max_length=60)
    language = models.CharField(max_length=8)
    word = models.CharField(max_length=200)
    note = models.CharField(max_length=400, blank=True)
    by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["term", "language"], name="one_word_for_a_term")
        ]

    def __str__(self) -> str:
        return f"{self.term} {self.language}"


def behind() -> Q:
    """Translations whose original was changed since."""
    return Q(reply=None, contribution__version__gt=F("of_version")) | Q(
        reply__version__gt=F("of_version")
    )
