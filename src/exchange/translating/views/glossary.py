"""The glossary of protection terms, for everybody; and the desk where hosts change it.
Called by urls.py alone."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from exchange.core import languages
from exchange.members.doors import host_required
from exchange.translating import glossary as terms_of
from exchange.translating.forms import NewTermForm, TermForm


def glossary(request: HttpRequest) -> HttpResponse:
    """Every term in two languages: that of the page, and a chosen one."""
    here = languages.current()
    chosen = request.GET.get("into", "")
    into = chosen if chosen in languages.INTERFACE and chosen != here else ""
    context = {
        "entries": [_line(entry, here, into) for entry in terms_of.read().entries],
        "tongues": [(code, languages.OWN_NAMES[code]) for code in languages.INTERFACE],
        "into": into,
        "here_code": here,
    }
    return render(request, "translating/glossary.html", context)


def _line(entry: terms_of.Entry, here: str, into: str) -> dict[str, object]:
    others = [into] if into else [code for code in languages.INTERFACE if code != here]
    return {
        "slug": entry.slug,
        "word": entry.in_language(here),
        "others": [
            {
                "code": code,
                "direction": languages.direction(code),
                "word": entry.in_language(code),
                "avoid": entry.avoid.get(code, ""),
                "note": entry.notes.get(code, ""),
            }
            for code in others
            if entry.in_language(code)
        ],
        "avoid": entry.avoid.get(here, ""),
        "note": entry.notes.get(here) or entry.note,
        "note_language": here if entry.notes.get(here) else "en",
    }


@never_cache
@host_required
def terms(request: HttpRequest) -> HttpResponse:
    """For hosts: all terms with a way to change each, and a new one."""
    form = NewTermForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        slug = slugify(given["english"])[:60]
        for language, word in (("en", given["english"]), (given["language"], given["word"])):
            terms_of.change(
                slug=slug, language=language, word=word, note=given["note"], by=request.user
            )
        messages.success(request, _("The term is in the glossary."))
        return HttpResponseRedirect(reverse("translating-desk:terms"))
    context = {
        "entries": terms_of.read().entries,
        "tongues": [(code, languages.OWN_NAMES[code]) for code in languages.INTERFACE],
        "form": form,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "translating/terms.html", context, status=status)


@never_cache
@host_required
def term(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    """Change the word for one term in one language."""
    entry = terms_of.read().entry(slug)
    if entry is None or language not in languages.INTERFACE:
        raise Http404
    first = {"word": entry.in_language(language), "note": entry.notes.get(language, "")}
    form = TermForm(request.POST) if request.method == "POST" else TermForm(initial=first)
    if request.method == "POST" and form.is_valid():
        terms_of.change(slug=slug, language=language, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(f"{reverse('translating-desk:terms')}#{slug}")
    context = {
        "entry": entry,
        "english": entry.in_language("en"),
        "form": form,
        "language": language,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "translating/term.html", context, status=status)
