"""The pages of the writing room. They are drafts, revisions and dates; what is public is a row of the
rooms below, and a page is live only while that row is."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField
from wagtail.models import Page, Revision

from exchange.briefings.models import Brief, Newsletter
from exchange.core.languages import INTERFACE, OWN_NAMES, direction
from exchange.pages.models import HouseText
from exchange.writing.blocks.kinds import Texts, TextsAndPictures
from exchange.writing.models import powers, seams

LANGUAGES = [(code, OWN_NAMES[code]) for code in INTERFACE]
PREVIEW_SIZES = (("mobile", "mobile-alt", 360), ("desktop", "desktop", 1280))


class Shelf(Page):  # type: ignore[misc]
    """A place for pages: the root and its three shelves. Made ready by the program."""

    class Holds(models.TextChoices):
        SHELVES = "shelves"
        BRIEFS = "briefs"
        NEWSLETTERS = "newsletters"
        PAGES = "pages"

    holds = models.CharField(max_length=12, choices=Holds, unique=True, editable=False)
    is_creatable = False
    preview_modes: ClassVar[list[Any]] = []
    subpage_types: ClassVar = [
        "writing.Shelf",
        "writing.BriefPage",
        "writing.NewsletterPage",
        "writing.HousePage",
    ]

    class Meta:
        verbose_name = _("shelf")

    def permissions_for_user(self, user: Any) -> Any:
        return powers.OfShelves(user, self)


class WrittenPage(Page):  # type: ignore[misc]
    """What every sort of page has in common. Publishing goes through our own actions, whoever
    asks for it."""

    language = models.CharField(_("language"), max_length=8, choices=LANGUAGES, default="en")
    summary = models.CharField(
        _("in one sentence"),
        max_length=300,
        blank=True,
        help_text=_("For lists and search. Empty: the beginning of the text."),
    )
    shelf: ClassVar[str] = ""
    live: bool

    class Meta:
        abstract = True

    @property
    def direction(self) -> str:
        return direction(self.language)

    @property
    def outside(self) -> Any:
        """The row that readers see; None while there is none."""
        raise NotImplementedError

    @property
    def is_public(self) -> bool:
        """Whether readers see it now: the only ground for calling the page live."""
        row = self.outside
        return row is not None and row.is_public

    @classmethod
    def can_create_at(cls, parent: Page) -> bool:
        holds = getattr(parent.specific, "holds", "")
        return holds == cls.shelf and super().can_create_at(parent)

    def save(self, *positional: Any, **named: Any) -> Any:
        """Never live while the row outside is not: whatever the editor meant to write."""
        if self.live and not self.is_public:
            self.live, self.live_revision = False, None
            self.has_unpublished_changes = True
        return super().save(*positional, **named)

    def publish(self, revision: Revision, user: Any = None, **named: Any) -> Any:
        return seams.publish(revision, user)

    def permissions_for_user(self, user: Any) -> Any:
        return powers.OfPages(user, self)

    @property
    def preview_sizes(self) -> list[dict[str, Any]]:
        return [
            {
                "name": name,
                "icon": icon,
                "device_width": width,
                "label": _("Preview %(pixels)s pixels wide") % {"pixels": width},
            }
            for name, icon, width in PREVIEW_SIZES
        ]

    def serve_preview(self, request: Any, mode_name: str) -> Any:
        return seams.preview(self, request)

    def get_url_parts(self, *positional: Any, **named: Any) -> None:
        """The room shows nobody anything; the address outside is the row's."""
        return


class BriefPage(WrittenPage):
    """A brief: one page, and the same in the size of a message."""

    body = StreamField(TextsAndPictures(), verbose_name=_("text"), blank=True, use_json_field=True)
    message = models.TextField(
        _("the same in the size of a message"),
        max_length=900,
        blank=True,
        help_text=_("For WhatsApp and the like. Up to 900 letters; it goes out beside the page."),
    )
    credit = models.TextField(
        _("who is thanked"),
        max_length=600,
        blank=True,
        help_text=_("One line under the page. Name people only if they agreed."),
    )
    sources = models.TextField(
        _("what it sums up"),
        blank=True,
        help_text=_(
            "One a line: the number or the address of a question, talk, experience, webinar or "
            "record. Its title is added when you save."
        ),
    )
    topics = models.JSONField(_("topics"), default=list, blank=True)
    countries = models.JSONField(_("countries"), default=list, blank=True)
    hub = models.CharField(
        _("hub"),
        max_length=60,
        blank=True,
        help_text=_("Where it is for one hub before others."),
    )
    review_on = models.DateField(
        _("look at it again on"),
        null=True,
        blank=True,
        help_text=_("The day on which a host should see whether it still holds."),
    )
    translation_of = models.ForeignKey(
        "self",
        verbose_name=_("the same brief in another language"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The page it was translated from. Readers then find one from the other."),
    )

    shelf = Shelf.Holds.BRIEFS
    parent_page_types: ClassVar = ["writing.Shelf"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("brief")

    @property
    def outside(self) -> Brief | None:
        rows: Any = Brief.objects
        found: Brief | None = rows.filter(page_id=self.pk).first() if self.pk else None
        return found


class NewsletterPage(WrittenPage):
    """The opening words of one edition; what it tells of is chosen at the desk."""

    body = StreamField(Texts(), verbose_name=_("opening words"), blank=True, use_json_field=True)
    local_title = models.CharField(_("title of the local box"), max_length=120, blank=True)
    local = StreamField(Texts(), verbose_name=_("local box"), blank=True, use_json_field=True)
    message = models.TextField(_("the same in the size of a message"), max_length=1200, blank=True)

    shelf = Shelf.Holds.NEWSLETTERS
    is_creatable = False
    parent_page_types: ClassVar = ["writing.Shelf"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("newsletter")

    @property
    def outside(self) -> Newsletter | None:
        rows: Any = Newsletter.objects
        found: Newsletter | None = rows.filter(page_id=self.pk).first() if self.pk else None
        return found


class HousePage(WrittenPage):
    """One of the Exchange's own texts in one language."""

    name = models.CharField(max_length=20, choices=HouseText.Name, editable=False)
    body = StreamField(Texts(), verbose_name=_("text"), blank=True, use_json_field=True)

    shelf = Shelf.Holds.PAGES
    is_creatable = False
    parent_page_types: ClassVar = ["writing.Shelf"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("page of the Exchange")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["name", "language"], name="one_page_a_text")
        ]

    def permissions_for_user(self, user: Any) -> Any:
        return powers.OfLasting(user, self)

    @property
    def outside(self) -> HouseText | None:
        return HouseText.objects.filter(page_id=self.pk).first() if self.pk else None

    def get_admin_display_title(self) -> str:
        return f"{self.get_name_display()} · {self.get_language_display()}"
