"""From research to practice: recommendations, who used a record, what was given back, who cites it.
Read through `visible_to`; changed by `library.practice.actions` alone."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from exchange.contributions.models import PUBLIC_STATES, Contribution
from exchange.conversation.models import Reply
from exchange.core import html, ids
from exchange.core.languages import named
from exchange.core.time import now
from exchange.library.models.offered import Decided, OfferedQuerySet
from exchange.library.models.resource import Resource
from exchange.members.models import Member
from exchange.taxonomy.vocabulary import country_name


class Recommendation(Decided):
    """One thing a record recommends, as an item of its own that others can cite and try."""

    WHAT, CALLED = "recommendation", _("A recommendation")

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="recommendations")
    place = models.PositiveSmallIntegerField(default=0)
    text = models.CharField(max_length=600)
    # Where it stands in the document, as people say it: "p. 12".
    where = models.CharField(max_length=40, blank=True)

    objects: ClassVar = OfferedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["resource", "standing"], name="advice_of_record")]

    def __str__(self) -> str:
        return f"{self.resource_id} recommendation {self.pk}"

    @property
    def anchor(self) -> str:
        return f"advice-{self.pk}"


class UseQuerySet(models.QuerySet["Use"]):
    def public(self) -> UseQuerySet:
        return self.filter(resource__state__in=PUBLIC_STATES)


class Use(models.Model):
    """That somebody read, tried or adapted a record. Words about it are an answer to the record
    (`reply`), so that they pass the gates and can be withdrawn as every answer is."""

    class How(models.TextChoices):
        READ = "read", _("read it")
        TRIED = "tried", _("tried it")
        ADAPTED = "adapted", _("adapted it")

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="uses")
    recommendation = models.ForeignKey(
        Recommendation, null=True, blank=True, on_delete=models.SET_NULL, related_name="uses"
    )
    by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    how = models.CharField(max_length=8, choices=How)
    country = models.CharField(max_length=2, blank=True)
    setting = models.CharField(max_length=60, blank=True)
    reply = models.OneToOneField(
        Reply, null=True, blank=True, on_delete=models.SET_NULL, related_name="use"
    )
    at = models.DateTimeField(default=now)
    once_key = models.CharField(max_length=40, unique=True, default=ids.new_id, editable=False)

    objects: ClassVar = UseQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["resource", "how"], name="use_of_record")]
        constraints = [
            models.UniqueConstraint(
                fields=["resource", "by"], condition=Q(by__isnull=False), name="one_use_a_member"
            )
        ]

    def __str__(self) -> str:
        return f"{self.resource_id} {self.how}"

    @property
    def country_named(self) -> str:
        return country_name(self.country) if self.country else ""


class GiveBack(Decided):
    """What research gave back to the communities that took part, as told by those who know."""

    WHAT, CALLED = "give_back", _("What was given back")

    class Form(models.TextChoices):
        MEETING = "meeting", _("a meeting with the community")
        LEAFLET = "leaflet", _("a leaflet or short text")
        RADIO = "radio", _("radio or audio")
        DRAMA = "drama", _("drama, song or pictures")
        PHONE = "phone", _("messages on phones")
        REPORT = "report", _("the report itself")
        NOTHING = "nothing", _("nothing has gone back yet")
        OTHER = "other", _("another form")

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="give_backs")
    # Communities as groups and districts, never villages or people.
    communities = models.CharField(max_length=500)
    how = models.TextField()
    form = models.CharField(max_length=10, choices=Form)
    # The language in which it went back.
    spoken = models.CharField(max_length=8, blank=True)
    link = models.URLField(max_length=500, blank=True)

    objects: ClassVar = OfferedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["resource", "standing"], name="give_back_of_record")]

    def __str__(self) -> str:
        return f"give-back of {self.resource_id}"

    @property
    def spoken_named(self) -> str:
        return named(self.spoken) if self.spoken else ""

    @property
    def how_html(self) -> SafeString:
        return html.from_markdown(self.how)


class GiveBackWord(models.Model):
    """A member says: we received this, or we did not. Words are an answer to the record."""

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="give_back_words")
    by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    received = models.BooleanField()
    country = models.CharField(max_length=2, blank=True)
    reply = models.OneToOneField(
        Reply, null=True, blank=True, on_delete=models.SET_NULL, related_name="give_back_word"
    )
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["resource", "by"],
                condition=Q(by__isnull=False),
                name="one_give_back_word_a_member",
            )
        ]

    def __str__(self) -> str:
        return f"{self.resource_id} {'received' if self.received else 'not received'}"


class Citing(models.Model):
    """That a contribution, or an answer to it, names a record by its address here."""

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="cited_in")
    recommendation = models.ForeignKey(
        Recommendation, null=True, blank=True, on_delete=models.SET_NULL, related_name="cited_in"
    )
    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="+")
    reply = models.ForeignKey(Reply, null=True, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        indexes = [
            models.Index(fields=["resource", "-at"], name="citing_of_record"),
            models.Index(fields=["contribution", "reply"], name="citing_by_words"),
        ]

    def __str__(self) -> str:
        return f"{self.contribution_id} cites {self.resource_id}"
