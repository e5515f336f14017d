"""The podcast of released recordings: RSS 2.0 with what podcast programs ask for.
Called by the view of the feed. Whatever is withdrawn is not in it from the next question on."""

from __future__ import annotations

import re
from datetime import datetime
from email.utils import format_datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from lxml import etree

from exchange.core.text import excerpt
from exchange.webinars.models import Recording, Webinar
from exchange.webinars.recordings import queries

MOST = 100
_ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
_PODCAST = "https://podcastindex.org/namespace/1.0"
_ATOM = "http://www.w3.org/2005/Atom"
_SPACES = {"itunes": _ITUNES, "podcast": _PODCAST, "atom": _ATOM}
# What XML cannot carry at all.
_FOREIGN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def feed() -> bytes:
    """The newest hundred, for everybody."""
    rows = queries.out().filter(kind=Recording.Kind.SOUND, mp3_bytes__gt=0)
    found = list(rows.select_related("webinar").order_by("-released_at", "-pk")[:MOST])
    written = queries.languages_written([row.webinar_id for row in found])
    root = etree.Element("rss", nsmap=_SPACES, version="2.0")
    with override("en"):
        channel = _channel(root, found)
    for row in found:
        _item(channel, row, written.get(row.webinar_id, []))
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8"))


def address_of(row: Recording, sort: str) -> str:
    return settings.BASE_URL + reverse("webinar-recording", args=[row.key, sort])


def _channel(root: Any, found: list[Recording]) -> Any:
    home = settings.BASE_URL + reverse("webinars:list")
    art = settings.BASE_URL + reverse("webinar-podcast-art")
    channel = etree.SubElement(root, "channel")
    _add(channel, "title", _("The Exchange: webinars to listen to"))
    _add(channel, "link", home)
    _add(channel, "language", "en")
    _add(
        channel,
        "description",
        _("Practitioners speak about keeping children safe with communities. Small files."),
    )
    image = etree.SubElement(channel, "image")
    for name, words in (("url", art), ("title", settings.SITE_NAME), ("link", home)):
        _add(image, name, words)
    here = settings.BASE_URL + reverse("webinar-podcast")
    etree.SubElement(channel, f"{{{_ATOM}}}link", href=here, rel="self", type="application/rss+xml")
    _add(channel, f"{{{_ITUNES}}}author", settings.SITE_NAME)
    _add(channel, f"{{{_ITUNES}}}explicit", "false")
    _add(channel, f"{{{_ITUNES}}}type", "episodic")
    etree.SubElement(channel, f"{{{_ITUNES}}}image", href=art)
    etree.SubElement(channel, f"{{{_ITUNES}}}category", text="Education")
    _add(channel, f"{{{_PODCAST}}}medium", "podcast")
    if found and found[0].released_at:
        _add(channel, "lastBuildDate", _day(found[0].released_at))
    return channel


def _item(channel: Any, row: Recording, written: list[str]) -> None:
    webinar: Webinar = row.webinar
    item = etree.SubElement(channel, "item")
    _add(item, "title", webinar.title)
    _add(item, "link", settings.BASE_URL + webinar.get_absolute_url())
    _add(item, "description", webinar.summary or excerpt(webinar.body, 400) or webinar.title)
    # The recording's own key: the same for ever, whatever else changes.
    _add(item, "guid", row.key).set("isPermaLink", "false")
    _add(item, "pubDate", _day(row.released_at or row.at))
    etree.SubElement(
        item,
        "enclosure",
        url=address_of(row, "mp3"),
        length=str(row.mp3_bytes),
        type="audio/mpeg",
    )
    _add(item, f"{{{_ITUNES}}}duration", str(row.seconds))
    _add(item, f"{{{_ITUNES}}}explicit", "false")
    for language in written:
        etree.SubElement(
            item,
            f"{{{_PODCAST}}}transcript",
            url=settings.BASE_URL + reverse("webinar-transcript", args=[row.key, language]),
            type="text/vtt",
            language=language,
        )


def _add(parent: Any, name: str, words: str) -> Any:
    one = etree.SubElement(parent, name)
    one.text = _FOREIGN.sub("", words)
    return one


def _day(moment: datetime) -> str:
    return format_datetime(moment)
