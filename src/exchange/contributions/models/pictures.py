"""Pictures that stand with a contribution or with one answer to it, and who agreed to be seen.
Read through `visible_to`; changed by `contributions.pictures.actions` alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from exchange.contributions.models.spine import Contribution
from exchange.core import ids
from exchange.core.time import now
from exchange.hubs.belongs import hosted_by
from exchange.members.models import Member

RepliesSeenBy = Callable[[Member | None], QuerySet[models.Model]]
_replies_seen_by: list[RepliesSeenBy] = []


def decide_about_replies(seen_by: RepliesSeenBy) -> None:
    """The room of the replies says which of them somebody may read; until then, none."""
    _replies_seen_by[:] = [seen_by]


Needed = Callable[[], Q]
_needed: list[Needed] = []


def keep_while(needed: Needed) -> None:
    """Another room says which hidden pictures must not be removed yet."""
    _needed.append(needed)


class PictureQuerySet(models.QuerySet["Picture"]):
    def standing(self) -> PictureQuerySet:
        """Not taken away."""
        return self.filter(gone_at=None)

    def removable(self) -> PictureQuerySet:
        """Standing, and nobody needs the files as evidence."""
        rows = self.standing()
        for needed in _needed:
            rows = rows.exclude(pk__in=Picture.objects.filter(needed()).values("pk"))
        return rows

    def out(self) -> PictureQuerySet:
        """Let out, and the consent still holds."""
        return self.standing().filter(hidden_at=None).exclude(let_out_at=None)

    def visible_to(self, member: Member | None) -> PictureQuerySet:
        """A picture is seen only with what it stands with, and in a state of its own."""
        reader = member if member is not None and member.is_authenticated else None
        with_reply = Q(reply_number=None)
        for seen_by in _replies_seen_by:
            # Asked for each picture: a list of all readable answers would be made otherwise.
            with_reply |= Q(Exists(seen_by(reader).filter(pk=OuterRef("reply_number"))))
        beside = Contribution.objects.visible_to(reader).filter(pk=OuterRef("contribution_id"))
        rows = self.standing().filter(with_reply, Exists(beside))
        if reader is not None and reader.is_host:
            return rows
        is_out = Q(hidden_at=None, let_out_at__isnull=False)
        if reader is None:
            return rows.filter(is_out)
        hosted = Q(contribution__space__in=hosted_by(reader))
        return rows.filter(is_out | Q(by=reader) | hosted)


class Picture(models.Model):
    """One picture in three sizes; the files lie under its random key. The file that was sent is
    never kept, only its mark, so that the same one sent twice is one picture."""

    key = models.CharField(max_length=32, unique=True, default=ids.new_id, editable=False)
    contribution = models.ForeignKey(
        Contribution, on_delete=models.CASCADE, related_name="pictures"
    )
    # The answer it stands with; none: the contribution itself. A number, because foreign keys
    # point downwards; `decide_about_replies` gives it its meaning.
    reply_number = models.PositiveBigIntegerField(null=True, blank=True)
    by = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="pictures"
    )
    alt = models.CharField(max_length=300)
    caption = models.CharField(max_length=200, blank=True)
    # [{"at": 320, "width": 320, "height": 240, "bytes": 14000, "sha256": "…"}, …]
    sizes = models.JSONField(default=list)
    source_sha256 = models.CharField(max_length=64)
    added_at = models.DateTimeField(default=now)
    # Empty while a host has still to look at it.
    let_out_at = models.DateTimeField(null=True, blank=True)
    # Since when the consent has run out.
    hidden_at = models.DateTimeField(null=True, blank=True)
    # Since when it is taken away, with every file.
    gone_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = PictureQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["contribution", "reply_number", "id"], name="p_beside"),
            models.Index(
                fields=["added_at"], name="p_waiting", condition=Q(let_out_at=None, gone_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"picture {self.pk}"

    @property
    def is_waiting(self) -> bool:
        return self.let_out_at is None

    @property
    def is_out(self) -> bool:
        return self.let_out_at is not None and self.hidden_at is None and self.gone_at is None

    def size(self, at: int) -> dict[str, int | str]:
        """What is known of one of its files; empty when there is no such size."""
        return next((one for one in self.sizes if one["at"] == at), {})


class Consent(models.Model):
    """That people who can be recognised agreed: who, how, when, to what, until when. Kept while
    the picture stands, seen by the uploader and the hosts alone."""

    class Who(models.TextChoices):
        ADULT = "adult", _("one or more adults")
        CHILD = "child", _("a child, or children and adults")

    class How(models.TextChoices):
        WRITTEN = "written", _("in writing")
        SPOKEN = "spoken", _("by word of mouth")
        RECORDED = "recorded", _("recorded in sound or film")

    class Use(models.TextChoices):
        HERE = "here", _("to be shown on the Exchange")
        LEARNING = "learning", _("to be shown on the Exchange and used in training")

    picture = models.OneToOneField(Picture, on_delete=models.CASCADE, related_name="consent")
    who = models.CharField(max_length=10, choices=Who)
    person_agreed = models.BooleanField(default=False)
    guardian_agreed = models.BooleanField(default=False)
    how = models.CharField(max_length=10, choices=How)
    agreed_on = models.DateField()
    use = models.CharField(max_length=10, choices=Use)
    until = models.DateField(db_index=True)

    def __str__(self) -> str:
        return f"consent {self.picture_id}"
