"""A draft as readers would see it: the public templates, on a row that is never saved.
Shown in the editor's preview, through the pages' own serve_preview."""

from django.shortcuts import render
from django.utils import translation

from exchange.briefings.models import Brief, Newsletter
from exchange.pages import texts
from exchange.writing.models import BriefPage, HousePage, seams
from exchange.writing.publishing.words import beside_of, content_of, house_words


def preview(page, request):
    """Nothing is written, and nobody else sees it. The shell speaks the page's language, so that
    Arabic runs as it will."""
    with translation.override(page.language):
        request.LANGUAGE_CODE = page.language
        if isinstance(page, HousePage):
            words = house_words(page)
            source = texts.Source(words.title, words.body, words.summary, page.language)
            return render(request, "pages/text.html", {"text": texts.shown(source)})
        if isinstance(page, BriefPage):
            return render(request, "briefings/briefs/page.html", {"contribution": _brief(page)})
        return render(request, "briefings/archive/page.html", {"contribution": _edition(page)})


def _brief(page):
    row = page.outside or Brief(pk=0)
    row = _with_words(row, page, "brief")
    row.message, row.credit, row.hub = page.message, page.credit, page.hub
    row.topics, row.countries = " ".join(page.topics), " ".join(page.countries)
    return row


def _edition(page):
    row = page.outside or Newsletter(pk=0)
    row = _with_words(row, page, "newsletter")
    for name, words in beside_of(page).items():
        setattr(row, name, words)
    return row


def _with_words(row, page, kind):
    content = content_of(page)
    row.kind, row.title, row.body = kind, content.title, content.body
    row.summary, row.language = content.short, content.language
    return row


def answer():
    """Once, when the addresses are loaded."""
    seams.show_by(preview)
