"""What somebody does in the hour: asks, says "me too", chats, raises a hand, chooses.
Called by urls alone. Each is a plain form, and answers JSON to a script that asks for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from exchange.contributions.errors import Noticed
from exchange.core import ids
from exchange.members.doors import unsent
from exchange.webinars.dialogue import actions, pace, queries
from exchange.webinars.dialogue.forms import AskForm, SayForm, WordsForm
from exchange.webinars.models import Asked, Poll, Said, Seat, Webinar
from exchange.webinars.views.dialogue_answering import (
    REFUSALS,
    Sent,
    back_with,
    refused,
    typed_page,
)
from exchange.webinars.views.dialogue_placing import line_of, placed, without_a_place
from exchange.webinars.views.dialogue_words import (
    asked_words,
    chosen_words,
    hand_words,
    said_words,
    voice_words,
)
from exchange.webinars.views.room import webinar_asked

Deed = Callable[[HttpRequest, Webinar, Seat], HttpResponse]


@never_cache
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """A question to the presenters; by GET the form alone, also with words kept over a sign-in."""
    if request.method == "POST":
        return _done(request, pk, _ask)
    webinar = webinar_asked(request, pk)
    form = AskForm(initial=unsent(request))
    return typed_page(request, webinar, form, once=ids.new_id(), status=200)


@require_POST
def vote(request: HttpRequest, pk: int, asked: int) -> HttpResponse:
    """ "Me too", or taken back with `on=0`."""

    def deed(request: HttpRequest, webinar: Webinar, seat: Seat) -> HttpResponse:
        row = queries.on_wall(webinar, asked)
        if row is None:
            raise Http404
        on = request.POST.get("on", "1") != "0"
        counted = actions.vote(asked=row, seat=seat, on=on)
        told = {"id": counted.pk, "votes": counted.votes, "on": on}
        return back_with(request, webinar, Sent(voice_words(on), told), anchor=f"question-{asked}")

    return _done(request, pk, deed)


@require_POST
def say(request: HttpRequest, pk: int) -> HttpResponse:
    """A line of the chat."""
    return _done(request, pk, _say)


@require_POST
def hand(request: HttpRequest, pk: int) -> HttpResponse:
    """Up with `up=1`, down with `up=0`."""

    def deed(request: HttpRequest, webinar: Webinar, seat: Seat) -> HttpResponse:
        wished = request.POST.get("up", "1") != "0"
        up = actions.raise_hand(webinar=webinar, seat=seat, up=wished)
        return back_with(request, webinar, Sent(hand_words(up), {"up": up}))

    return _done(request, pk, deed)


@require_POST
def choose(request: HttpRequest, pk: int, poll: int) -> HttpResponse:
    """One choice of a poll; another one replaces it."""

    def deed(request: HttpRequest, webinar: Webinar, seat: Seat) -> HttpResponse:
        row = Poll.objects.select_related("webinar").filter(webinar=webinar, pk=poll).first()
        given = request.POST.get("choice", "")
        if row is None or not (given.isdecimal() and len(given) < 3):
            raise Http404
        ballot = actions.choose(poll=row, seat=seat, choice=int(given))
        told = {"id": row.pk, "choice": ballot.choice}
        return back_with(request, webinar, Sent(chosen_words(), told), anchor=f"poll-{poll}")

    return _done(request, pk, deed)


def _ask(request: HttpRequest, webinar: Webinar, seat: Seat) -> HttpResponse:
    form = AskForm(request.POST)

    def send(text: str, **given: Any) -> Asked:
        if seat.member is None:
            pace.LINE.tap(line_of(request))
        return actions.ask(webinar=webinar, seat=seat, text=text, **given)

    return _words(request, webinar, form, send, lambda row: asked_words(row, webinar))


def _say(request: HttpRequest, webinar: Webinar, seat: Seat) -> HttpResponse:
    def send(text: str, **given: Any) -> Said:
        return actions.say(webinar=webinar, seat=seat, text=text, **given)

    return _words(request, webinar, SayForm(request.POST), send, said_words)


def _words(
    request: HttpRequest,
    webinar: Webinar,
    form: WordsForm,
    send: Callable[..., Any],
    words_of: Callable[[Any], str],
) -> HttpResponse:
    """Words are sent, or come back with everything that was typed and why."""
    once = ids.sent_back(request.POST.get("once_key", ""))
    if not form.is_valid():
        return typed_page(request, webinar, form, once=once)
    try:
        row = send(
            form.cleaned_data["text"],
            language=form.language_given(),
            once_key=once,
            insist=bool(request.POST.get("insist")),
        )
    except Noticed as seen:
        return typed_page(request, webinar, form, once=once, noticed=seen)
    except REFUSALS as error:
        return refused(request, webinar, error, form=form, once=once)
    return back_with(request, webinar, Sent(words_of(row), {"id": row.pk, "state": row.state}))


def _done(request: HttpRequest, pk: int, deed: Deed) -> HttpResponse:
    """Who is here, then the deed; what it refuses is said in plain words. A flood from one browser
    ends before anything is asked of the database."""
    try:
        pace.BROWSER.tap(line_of(request, browser=True))
    except pace.TooFast as error:
        return refused(request, None, error)
    webinar = webinar_asked(request, pk)
    seat = placed(request, webinar)
    if seat is None:
        return without_a_place(request, webinar)
    try:
        return deed(request, webinar, seat)
    except REFUSALS as error:
        return refused(request, webinar, error)
