"""The lead's page: begin and end, doors, polls, a word to everybody, ways to sound, slides and helpers.
Called by urls alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from exchange.contributions.errors import Noticed
from exchange.core.languages import current
from exchange.webinars.dialogue import actions, desk, queries
from exchange.webinars.dialogue.forms import PollForm, WordForm
from exchange.webinars.models import Poll, Webinar
from exchange.webinars.planning import actions as planning
from exchange.webinars.rules import Roles
from exchange.webinars.views.dialogue_answering import REFUSALS, way_to
from exchange.webinars.views.dialogue_helping import of_team
from exchange.webinars.views.dialogue_words import why_not
from exchange.webinars.views.live import with_live_line
from exchange.webinars.views.room import kept_private, reader
from exchange.webinars.views.scripts import script


@never_cache
@require_http_methods(["GET", "POST"])
def leading(request: HttpRequest, pk: int) -> HttpResponse:
    """The page; by POST one deed: "start", "door:chat:1", "open-poll:5", "word", "poll"."""
    webinar, roles = of_team(request, pk, lambda roles: roles.may_lead)
    if request.method == "POST":
        return _done(request, webinar, roles)
    return _page(request, webinar, roles, poll=PollForm(), word=WordForm())


def _page(
    request: HttpRequest, webinar: Any, roles: Roles, *, poll: PollForm, word: WordForm
) -> HttpResponse:
    now_said = desk.word_now(webinar)
    if not word.is_bound:
        word = WordForm(initial={"word": now_said})
    context = {
        "webinar": webinar,
        "roles": roles,
        "polls": queries.polls(webinar, ready=True),
        "poll": poll,
        "word": word,
        "form": poll if poll.is_bound else word,
        "waiting": queries.how_many_wait(webinar),
        "minutes": desk.minutes_left(webinar),
        "people": webinar.live_people or 0,
        "sending": way_to("webinars:sending", webinar) if webinar.has_sound else "",
        "slides": way_to("webinars:slides", webinar),
        "seq": webinar.live_seq,
        "doors": _doors(webinar),
        "team_script": script("team.js"),
    }
    status = 422 if request.method == "POST" else 200
    page = render(request, "webinars/dialogue/leading.html", context, status=status)
    return with_live_line(request, kept_private(page))


def _doors(webinar: Webinar) -> list[tuple[str, str, bool]]:
    return [
        ("wall", _("Questions"), webinar.wall_open),
        ("chat", _("Chat"), webinar.chat_open),
        ("hands", _("Raised hands"), webinar.hands_open),
    ]


def _done(request: HttpRequest, webinar: Any, roles: Roles) -> HttpResponse:
    deed, *given = request.POST.get("deed", "").split(":")
    if deed == "poll":
        return _new_poll(request, webinar, roles)
    if deed == "word":
        return _word(request, webinar, roles)
    act = _DEEDS.get(deed)
    if act is None:
        raise Http404
    try:
        act(request, webinar, roles, given)
    except REFUSALS as error:
        messages.error(request, why_not(error))
    return _home(webinar)


def _new_poll(request: HttpRequest, webinar: Any, roles: Roles) -> HttpResponse:
    form = PollForm(request.POST)
    if not form.is_valid():
        return _page(request, webinar, roles, poll=form, word=WordForm())
    given = form.cleaned_data
    try:
        actions.prepare_poll(
            webinar=webinar,
            text=given["question"],
            choices=form.choices(),
            language=form.language_given(),
            shows_counts=given["shows_counts"],
            by=reader(request),
            roles=roles,
        )
    except Noticed:
        form.add_error(None, _points_to_a_child())
        return _page(request, webinar, roles, poll=form, word=WordForm())
    except REFUSALS as error:
        form.add_error(None, why_not(error))
        return _page(request, webinar, roles, poll=form, word=WordForm())
    messages.success(request, _("It is ready. Open it when the time has come."))
    return _home(webinar, "polls")


def _word(request: HttpRequest, webinar: Any, roles: Roles) -> HttpResponse:
    form = WordForm(request.POST)
    if not form.is_valid():
        return _page(request, webinar, roles, poll=PollForm(), word=form)
    try:
        actions.say_to_all(
            webinar=webinar,
            text=form.cleaned_data["word"],
            language=current(),
            by=reader(request),
            roles=roles,
        )
    except Noticed:
        form.add_error(None, _points_to_a_child())
        return _page(request, webinar, roles, poll=PollForm(), word=form)
    except REFUSALS as error:
        form.add_error(None, why_not(error))
        return _page(request, webinar, roles, poll=PollForm(), word=form)
    messages.success(request, _("Everybody reads it now."))
    return _home(webinar, "word")


def _points_to_a_child() -> str:
    return _(
        "These words could point to a child, or hold an address or a number. Please change"
        " them before they go out."
    )


def _home(webinar: Webinar, anchor: str = "") -> HttpResponse:
    address = reverse("webinars:leading", args=[webinar.pk])
    return HttpResponseRedirect(f"{address}#{anchor}" if anchor else address)


def _start(request: HttpRequest, webinar: Any, roles: Roles, given: list[str]) -> None:
    planning.start(webinar=webinar, by=reader(request), roles=roles)
    messages.success(request, _("It has begun. Everybody is told."))


def _end(request: HttpRequest, webinar: Any, roles: Roles, given: list[str]) -> None:
    planning.end(webinar=webinar, by=reader(request), roles=roles)
    messages.success(request, _("It is over. Thank you."))


def _door(request: HttpRequest, webinar: Any, roles: Roles, given: list[str]) -> None:
    if len(given) != 2 or given[0] not in ("wall", "chat", "hands"):
        raise Http404
    actions.set_door(webinar=webinar, door=given[0], is_open=given[1] == "1", roles=roles)


def _poll(act: Callable[..., Any]) -> Callable[..., None]:
    def deed(request: HttpRequest, webinar: Any, roles: Roles, given: list[str]) -> None:
        number = given[0] if given else ""
        known = number.isdecimal() and len(number) < 18
        row = Poll.objects.filter(webinar=webinar, pk=int(number)).first() if known else None
        if row is None:
            raise Http404
        act(poll=row, roles=roles)

    return deed


_DEEDS: dict[str, Callable[..., None]] = {
    "start": _start,
    "end": _end,
    "door": _door,
    "open-poll": _poll(actions.open_poll),
    "close-poll": _poll(actions.close_poll),
    "drop-poll": _poll(actions.drop_poll),
}
