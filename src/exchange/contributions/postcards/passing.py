"""Ways to pass a page on: plain links to what people have on their phones, no script of others.
Called by the view; makes addresses alone, and asks nobody anything."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from django.conf import settings
from django.utils.translation import gettext as _

from exchange.contributions import kinds
from exchange.contributions.models import Contribution
from exchange.contributions.postcards.drawing import Text
from exchange.core.languages import INTERFACE
from exchange.taxonomy import vocabulary

# As many as a message preview shows.
_LONGEST = 240


@dataclass(frozen=True)
class Way:
    """One link; `label` is the name of the service, which is the same in every language."""

    label: str
    url: str


def words(contribution: Contribution, address: str) -> str:
    """What goes into a message: the title and where it is."""
    return f"{contribution.title[:_LONGEST]}\n{address}"


def ways(contribution: Contribution, address: str) -> list[Way]:
    """Links that open a message or a post with the words in it; nothing is sent by us."""
    text, title, url = (
        quote(part, safe="")
        for part in (words(contribution, address), contribution.title[:_LONGEST], address)
    )
    return [
        Way("WhatsApp", f"https://wa.me/?text={text}"),
        Way("Telegram", f"https://t.me/share/url?url={url}&text={title}"),
        Way(_("E-mail"), f"mailto:?subject={title}&body={text}"),
        Way("SMS", f"sms:?&body={text}"),
        Way("Facebook", f"https://www.facebook.com/sharer/sharer.php?u={url}"),
        Way("LinkedIn", f"https://www.linkedin.com/sharing/share-offsite/?url={url}"),
        Way("X", f"https://x.com/intent/tweet?text={title}&url={url}"),
    ]


def address(contribution: Contribution) -> str:
    """Where it stands, whole."""
    return f"{settings.BASE_URL}{contribution.get_absolute_url()}"


def card_text(contribution: Contribution) -> Text:
    """What its card says, in the interface language of this moment; a name of a person never."""
    language = contribution.language
    places = [
        vocabulary.country_name(code, language if language in INTERFACE else "en")
        for code in contribution.country_codes[:3]
    ]
    return Text(
        kind=str(kinds.get(contribution.kind).label),
        title=contribution.title,
        context=" · ".join(places),
        site=settings.SITE_NAME,
        language=language,
    )
