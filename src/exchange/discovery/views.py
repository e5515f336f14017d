"""The search page, what it suggests while somebody types, and the searches people keep.
Called by urls.py alone."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from exchange.contributions.cards import Card
from exchange.contributions.errors import TooMany
from exchange.conversation.models import SavedSearch
from exchange.core import languages, time
from exchange.discovery import facets, forms, layout, queries, saving
from exchange.members.doors import member_required, member_required_keeping_text, unsent
from exchange.members.models import Member
from exchange.taxonomy import vocabulary

TITLE_FOR_ASKING = 200
SUGGESTED = 5


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Results for typed words and chosen filters; without either, ways to begin."""
    asked = forms.read(request.GET)
    context = {"asked": asked, "ask_url": _ask_url(asked.typed), "facets": facets.FACETS}
    if asked.is_empty:
        context["topics"] = vocabulary.terms("topic")
        return render(request, "discovery/search.html", context)
    found = queries.search(
        typed=asked.typed,
        filters=asked.filters,
        page=asked.page,
        member=_reader(request),
        moment=time.now(),
    )
    context |= {
        "found": found,
        "cards": found.cards,
        "groups": layout.groups(found, asked),
        "active": layout.active(asked),
        "offered": layout.offered(found.offers, found, asked),
        "wider": layout.wider(found, asked) if not found.cards else [],
        "pages": layout.numbered(found, asked),
        "capped": facets.COUNTED_AT_MOST if found.is_capped else None,
        "deepest": queries.DEEPEST if found.total > queries.DEEPEST else None,
        "chosen": [(facet, one) for facet, values in asked.filters.items() for one in values],
        "save_query": layout.address(asked.typed, asked.filters),
        "meant_url": layout.address(found.meant, asked.filters) if found.meant else "",
    }
    return render(request, "discovery/search.html", context)


@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """{"words": [...], "found": [{title, url, kind, language}]}: how the text may go on, and what
    is here on the same matter. Small, and the same for everybody who is not signed in."""
    typed = forms.typed(request.GET)
    if len(typed) < 2:
        return JsonResponse({"words": [], "found": []})
    words = queries.completed(typed)
    near: list[Card] = []
    for meant in (typed, *words[:1]):
        near = near or queries.similar(
            meant, language=languages.current(), member=_reader(request), limit=SUGGESTED
        )
    found = [
        {
            "title": strip_tags(one.title),
            "url": one.url,
            "kind": one.kind_label,
            "language": one.language,
        }
        for one in near
    ]
    return JsonResponse({"words": words, "found": found})


@require_safe
def similar(request: HttpRequest) -> HttpResponse:
    """A piece of a page: what is here already on the matter of a question being written."""
    text = forms.typed(request.GET, "text")
    near = queries.similar(text, language=languages.current(), member=_reader(request))
    return render(request, "discovery/similar.html", {"cards": near})


@never_cache
@member_required
def saved(request: HttpRequest) -> HttpResponse:
    """The searches somebody keeps."""
    rows = [
        {"search": one, "query": saving.address_of(one)}
        for one in SavedSearch.objects.of(request.user)
    ]
    return render(request, "discovery/saved.html", {"saved": rows, "most": saving.MOST_KEPT})


@never_cache
@member_required_keeping_text
def save_new(request: HttpRequest) -> HttpResponse:
    """Keep the search of the address: how to call it, how often to write. A visitor signs in and
    comes back to the same address."""
    asked = forms.read(request.GET)
    if asked.is_empty:
        return HttpResponseRedirect(reverse("discovery:search"))
    begun = {"name": saving.named(asked.typed, asked.filters), **unsent(request)}
    form = forms.SavingForm(request.POST if request.method == "POST" else None, initial=begun)
    page = {"form": form, "what": saving.named(asked.typed, asked.filters)}
    if request.method != "POST":
        return render(request, "discovery/save.html", page)
    if form.is_valid():
        try:
            saving.keep(member=request.user, asked=asked, **form.cleaned_data)
        except TooMany:
            form.add_error(None, _("You keep twenty searches already. Throw one away first."))
        else:
            messages.success(request, _("We write to you when something new comes."))
            return HttpResponseRedirect(reverse("discovery:saved"))
    return render(request, "discovery/save.html", page, status=422)


@never_cache
@member_required_keeping_text
def save_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Another name, rhythm or length."""
    search = _own(request, pk)
    names = ("name", "level", "cadence", "most")
    begun = {name: getattr(search, name) for name in names}
    form = forms.SavingForm(
        request.POST if request.method == "POST" else None, initial={**begun, **unsent(request)}
    )
    page = {"form": form, "what": saving.named(search.words, search.filters), "search": search}
    if request.method != "POST":
        return render(request, "discovery/save.html", page)
    if not form.is_valid():
        return render(request, "discovery/save.html", page, status=422)
    saving.change(search=search, **form.cleaned_data)
    messages.success(request, _("Changed."))
    return HttpResponseRedirect(reverse("discovery:saved"))


@require_POST
@never_cache
@member_required_keeping_text(back=lambda request, pk: reverse("discovery:saved"))
def save_act(request: HttpRequest, pk: int) -> HttpResponse:
    """Pause a search, let it go on, or throw it away."""
    search = _own(request, pk)
    what = request.POST.get("what")
    if what == "pause":
        saving.pause(search=search)
    elif what == "go-on":
        saving.go_on(search=search)
    elif what == "forget":
        saving.forget(search=search)
        messages.success(request, _("The search is thrown away."))
    return HttpResponseRedirect(reverse("discovery:saved"))


@csrf_exempt
@never_cache
def saved_stop(request: HttpRequest, token: str) -> HttpResponse:
    """From a mail, without signing in: a page that asks, and a POST that pauses or stops this one
    search. Mail programs send the POST by themselves (RFC 8058), so it needs no cookie."""
    search = saving.by_token(token)
    if search is None:
        raise Http404
    done = ""
    if request.method == "POST":
        done = "pause" if request.POST.get("what") == "pause" else "stop"
        (saving.pause if done == "pause" else saving.stop)(search=search)
        search.refresh_from_db()
    return render(request, "discovery/stop.html", {"search": search, "done": done})


def _own(request: HttpRequest, pk: int) -> SavedSearch:
    search = saving.kept_by(request.user, pk)
    if search is None:
        raise Http404
    return search


def _ask_url(typed: str) -> str:
    title = typed[:TITLE_FOR_ASKING]
    return reverse("contributions:ask") + (f"?{urlencode({'title': title})}" if title else "")


def _reader(request: HttpRequest) -> Member | None:
    return request.user if request.user.is_authenticated else None
