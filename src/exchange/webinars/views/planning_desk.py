"""Hosts plan: what is on their hands, a new webinar, its words, its hour, announcing, calling off.
Called by urls alone; every page stands under /desk/webinars/."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from exchange.contributions.content import Content
from exchange.contributions.errors import ChangedMeanwhile, NotAllowed, Noticed, Refused
from exchange.contributions.models import State
from exchange.contributions.noticing import passages
from exchange.core import ids, languages
from exchange.members.doors import host_required, unsent
from exchange.webinars.errors import NotNow
from exchange.webinars.models import Series, Webinar
from exchange.webinars.planning import actions, queries, saying, showing
from exchange.webinars.planning.forms import (
    CancelForm,
    SeriesForm,
    TimeForm,
    WordsForm,
    initial_words,
    time_form,
)
from exchange.webinars.planning.series import begin_series, change_series
from exchange.webinars.views.room import webinar_asked

# The groups of the form: a title, and the fields under it. The first stands open.
_GROUPS = (
    ("words", ("title", "body", "language")),
    ("spoken", ("spoken", "spoken_too", "spoken_also")),
    ("ways", ("has_sound", "engine", "engine_link", "is_recorded")),
    ("places", ("capacity", "opens_on")),
    ("about", ("hub", "series", "topics", "country")),
)
# What each tool of a webinar is called, and the name of its address at the desk or outside of it.
_TOOLS = (
    ("webinars-desk:seats", "seats"),
    ("webinars-desk:reminders", "reminders"),
    ("webinars-desk:room", "room"),
    ("webinars:lanes", "lanes"),
    ("webinars-desk:slides", "slides"),
    ("webinars:leading", "leading"),
    ("webinars:helping", "helping"),
    ("webinars:presenting", "presenting"),
    ("webinars:sending", "sending"),
    ("webinars-desk:after", "after"),
)


@never_cache
@host_required
def overview(request: HttpRequest) -> HttpResponse:
    """Live, coming, not announced yet, and what must be finished."""
    found = queries.at_the_desk(request.user)
    context = {
        "live": _desk_cards(found.live),
        "coming": _desk_cards(found.coming),
        "drafts": _desk_cards(found.drafts),
        "to_finish": _desk_cards(found.to_finish),
        "at": "webinars",
    }
    return render(request, "webinars/planning/overview.html", context)


@never_cache
@host_required
def new(request: HttpRequest) -> HttpResponse:
    """A new one, on one page; nobody else sees it before it is announced."""
    country = request.user.country
    if request.method != "POST":
        spoken = {"language": languages.current(), "spoken": languages.current()}
        kept = {**spoken, "zone": queries.usual_zone(), **unsent(request)}
        time, words = TimeForm(country=country, initial=kept), WordsForm(initial=kept)
        return _form_page(request, None, words, time, once=ids.new_id())
    time, words = TimeForm(request.POST, country=country), WordsForm(request.POST)
    once = request.POST.get("once", "")[:40]
    if not (time.is_valid() & words.is_valid()):
        return _form_page(request, None, words, time, once=once, status=422)
    content = words.content(time.columns(), time.cleaned_data["zone"])
    webinar = actions.plan(content=content, by=request.user, once_key=once)
    messages.success(request, _("It is kept. Nobody else sees it before you announce it."))
    return _to_one(webinar)


@never_cache
@host_required
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One webinar with the ways to all its tools, and what is still missing."""
    webinar = webinar_asked(request, pk)
    ready = queries.readiness(webinar)
    context = {
        "webinar": webinar,
        "is_draft": webinar.state == State.DRAFT,
        "hours": saying.hours(webinar),
        "ready": ready,
        "tools": _tools(webinar),
        "at": "webinars",
    }
    return render(request, "webinars/planning/one.html", context)


@never_cache
@host_required
def words(request: HttpRequest, pk: int) -> HttpResponse:
    """Its words and settings; the hour has a page of its own."""
    webinar = webinar_asked(request, pk)
    if request.method != "POST":
        form = WordsForm(initial={**initial_words(webinar), **unsent(request)})
        return _form_page(request, webinar, form, None)
    form = WordsForm(request.POST)
    if not form.is_valid():
        return _form_page(request, webinar, form, None, status=422)
    content = form.content(_time_columns(webinar), webinar.zone)
    version = request.POST.get("version", "")
    try:
        stands = actions.change(
            webinar=webinar,
            content=content,
            by=request.user,
            version=int(version) if version.isdecimal() and len(version) < 10 else 0,
            insist=bool(request.POST.get("insist")),
        )
    except Noticed as seen:
        noticed = passages(seen, content, form)
        return _form_page(request, webinar, form, None, noticed=noticed, status=422)
    except ChangedMeanwhile:
        form.add_error(None, _("Another host changed these words since you opened them."))
        return _form_page(request, webinar, form, None, status=409)
    except (NotAllowed, Refused):
        form.add_error(None, _("This cannot go out as it is. Please use other words."))
        return _form_page(request, webinar, form, None, status=422)
    if stands:
        messages.success(request, _("Your change is saved."))
    else:
        messages.info(request, _("Your change is kept. Another host reads the new words first."))
    return _to_one(webinar)


@never_cache
@host_required
def time(request: HttpRequest, pk: int) -> HttpResponse:
    """Another hour. What was announced is moved, and everybody who registered is told; so it is
    shown once more before."""
    webinar = webinar_asked(request, pk)
    form = time_form(webinar, *_posted(request), country=request.user.country)
    look: dict[str, Any] = {}
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            if webinar.published_at is None or request.POST.get("sure"):
                return _moved(request, webinar, form)
            look, status = _look_at(webinar, form), 200
    context = {"webinar": webinar, "form": form, "look": look, "at": "webinars"}
    return render(request, "webinars/planning/time.html", context, status=status)


@never_cache
@host_required
def announce(request: HttpRequest, pk: int) -> HttpResponse:
    """A look at what everybody will see, then out."""
    webinar = webinar_asked(request, pk)
    noticed, refused = None, False
    if request.method == "POST":
        try:
            row = actions.announce(
                webinar=webinar, by=request.user, insist=bool(request.POST.get("insist"))
            )
        except NotNow:
            messages.info(request, _("Its hour has passed. Please set another one first."))
            return HttpResponseRedirect(reverse("webinars-desk:time", args=[webinar.pk]))
        except Noticed as seen:
            content = Content(title=webinar.title, body=webinar.body)
            noticed = passages(seen, content, WordsForm())
        except (NotAllowed, Refused):
            refused = True
        else:
            messages.success(request, _announced_words(row))
            return _to_one(webinar)
    context = {
        "webinar": webinar,
        "hours": saying.hours(webinar),
        "ready": queries.readiness(webinar),
        "spoken": ", ".join(saying.spoken(webinar)),
        "noticed": noticed,
        "refused": refused,
        "at": "webinars",
    }
    status = 422 if noticed or refused else 200
    return render(request, "webinars/planning/announce.html", context, status=status)


@never_cache
@host_required
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """It will not take place; with the reason that everybody is told."""
    webinar = webinar_asked(request, pk)
    form = CancelForm(*_posted(request), initial=unsent(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.cancel(webinar=webinar, why=form.cleaned_data["why"], by=request.user)
        except (Noticed, Refused):
            form.add_error("why", _("This could point to a person. Please say it without that."))
        except NotNow:
            form.add_error(None, _("It is over, or was never announced."))
        else:
            messages.success(request, _("It is called off. Everybody who registered is told."))
            return _to_one(webinar)
    context = {"webinar": webinar, "form": form, "at": "webinars"}
    status = 422 if request.method == "POST" else 200
    return render(request, "webinars/planning/cancel.html", context, status=status)


@never_cache
@host_required
def series(request: HttpRequest, slug: str = "") -> HttpResponse:
    """Begin a series, or change what it says."""
    row = get_object_or_404(Series, slug=slug) if slug else None
    initial = {"title": row.title, "words": row.words} if row else {}
    form = SeriesForm(*_posted(request), initial={**initial, **unsent(request)})
    if request.method == "POST" and form.is_valid():
        given = {**form.cleaned_data, "language": languages.current(), "by": request.user}
        try:
            if row is not None:
                change_series(series=row, **given)
            else:
                begin_series(**given)
        except (Noticed, Refused):
            form.add_error(None, _("This cannot go out as it is. Please use other words."))
        else:
            messages.success(request, _("The series is kept."))
            return HttpResponseRedirect(reverse("webinars-desk:overview"))
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "series": row, "at": "webinars"}
    return render(request, "webinars/planning/series_form.html", context, status=status)


def _moved(request: HttpRequest, webinar: Webinar, form: TimeForm) -> HttpResponse:
    given = form.cleaned_data
    try:
        row = actions.move(
            webinar=webinar,
            starts_at=form.starts_at,
            minutes=given["minutes"],
            zone=given["zone"],
            by=request.user,
        )
    except (NotNow, NotAllowed):
        messages.info(request, _("It is over or called off; its hour cannot change any more."))
        return _to_one(webinar)
    if row.sequence > webinar.sequence:
        messages.success(request, _("It is moved. Everybody who registered is told."))
    else:
        messages.success(request, _("Its hour is kept."))
    return _to_one(webinar)


def _look_at(webinar: Webinar, form: TimeForm) -> dict[str, Any]:
    """Old and new beside one another, by the clocks people read."""
    columns = form.columns()
    new = Webinar(hub=webinar.hub, **columns)
    return {"old": saying.hours(webinar), "new": saying.hours(new)}


def _announced_words(webinar: Webinar) -> str:
    if not webinar.is_public:
        return _("It waits for another host, who reads its words first.")
    return _("It is announced. Who follows its topics or its hub hears of it.")


def _form_page(
    request: HttpRequest,
    webinar: Webinar | None,
    form: WordsForm,
    time_part: TimeForm | None,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    groups = []
    for place, (name, fields) in enumerate(_GROUPS):
        bound = [form[field] for field in fields]
        is_open = place < 1 or any(field.errors for field in bound)
        groups.append({"name": name, "fields": bound, "open": is_open})
    context = {
        "webinar": webinar,
        "form": form,
        "time": time_part,
        "groups": groups,
        "at": "webinars",
        **more,
    }
    return render(request, "webinars/planning/form.html", context, status=status)


def _time_columns(webinar: Webinar) -> dict[str, Any]:
    """The hour as it is: a draft's row is written whole."""
    names = ("starts_at", "minutes", "zone", "wall")
    return {name: getattr(webinar, name) for name in names}


def _posted(request: HttpRequest) -> tuple[Any, ...]:
    return (request.POST,) if request.method == "POST" else ()


def _desk_cards(rows: list[Webinar]) -> list[dict[str, Any]]:
    shown = showing.webinar_cards(rows, with_excerpt=False)
    return [{"card": card, "url": reverse("webinars-desk:one", args=[card.id])} for card in shown]


def _tools(webinar: Webinar) -> list[dict[str, str]]:
    """The tools this Exchange has; the page names them in words."""
    found = []
    for name, code in _TOOLS:
        try:
            found.append({"code": code, "url": reverse(name, args=[webinar.pk])})
        except NoReverseMatch:
            continue
    return found


def _to_one(webinar: Webinar) -> HttpResponse:
    return HttpResponseRedirect(reverse("webinars-desk:one", args=[webinar.pk]))
