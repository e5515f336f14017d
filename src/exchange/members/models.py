"""Members: the people of the Exchange, what they told of themselves and what they agreed to.
Changed only through `members.actions`; other rooms hold foreign keys to Member."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.utils.translation import gettext_lazy as _

from exchange.core.languages import INTERFACE, named
from exchange.core.time import now
from exchange.taxonomy.vocabulary import country_name

# Raise it when the code of conduct changes; everybody is asked again at their next sign-in.
CONDUCT_VERSION = 1


class MemberQuerySet(models.QuerySet["Member"]):
    def active(self) -> MemberQuerySet:
        """Members who can sign in and be written to."""
        return self.filter(is_active=True, erased_at=None)

    def hosts(self) -> MemberQuerySet:
        return self.active().exclude(hosting_since=None)


class MemberManager(BaseUserManager["Member"].from_queryset(MemberQuerySet)):  # type: ignore[misc]
    """Creates members without passwords: people sign in by code, passkey or both."""

    def create_user(self, email: str, **fields: Any) -> Member:
        member: Member = self.model(email=self.normalize_email(email).lower(), **fields)
        member.set_unusable_password()
        member.save(using=self._db)
        return member


class Member(AbstractBaseUser, PermissionsMixin):
    """One person. The e-mail address is theirs alone and is never shown to anyone.

    Permissions by group stand here because the writing room's editor will not load without them;
    they say nothing: who may do what is in the rules of each room."""

    email = models.EmailField(_("e-mail address"), unique=True)
    display_name = models.CharField(_("name shown to others"), max_length=60, blank=True)
    # What the name looks like, so that nobody can pass for a host with a look-alike.
    name_skeleton = models.CharField(max_length=120, blank=True, db_index=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    languages = models.CharField(
        _("languages, first the one you prefer"), max_length=60, blank=True
    )
    role = models.CharField(_("what you do"), max_length=120, blank=True)
    practice = models.CharField(_("areas of practice"), max_length=300, blank=True)
    # Slugs of the vocabulary, parted by spaces, in the order of the vocabulary.
    practice_topics = models.CharField(max_length=600, blank=True)
    settings = models.CharField(max_length=400, blank=True)
    # Finer than the country, only if they chose to say it.
    place = models.CharField(_("place"), max_length=60, blank=True)
    helps_with = models.CharField(_("what I can help with"), max_length=400, blank=True)
    seeks = models.CharField(_("what I am looking for"), max_length=400, blank=True)
    # Who sees which field: only what differs from the rules (members.showing).
    shown_to = models.JSONField(default=dict, blank=True)
    is_listed = models.BooleanField(_("stands in the directory"), default=False)
    may_be_offered = models.BooleanField(_("may be asked about questions"), default=True)
    joined_at = models.DateTimeField(default=now, editable=False)
    hosting_since = models.DateTimeField(null=True, blank=True, editable=False)
    welcomed_at = models.DateTimeField(null=True, blank=True, editable=False)
    # When a host first let something of theirs out.
    accepted_at = models.DateTimeField(null=True, blank=True, editable=False)
    paused_until = models.DateTimeField(null=True, blank=True, editable=False)
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False, editable=False)
    data_saver = models.BooleanField(_("save data"), default=False)
    # For a phone that others look at.
    neutral_subjects = models.BooleanField(_("mails that tell nothing outside"), default=False)
    quick_exit = models.BooleanField(_("a way out on every page"), default=False)

    # Set for one request on a host who has not shown a second factor (members.middleware).
    powers_rest = False

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[MemberManager] = MemberManager()

    class Meta:
        indexes = [models.Index(fields=["hosting_since"], name="member_hosts")]

    def __str__(self) -> str:
        return self.shown_name

    @property
    def shown_name(self) -> str:
        """The chosen name; people who have not chosen one are "A practitioner"."""
        return self.display_name or str(_("A practitioner"))

    def get_full_name(self) -> str:
        """What the hosts' editor asks for; without it, it would show the address."""
        return self.shown_name

    @property
    def is_appointed(self) -> bool:
        """Whether they were made a host, whatever they have shown of themselves."""
        return self.hosting_since is not None and self.is_active

    @property
    def is_host(self) -> bool:
        """A host who may act as one: on pages only with a second factor shown."""
        return self.is_appointed and not self.powers_rest

    @property
    def is_newcomer(self) -> bool:
        """Until a host has welcomed them and let something of theirs out. Neither time nor the
        number of visits counts: who reads by mail or on a poor line is trusted as soon."""
        return not self.is_appointed and (self.welcomed_at is None or self.accepted_at is None)

    @property
    def language_codes(self) -> list[str]:
        """Languages in the order the member prefers."""
        return self.languages.split()

    @property
    def topic_slugs(self) -> list[str]:
        return self.practice_topics.split()

    @property
    def setting_slugs(self) -> list[str]:
        return self.settings.split()

    @property
    def first_language(self) -> str:
        """The first of the member's languages that the interface speaks."""
        spoken = [code for code in self.language_codes if code in INTERFACE]
        return spoken[0] if spoken else settings.LANGUAGE_CODE

    @property
    def country_label(self) -> str:
        return country_name(self.country) if self.country else ""

    @property
    def languages_label(self) -> str:
        return ", ".join(named(code) for code in self.language_codes)


class Trait(models.Model):
    """What somebody in the directory is found by: only what they let others see, so that no filter
    finds a field that is hidden. Written anew by `members.directory.actions` alone."""

    class What(models.TextChoices):
        HERE = "here"
        COUNTRY = "country"
        TOPIC = "topic"
        SETTING = "setting"
        LANGUAGE = "language"
        WORD = "word"

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="traits")
    what = models.CharField(max_length=8, choices=What)
    value = models.CharField(max_length=60, blank=True)
    # Visitors find by it too; else members alone.
    is_for_all = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["what", "value", "member"], name="one_trait_once")
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.what}"


class Agreement(models.Model):
    """That a member declared or accepted something: being an adult, the code of conduct."""

    class What(models.TextChoices):
        ADULT = "adult", _("I am 18 or older")
        CONDUCT = "conduct", _("I accept the code of conduct")

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="agreements")
    what = models.CharField(max_length=12, choices=What)
    version = models.PositiveSmallIntegerField(default=1)
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "what", "version"], name="one_agreement_a_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.what} {self.version}"


class Pause(models.Model):
    """That a member does not write for a while: since when, until when, who decided, and why.
    It ends by itself when its day has come."""

    class Why(models.TextChoices):
        RULES = "rules", _("words against the code of conduct")
        CHILD = "child", _("words that could point to a child, again")
        ADVERTISING = "advertising", _("advertising")
        HEAT = "heat", _("a quarrel that needs to cool down")
        OTHER = "other", _("something else")

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="pauses")
    why = models.CharField(max_length=12, choices=Why, default=Why.OTHER)
    note = models.TextField(blank=True)
    by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    by_name = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField(default=now)
    until = models.DateTimeField()
    # When a host ended it before its day, or a newer pause took its place.
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.member_id} until {self.until:%Y-%m-%d}"

    @property
    def is_over(self) -> bool:
        return self.ended_at is not None or self.until <= now()
