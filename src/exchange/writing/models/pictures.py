"""Pictures of the writing room. What came in was made anew before anybody opened it; the files lie
under DATA_DIR/writing and are shown to hosts alone. A brief takes copies of its own along."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db import models
from django.utils.functional import LazyObject
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition

from exchange.contributions.models import Consent
from exchange.core import ids
from exchange.members.models import Member

PEOPLE = (
    ("", _("not said yet")),
    ("nobody", _("No child can be recognised in it, and nobody else")),
    ("consent", _("Somebody can be recognised, and I have their consent")),
)
ADDRESS = "/desk/write/files/"


class _Kept(LazyObject):  # type: ignore[type-arg]
    """Where the files lie; read when it is first used, since tests have another place."""

    def _setup(self) -> None:
        place = f"{settings.DATA_DIR}/writing"
        self._wrapped = FileSystemStorage(location=place, base_url=ADDRESS)


def kept() -> FileSystemStorage:
    return _Kept()  # type: ignore[return-value]


def place_of(instance: models.Model, name: str) -> str:
    """The name a file had says something about where it was taken; ours says nothing."""
    ending = name.rpartition(".")[2].lower()
    folder = "small" if isinstance(instance, AbstractRendition) else "pictures"
    return f"{folder}/{ids.new_id()}.{ending if ending.isalnum() else 'webp'}"


class RoomPicture(AbstractImage):  # type: ignore[misc]
    """One picture, with what is in it, and who agreed to be seen."""

    file = models.ImageField(
        _("The picture, up to 12 MB"),
        upload_to=place_of,
        storage=kept,
        width_field="width",
        height_field="height",
    )
    uploaded_by_user = models.ForeignKey(
        Member,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    uploaded_by_user.wagtail_reference_index_ignore = True  # type: ignore[attr-defined]
    alt = models.CharField(
        _("Say in a few words what is in it, for people who cannot see it"),
        max_length=300,
        blank=True,
    )
    people = models.CharField(
        _("Who can be recognised in it?"), max_length=10, choices=PEOPLE, blank=True, default=""
    )
    who = models.CharField(_("Who is it?"), max_length=10, choices=Consent.Who, blank=True)
    person_agreed = models.BooleanField(
        _("Everybody who can be recognised agreed, children too"), default=False
    )
    guardian_agreed = models.BooleanField(
        _("For each child, a parent or guardian agreed as well"), default=False
    )
    how = models.CharField(_("How did they agree?"), max_length=10, choices=Consent.How, blank=True)
    agreed_on = models.DateField(_("On which day?"), null=True, blank=True)
    use = models.CharField(
        _("To what did they agree?"), max_length=10, choices=Consent.Use, blank=True
    )
    until = models.DateField(_("Until which day? At most five years"), null=True, blank=True)

    CONSENT: ClassVar = (
        *("who", "person_agreed", "guardian_agreed", "how", "agreed_on", "use", "until"),
    )
    admin_form_fields: ClassVar = ("title", "file", "alt", "people", *CONSENT)

    class Meta:
        verbose_name = _("picture")

    @property
    def default_alt_text(self) -> str:
        return self.alt or self.title


class RoomRendition(AbstractRendition):  # type: ignore[misc]
    """A smaller one, made of the clean one when it is first needed."""

    file = models.ImageField(
        upload_to=place_of, storage=kept, width_field="width", height_field="height"
    )
    image = models.ForeignKey(RoomPicture, related_name="renditions", on_delete=models.CASCADE)

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)
