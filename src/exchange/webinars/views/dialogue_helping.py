"""The helpers' page: what waits, the oldest first, with one tap for each decision.
Called by urls alone. Whoever has no task here finds nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from exchange.contributions.errors import Noticed
from exchange.core.languages import current
from exchange.webinars.dialogue import actions, desk, queries, rules
from exchange.webinars.dialogue.forms import DeclineForm, GistForm
from exchange.webinars.live import state
from exchange.webinars.models import Asked, Hand, Webinar
from exchange.webinars.rules import Roles
from exchange.webinars.views.dialogue_answering import REFUSALS, wants_json
from exchange.webinars.views.dialogue_words import why_not
from exchange.webinars.views.live import with_live_line
from exchange.webinars.views.room import kept_private, reader
from exchange.webinars.views.scripts import script


def of_team(request: HttpRequest, pk: int, may: Callable[[Roles], bool]) -> tuple[Any, Roles]:
    """The webinar and the tasks of whoever looks, in one question. Raises Http404."""
    found = state.entered(pk, reader(request))
    if found is None or not may(found[1]):
        raise Http404
    return found


@never_cache
@require_http_methods(["GET", "POST"])
def helping(request: HttpRequest, pk: int) -> HttpResponse:
    """The page; by POST one decision: `deed` is a verb and a number, as "show:7"."""
    webinar, roles = of_team(request, pk, lambda roles: roles.may_help)
    if request.method == "POST":
        return _decided(request, webinar, roles)
    context = {
        "webinar": webinar,
        "roles": roles,
        "desk": desk.of(
            webinar,
            by=reader(request),
            roles=roles,
            whole_wall=request.GET.get("wall") == "all",
        ),
        "kind_words": [(code, rules.kind_words(code, current())) for code in rules.KIND_WORDS],
        "team_script": script("team.js"),
        "seq": webinar.live_seq,
    }
    page = render(request, "webinars/dialogue/helping.html", context)
    return with_live_line(request, kept_private(page))


@never_cache
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, pk: int, asked: int) -> HttpResponse:
    """One question by itself: declined in one's own words, joined with another, its gist typed.
    This page is never refreshed, so nothing that is typed is lost."""
    webinar, roles = of_team(request, pk, lambda roles: roles.may_help)
    row = queries.of_team(webinar, asked)
    if row is None:
        raise Http404
    decline, gist = DeclineForm(), GistForm(initial={"text": row.answer})
    if request.method == "POST":
        decline, gist = DeclineForm(request.POST), GistForm(request.POST)
        deed = {"decline": decline, "answer": gist}.get(request.POST.get("deed", ""))
        if deed is None or deed.is_valid():
            return _typed(request, webinar, roles, row, decline, gist)
    return _one_page(request, webinar, roles, row, decline, gist)


def _one_page(
    request: HttpRequest,
    webinar: Webinar,
    roles: Roles,
    row: Asked,
    decline: DeclineForm,
    gist: GistForm,
    *,
    words: str = "",
) -> HttpResponse:
    on_the_wall = [other for other in queries.wall(webinar) if other.pk != row.pk]
    context = {
        "webinar": webinar,
        "roles": roles,
        "waits": desk.waits(row, by=reader(request), roles=roles),
        "others": on_the_wall,
        "decline": decline,
        "gist": gist,
        "may_join": row.state in (Asked.State.WAITING, Asked.State.SHOWN),
        "error": words,
    }
    status = 422 if request.method == "POST" else 200
    return kept_private(render(request, "webinars/dialogue/one.html", context, status=status))


def _typed(
    request: HttpRequest,
    webinar: Webinar,
    roles: Roles,
    row: Asked,
    decline: DeclineForm,
    gist: GistForm,
) -> HttpResponse:
    deed, by = request.POST.get("deed", ""), reader(request)
    try:
        if deed == "decline":
            note = decline.words(row.language)
            actions.decline(asked=row, by=by, roles=roles, note=note)
        elif deed == "answer":
            words = gist.cleaned_data["text"]
            language = gist.language_given()
            insist = bool(request.POST.get("insist"))
            actions.answer(
                asked=row, by=by, roles=roles, gist=words, language=language, insist=insist
            )
        elif deed == "join":
            actions.join_to(asked=row, to=_other(request, webinar), by=by, roles=roles)
        else:
            raise Http404
    except Noticed:
        words = _(
            "These words could point to a child, or hold an address or a number. Please change"
            " them before they go out."
        )
        return _one_page(request, webinar, roles, row, decline, gist, words=words)
    except REFUSALS as error:
        return _one_page(request, webinar, roles, row, decline, gist, words=why_not(error))
    messages.success(request, _("Done."))
    return HttpResponseRedirect(_home(webinar))


def _other(request: HttpRequest, webinar: Webinar) -> Asked:
    given = request.POST.get("to", "")
    other = queries.on_wall(webinar, int(given)) if given.isdecimal() and len(given) < 18 else None
    if other is None:
        raise Http404
    return other


def _decided(request: HttpRequest, webinar: Webinar, roles: Roles) -> HttpResponse:
    verb, number, _why = [*request.POST.get("deed", "").split(":"), "", "", ""][:3]
    if verb not in _VERBS or not number.isdecimal() or len(number) > 18:
        raise Http404
    try:
        _VERBS[verb](request, webinar, roles, int(number))
    except REFUSALS as error:
        return _after(request, webinar, why_not(error), verb, done=False)
    return _after(request, webinar, _("Done."), verb, done=True)


def _after(
    request: HttpRequest, webinar: Webinar, words: str, verb: str, *, done: bool
) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"ok": done, "words": words}, status=200 if done else 409)
    (messages.success if done else messages.error)(request, words)
    return HttpResponseRedirect(_home(webinar) + _PLACES.get(verb, ""))


def _home(webinar: Webinar) -> str:
    return reverse("webinars:helping", args=[webinar.pk])


def _on_question(act: Callable[..., Any]) -> Callable[..., None]:
    def deed(request: HttpRequest, webinar: Webinar, roles: Roles, number: int) -> None:
        row = queries.of_team(webinar, number)
        if row is None:
            raise Http404
        act(asked=row, by=reader(request), roles=roles)

    return deed


def _decline(request: HttpRequest, webinar: Webinar, roles: Roles, number: int) -> None:
    row = queries.of_team(webinar, number)
    if row is None:
        raise Http404
    # "decline:7:later", so that one tap says why as well.
    why = request.POST["deed"].split(":")[-1]
    actions.decline(
        asked=row, by=reader(request), roles=roles, note=rules.kind_words(why, row.language)
    )


def _on_line(act: Callable[..., Any]) -> Callable[..., None]:
    def deed(request: HttpRequest, webinar: Webinar, roles: Roles, number: int) -> None:
        row = queries.said(webinar, number)
        if row is None:
            raise Http404
        act(said=row, by=reader(request), roles=roles)

    return deed


def _on_hand(act: Callable[..., Any]) -> Callable[..., None]:
    def deed(request: HttpRequest, webinar: Webinar, roles: Roles, number: int) -> None:
        row = Hand.objects.filter(webinar_id=webinar.pk, pk=number).first()
        if row is None:
            raise Http404
        act(hand=row, roles=roles)

    return deed


# Where one was on the page; after a decision about what waits, at its top, with the next.
_PLACES = {
    **dict.fromkeys(("hide", "now", "answered", "wait"), "#wall"),
    **dict.fromkeys(("call", "lower"), "#hands"),
    **dict.fromkeys(("let-out", "quiet"), "#chat-waits"),
}
_VERBS: dict[str, Callable[..., None]] = {
    "show": _on_question(actions.show),
    "hide": _on_question(actions.hide),
    "back": _on_question(actions.let_back),
    "now": _on_question(actions.take_up),
    "answered": _on_question(actions.answer),
    "wait": _on_question(actions.put_back),
    "decline": _decline,
    "let-out": _on_line(actions.let_out_said),
    "quiet": _on_line(actions.hide_said),
    "call": _on_hand(actions.call_hand),
    "lower": _on_hand(actions.lower_hand),
}
