"""Readers' pages of briefs: the list with its facets, one brief with its answers, the feed.
Called through urls/briefs.py."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from exchange.briefings.briefs import feeding, queries, showing
from exchange.briefings.models import Brief
from exchange.briefings.queries import brief as brief_of
from exchange.contributions import kinds, rules
from exchange.contributions.cards import cards, context_line
from exchange.contributions.pictures import rules as picture_rules
from exchange.contributions.pictures.forms import PictureForm
from exchange.contributions.pictures.queries import beside as pictures_beside
from exchange.contributions.queries import page_of
from exchange.conversation.forms import AnswerForm
from exchange.conversation.queries import begun_answer, talk
from exchange.core import ids, languages
from exchange.members.doors import unsent
from exchange.members.models import Member
from exchange.taxonomy import vocabulary


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Those that are out, the newest first; words nobody knows are passed over."""
    narrowing = showing.narrowing(request.GET)
    found = page_of(
        "brief",
        narrowing,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    context = {
        "kind": kinds.get("brief"),
        "page": found,
        "cards": cards(queries.readable_of(found.rows)),
        "groups": showing.groups(narrowing),
        "active": showing.active(narrowing),
    }
    return render(request, "briefings/briefs/list.html", context)


@require_safe
def page(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """One brief, with what it sums up and what people said to it."""
    reader = request.user if request.user.is_authenticated else None
    brief = _seen(pk, reader)
    if slug != (brief.slug or "-"):
        return HttpResponseRedirect(brief.get_absolute_url())
    context = {
        **_talk(request, brief, reader),
        "contribution": brief,
        "kind": kinds.get("brief"),
        "context_line": context_line(brief),
        "sources": cards(queries.shown_sources(brief), with_kind=True, with_excerpt=False),
        "also": cards(queries.in_other_languages(brief), with_excerpt=False),
        "hub_label": vocabulary.label(f"region:{brief.hub}") if brief.hub else "",
        "whole_address": f"{settings.BASE_URL}{brief.get_absolute_url()}",
    }
    if not brief.is_public:
        context["decision"] = brief.decisions.first()
    response = render(request, "briefings/briefs/page.html", context)
    if not brief.is_public:
        response["Cache-Control"] = "private, no-store"
        response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """Atom, of everything or (`?language=sw`) of what is written in one language."""
    given = request.GET.get("language", "")
    language = given if given in languages.INTERFACE else ""
    with override(language or languages.current()):
        content = feeding.feed(language, title=_("Briefs"))
    return HttpResponse(content, content_type="application/atom+xml; charset=utf-8")


def _seen(pk: int, reader: Member | None) -> Brief:
    """The brief, if this reader may see it; nobody but hosts while a source of its words is away."""
    brief = brief_of(pk, reader)
    if brief is None:
        raise Http404
    if not (reader is not None and reader.is_host) and brief.is_public:
        brief = queries.readable(queries.of_number(pk)).first()
    if brief is None:
        raise Http404
    return brief


def _talk(request: HttpRequest, brief: Brief, reader: Member | None) -> dict[str, Any]:
    given = unsent(request)
    if not given and "draft" in request.GET:
        given = begun_answer(brief, reader, request.GET.get("to", ""))
    number = request.GET.get("page", "")
    usable = number.isascii() and number.isdecimal() and len(number) < 6
    shown: dict[str, Any] = {
        "talk": talk(brief, reader, int(number) if usable else 1),
        "form": AnswerForm(initial=given),
        "picture": PictureForm.begun(given),
        "pictures": pictures_beside(brief.pk, reader),
        "parent": request.GET.get("to") or given.get("parent", ""),
        "once": given.get("once") or ids.new_id(),
    }
    if reader is not None:
        shown["may_close"] = rules.may_close(reader, brief)
        shown["may_add_picture"] = picture_rules.may_add_to_own(reader, brief)
        shown["may_withdraw"] = rules.may_withdraw(reader, brief)
    return shown
