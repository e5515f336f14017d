"""The words of ours that a part leaves open, put in where it is shown: pages, pictures, tables.
Called by the view of a part; pure. Parts are kept without them: they come in six languages."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from exchange.core.text import size_in_words
from exchange.library.models import ReadingFigure
from exchange.library.reading.tree import CLOSE, OPEN

_LEFT_OPEN = re.compile(f"{OPEN}([a-z]):?([^{CLOSE}]{{0,60}}){CLOSE}")


def filled(html: str, figures: Mapping[str, ReadingFigure]) -> SafeString:
    """The part as people read it. What stands in the places is escaped already."""

    def words(found: re.Match[str]) -> str:
        what, about = found[1], found[2]
        if what == "p":
            return escape(_("Page %(number)s") % {"number": _unescaped(about)})
        if what == "f":
            return figure_link(figures[about]) if about in figures else ""
        if what == "m":
            return escape(_("This page was recognised by a machine from a picture."))
        return escape(_("Table, scrolls sideways")) if what == "t" else ""

    return mark_safe(_LEFT_OPEN.sub(words, html))


def figure_link(figure: ReadingFigure) -> SafeString:
    """A picture is fetched when somebody asks for it, who is told first what it weighs."""
    words = _("Picture, page %(page)s, %(size)s") if figure.page else _("Picture, %(size)s")
    return format_html(
        '<a class="do quiet" href="{}">{}</a>{}',
        reverse("library-figure", args=[figure.key]),
        words % {"page": figure.page, "size": size_in_words(figure.size)},
        format_html(' <span class="help">{}</span>', figure.alt) if figure.alt else "",
    )


def _unescaped(text: str) -> str:
    return text.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")
