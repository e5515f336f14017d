"""The blocks hosts write with. Few, so that nobody has to choose for long.
Used by the models; what they hold becomes text in `plain`."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

RICH = ["bold", "italic", "link", "ol", "ul"]
LONGEST_QUOTE = 4000


class Quotation(blocks.StructBlock):  # type: ignore[misc]
    """Words of somebody, letter for letter."""

    words = blocks.TextBlock(
        label=_("Their words"),
        help_text=_("Letter for letter, as they wrote it. Who is quoted is asked first."),
        max_length=LONGEST_QUOTE,
    )
    who = blocks.CharBlock(label=_("Who said it"), required=False, max_length=120)

    class Meta:
        label = _("Quotation")
        icon = "openquote"


class Picture(blocks.StructBlock):  # type: ignore[misc]
    """A picture of the room, with what is in it said for this page."""

    image = ImageChooserBlock(label=_("Picture"))
    alt = blocks.CharBlock(
        label=_("What is in it, for people who cannot see it"),
        required=False,
        max_length=300,
        help_text=_("Empty: what was written when the picture came in."),
    )
    caption = blocks.CharBlock(label=_("A line to stand under it"), required=False, max_length=200)

    class Meta:
        label = _("Picture")
        icon = "image"


def _texts() -> list[tuple[str, blocks.Block]]:
    return [
        ("heading", blocks.CharBlock(label=_("Heading"), icon="title", max_length=160)),
        ("text", blocks.RichTextBlock(label=_("Text"), features=RICH, icon="pilcrow")),
        (
            "list",
            blocks.ListBlock(
                blocks.CharBlock(label=pgettext_lazy("of a list", "Line"), max_length=600),
                label=_("List"),
                icon="list-ul",
            ),
        ),
        ("quotation", Quotation()),
        (
            "callout",
            blocks.RichTextBlock(label=_("Call-out"), features=RICH, icon="warning"),
        ),
    ]


class Texts(blocks.StreamBlock):  # type: ignore[misc]
    """Words alone, as newsletters and the Exchange's own texts have them."""

    def __init__(self, local_blocks: Any = None, **given: Any) -> None:
        super().__init__(local_blocks or _texts(), **given)


class TextsAndPictures(Texts):
    """As a brief has them."""

    picture = Picture()
