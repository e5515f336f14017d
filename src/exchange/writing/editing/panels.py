"""The fields of each page in the order hosts need them, and how it stands outside at its head.
Put on the pages by hooks.py when the process starts."""

from __future__ import annotations

from typing import Any

from django.forms import Select
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    MultiFieldPanel,
    Panel,
    PublishingPanel,
)

from exchange.writing.editing.forms import BriefForm, PageForm
from exchange.writing.models import BriefPage, HousePage, NewsletterPage, Shelf, WrittenPage
from exchange.writing.publishing import showing


class StandingPanel(Panel):  # type: ignore[misc]
    """How the page stands outside, and what a gate asked about its words."""

    class BoundPanel(Panel.BoundPanel):  # type: ignore[misc]
        template_name = "writing/standing.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            return {**context, "shown": showing.shown(self.instance)}


def put_on() -> None:
    """Once, before anybody opens a page. Nothing but the date stands beside the text."""
    for page, head, form in (
        (BriefPage, _brief(), BriefForm),
        (NewsletterPage, _newsletter(), PageForm),
        (HousePage, _house(), PageForm),
    ):
        page.base_form_class = form
        page.content_panels = [StandingPanel(), *head]
    for kind in (Shelf, WrittenPage, BriefPage, NewsletterPage, HousePage):
        kind.promote_panels = []
        kind.settings_panels = [PublishingPanel()] if kind is not Shelf else []


def _brief() -> list[Panel]:
    return [
        FieldPanel("title", help_text=_("What a reader learns, in one line."), classname="title"),
        FieldPanel("language"),
        FieldPanel("body"),
        FieldPanel("message"),
        FieldPanel("credit"),
        FieldPanel("sources"),
        MultiFieldPanel(
            [FieldPanel("topics"), FieldPanel("countries"), FieldPanel("hub")],
            heading=_("Where it belongs"),
        ),
        FieldPanel("summary"),
        FieldPanel("review_on"),
        FieldPanel("translation_of", widget=Select),
    ]


def _newsletter() -> list[Panel]:
    return [
        FieldPanel("title", help_text=_("The subject of the mail."), classname="title"),
        FieldPanel("body"),
        MultiFieldPanel(
            [FieldPanel("local_title"), FieldPanel("local")], heading=_("The local box")
        ),
        FieldPanel("message"),
    ]


def _house() -> list[Panel]:
    return [FieldPanel("title", classname="title"), FieldPanel("body"), FieldPanel("summary")]
