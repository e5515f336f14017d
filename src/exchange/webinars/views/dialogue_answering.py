"""How the dialogue answers: back to the page with a word, the form again with what was typed, or JSON.
Called by the views of the dialogue."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.http import url_has_allowed_host_and_scheme

from exchange.contributions.content import Content
from exchange.contributions.errors import NotAllowed, Noticed, Refused
from exchange.contributions.noticing import Passage, passages_at
from exchange.core import ids
from exchange.webinars.dialogue.forms import SayForm, WordsForm
from exchange.webinars.errors import AlreadyDone, DoorClosed, Full, NotNow, TooFast
from exchange.webinars.models import Webinar
from exchange.webinars.views.dialogue_words import why_not
from exchange.webinars.views.room import kept_private, seat_here

REFUSALS = (NotNow, DoorClosed, TooFast, AlreadyDone, Full, NotAllowed, Refused)
_STATUS = {TooFast: 429, DoorClosed: 409, NotNow: 409, AlreadyDone: 409}


@dataclass(frozen=True)
class Sent:
    """What was done, in words for the person and in numbers for the script."""

    words: str
    told: dict[str, Any] = field(default_factory=dict)


def wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def back_with(
    request: HttpRequest, webinar: Webinar, sent: Sent, *, anchor: str = ""
) -> HttpResponse:
    """Done."""
    if wants_json(request):
        return kept_private(JsonResponse({"ok": True, "words": sent.words, **sent.told}))
    messages.success(request, sent.words)
    return HttpResponseRedirect(way_back(request, webinar) + (f"#{anchor}" if anchor else ""))


def refused(
    request: HttpRequest,
    webinar: Webinar | None,
    error: Exception,
    *,
    form: WordsForm | None = None,
    once: str = "",
) -> HttpResponse:
    """Not done, and what can be done instead. What was typed comes back with it."""
    words, status = why_not(error), _STATUS.get(type(error), 422)
    if wants_json(request) or webinar is None:
        told: dict[str, Any] = {"ok": False, "words": words}
        if isinstance(error, TooFast):
            told["again"] = error.seconds
        return kept_private(JsonResponse(told, status=status))
    if form is not None:
        form.add_error(None, words)
        return typed_page(request, webinar, form, once=once, status=status)
    messages.error(request, words)
    return HttpResponseRedirect(way_back(request, webinar))


def typed_page(
    request: HttpRequest,
    webinar: Webinar,
    form: WordsForm,
    *,
    once: str,
    status: int = 422,
    noticed: Noticed | None = None,
) -> HttpResponse:
    """The form by itself with what was typed, what is missing and what a gate noticed."""
    shown = _noticed(noticed, form) if noticed else []
    if wants_json(request) and form.is_bound:
        return _typed_json(request, form, shown, status)
    say = isinstance(form, SayForm)
    context = {
        "webinar": webinar,
        "form": form,
        "noticed": shown,
        "once_key": once or ids.new_id(),
        "back": way_back(request, webinar),
        "is_chat": say,
        "takes": (webinar.is_live and webinar.chat_open) if say else webinar.takes_questions,
        "seat": seat_here(request, webinar),
        "register": way_to("webinars:register", webinar),
    }
    return kept_private(render(request, "webinars/dialogue/typed.html", context, status=status))


def way_back(request: HttpRequest, webinar: Webinar) -> str:
    """Where the form stood, if it says so; else the live page."""
    given = request.POST.get("back", "") or request.GET.get("back", "")
    if given.startswith("/") and url_has_allowed_host_and_scheme(given, allowed_hosts=None):
        return given.split("#")[0]
    return way_to("webinars:live", webinar) or webinar.get_absolute_url()


def way_to(name: str, webinar: Webinar) -> str:
    """An address of another matter; empty where the house is built without it."""
    try:
        return reverse(name, args=[webinar.pk])
    except NoReverseMatch:
        return ""


def _typed_json(
    request: HttpRequest, form: WordsForm, shown: list[Passage], status: int
) -> HttpResponse:
    errors = [str(error) for found in form.errors.values() for error in found]
    told: dict[str, Any] = {"ok": False, "words": " ".join(errors)}
    if shown:
        told["noticed"] = render_to_string(
            "webinars/dialogue/noticed.html", {"noticed": shown}, request=request
        )
    return kept_private(JsonResponse(told, status=status))


def _noticed(seen: Noticed, form: WordsForm) -> list[Passage]:
    content = Content(title="", body=form.cleaned_data["text"])
    return passages_at(seen, content, lambda name: (form["text"].label, "#id_text"))
