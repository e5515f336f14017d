"""A draft as readers would see it: the public templates, on a row that is never saved.
Shown in the editor's preview, through the pages' own serve_preview."""

from django.conf import settings
from django.shortcuts import render
from django.utils import translation

from exchange.briefings.models import Brief, Newsletter
from exchange.contributions import kinds
from exchange.contributions.cards import cards, context_line
from exchange.core.html import from_markdown
from exchange.pages import texts
from exchange.taxonomy import vocabulary
from exchange.writing.images.showing import drafted
from exchange.writing.models import BriefPage, HousePage, seams
from exchange.writing.publishing import naming
from exchange.writing.publishing.words import beside_of, content_of, house_words

# A row that no database has: what hangs on a number is then empty.
NOBODY = 0


def preview(page, request):
    """Nothing is written, and nobody else sees it. The shell speaks the page's language, so that
    Arabic runs as it will."""
    request.LANGUAGE_CODE = page.language
    with translation.override(page.language):
        if isinstance(page, HousePage):
            words = house_words(page)
            source = texts.Source(words.title, words.body, words.summary, page.language)
            return render(request, "pages/text.html", {"text": texts.shown(source)})
        if isinstance(page, BriefPage):
            return render(request, "briefings/briefs/page.html", _of_brief(page, request))
        return render(request, "briefings/archive/page.html", _of_edition(page))


def _of_brief(page, request):
    row = _with_words(page.outside or Brief(pk=NOBODY), page, "brief")
    row.message, row.credit, row.hub = page.message, page.credit, page.hub
    row.topics, row.countries = " ".join(page.topics), " ".join(page.countries)
    found, _missing = naming.sources_of(page.sources, request.user)
    return {
        "contribution": row,
        "kind": kinds.get("brief"),
        "context_line": context_line(row),
        "sources": cards(found, with_kind=True, with_excerpt=False),
        "hub_label": vocabulary.label(f"region:{page.hub}") if page.hub else "",
        "whole_address": f"{settings.BASE_URL}/briefs/",
        "pictures": {None: drafted(page)},
    }


def _of_edition(page):
    row = _with_words(page.outside or Newsletter(pk=NOBODY), page, "newsletter")
    for name, words in beside_of(page).items():
        setattr(row, name, words)
    return {"contribution": row, "local": from_markdown(row.local)}


def _with_words(row, page, kind):
    content = content_of(page)
    row.kind, row.title, row.body = kind, content.title, content.body
    row.summary, row.language = content.short, content.language
    return row


def answer():
    """Once, when the addresses are loaded."""
    seams.show_by(preview)
