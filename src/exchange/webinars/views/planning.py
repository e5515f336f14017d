"""The list of webinars, a series, the lasting page of each, and the page of a presenter.
Called by urls alone."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from exchange.contributions import kinds
from exchange.core import zones
from exchange.taxonomy import vocabulary
from exchange.webinars.errors import NotNow
from exchange.webinars.models import Presenter, Seat, Series, Way, Webinar
from exchange.webinars.planning import queries, saying, showing, team
from exchange.webinars.planning.forms import ConsentForm
from exchange.webinars.views.beside import gathered
from exchange.webinars.views.room import kept_private, reader, seat_here

_PUBLIC_CODES = 3


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """What is coming, the soonest first, and what was; words nobody knows are passed over."""
    narrowing = _narrowing(request)
    found = queries.listed(narrowing, page=_number(request))
    context = {
        "found": found,
        "coming": showing.webinar_cards(found.coming),
        "past": showing.webinar_cards(found.past, with_excerpt=False),
        "groups": showing.groups(found, narrowing),
        "active": showing.active(found, narrowing),
        "pages": showing.numbered(found, narrowing),
        "kind": kinds.get("webinar"),
    }
    return render(request, "webinars/list.html", context)


@require_safe
def series(request: HttpRequest, slug: str) -> HttpResponse:
    """Webinars under one name. A name nothing public stands under is nobody's page."""
    row = get_object_or_404(Series, slug=slug)
    coming, past = queries.of_series(row)
    if not coming and not past:
        raise Http404
    context = {
        "series": row,
        "coming": showing.webinar_cards(coming),
        "past": showing.webinar_cards(past, with_excerpt=False),
    }
    return render(request, "webinars/series.html", context)


def page(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """One webinar: what, who, when, how, and what stays of it."""
    member = reader(request)
    webinar = queries.for_its_page(pk, member)
    if webinar is None:
        raise Http404
    if slug != (webinar.slug or "-"):
        return HttpResponseRedirect(webinar.get_absolute_url())
    seat = seat_here(request, webinar)
    presenters = list(webinar.presenters.filter(answer=Presenter.Answer.AGREED))
    roles = queries.roles_on_page(webinar, member, presenters)
    moves = list(webinar.moves.all()) if webinar.sequence else []
    context = gathered(webinar, reader=member, seat=seat, roles=roles) | {
        "webinar": webinar,
        # For what other rooms put under anything that people share: reporting, following.
        "contribution": webinar,
        "seat": seat,
        "roles": roles,
        "presenters": [one for one in presenters if one.is_shown],
        "own_presenting": _own(presenters, member),
        "hours": saying.hours(webinar, **_clock_of(member, seat)),
        "moved": _moved(webinar, moves),
        "spoken": ", ".join(saying.spoken(webinar)),
        "hub_label": vocabulary.label(f"region:{webinar.hub}") if webinar.hub else "",
    }
    context["rungs"] = _rungs(webinar, context)
    context["for_machines"] = showing.for_machines(webinar, context["presenters"])
    response = render(request, "webinars/page.html", context)
    return kept_private(response) if seat is not None or not webinar.is_public else response


@never_cache
def presenter(request: HttpRequest, key: str) -> HttpResponse:
    """Somebody's own page: yes or no to speaking, to being named, to being recorded. Whoever holds
    its address needs no account."""
    row = queries.presenter_of(key)
    if row is None:
        raise Http404
    if request.method == "POST":
        return _answered(request, row)
    webinar = row.webinar
    context = {
        "presenter": row,
        "webinar": webinar,
        "hours": saying.hours(webinar, **_clock_of(row.member, None)),
        "form": ConsentForm(
            initial={"may_be_named": row.may_be_named, "may_be_recorded": row.may_be_recorded}
        ),
        "has_said_no": row.answer in (Presenter.Answer.DECLINED, Presenter.Answer.LEFT),
    }
    return kept_private(render(request, "webinars/planning/presenter.html", context))


def _answered(request: HttpRequest, row: Presenter) -> HttpResponse:
    form = ConsentForm(request.POST)
    form.is_valid()
    try:
        team.answer_presenter(
            presenter=row, agrees=request.POST.get("answer") == "yes", **form.cleaned_data
        )
    except NotNow:
        messages.info(request, _("This webinar is over or called off."))
    else:
        messages.success(request, _("Thank you. Your answer is kept; you can change it here."))
    return HttpResponseRedirect(reverse("webinars:presenter", args=[row.key]))


def _own(presenters: list[Presenter], member: Any) -> Presenter | None:
    """Their own yes, for whoever presents as a member."""
    own = (one for one in presenters if member is not None and one.member_id == member.pk)
    return next(own, None)


def _narrowing(request: HttpRequest) -> dict[str, str]:
    narrowing = {}
    for facet in queries.FACETS:
        word = request.GET.get(facet, "")
        if _is_known(facet, word):
            narrowing[facet] = word
    return narrowing


def _is_known(facet: str, word: str) -> bool:
    if not word or len(word) > 70:
        return False
    if facet == "language":
        return word.isascii() and word.isalpha() and len(word) <= _PUBLIC_CODES
    if facet == "series":
        return word.replace("-", "").replace("_", "").isalnum()
    return vocabulary.term(f"{'region' if facet == 'hub' else facet}:{word}") is not None


def _number(request: HttpRequest) -> int:
    given = request.GET.get("page", "1")
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 6 else 1


def _clock_of(member: Any, seat: Seat | None) -> dict[str, str]:
    """By whose clock they read: what their place says, or their country."""
    country = (seat.country if seat else "") or (member.country if member else "")
    chosen = seat.zone if seat is not None and zones.is_known(seat.zone) else ""
    return {"own": chosen, "country": country}


def _moved(webinar: Webinar, moves: list[Any]) -> dict[str, Any] | None:
    """The last move, old and new, as long as it matters."""
    if not moves or not webinar.is_coming:
        return None
    last = moves[-1]
    if last.old_starts_at == webinar.starts_at:
        return None
    return {
        "old": saying.in_a_line(last.old_starts_at, last.old_zone),
        "new": saying.in_a_line(webinar.starts_at, webinar.zone),
    }


def _rungs(webinar: Webinar, context: dict[str, Any]) -> list[dict[str, str]]:
    """The ways to take part; each leads in while its door is open."""
    if not webinar.is_coming:
        return []
    live = reverse("webinars:live", args=[webinar.pk]) if webinar.is_live else ""
    doors = {Way.TEXT: live}
    if context.get("may_hear"):
        doors[Way.SOUND] = reverse("webinars:sound", args=[webinar.pk])
    if context.get("may_join_now"):
        doors[Way.VIDEO] = reverse("webinars:join", args=[webinar.pk])
    return [
        {"label": label, "words": words, "cost": cost, "url": doors.get(way, "")}
        for way, label, words, cost in saying.costs(webinar)
    ]
