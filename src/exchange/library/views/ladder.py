"""The short versions of a record: all of them side by side, and writing one.
Called by urls alone."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from exchange.contributions import drafts
from exchange.contributions.errors import NotAllowed, Noticed, Refused
from exchange.contributions.noticing import Passage, passages_of_body
from exchange.core import languages
from exchange.library.ladder import actions, queries
from exchange.library.ladder.forms import RungForm
from exchange.library.models import Resource, Rung
from exchange.library.views.asked import reader_of, resource_for
from exchange.library.views.offering import begun, form_page, once_of, refusal_of, thank
from exchange.members.doors import member_required_keeping_text


@require_safe
def short_versions(request: HttpRequest, pk: int) -> HttpResponse:
    """Every length in every language there is, the reader's first."""
    resource = resource_for(request, pk)
    reader = reader_of(request)
    context = {
        "resource": resource,
        "ladder": queries.rises(resource, _asked_language(request)),
        "waiting": queries.own_waiting(resource, reader),
        "reader": reader,
    }
    response = render(request, "library/ladder/short.html", context)
    if not resource.is_public:
        response["Cache-Control"] = "private, no-store"
    return response


@never_cache
@member_required_keeping_text
def write(request: HttpRequest, pk: int, length: str) -> HttpResponse:
    """Put a record in short, or improve what stands."""
    resource = resource_for(request, pk)
    if length not in Rung.Length.values or not resource.is_public:
        raise Http404
    if request.method == "POST":
        return _send(request, resource, length)
    initial = begun(request, _key(resource, length)) or _start(request, resource, length)
    return _page(request, resource, RungForm(initial=initial, length=length))


def _asked_language(request: HttpRequest) -> str:
    asked = request.GET.get("in", "")
    return asked if asked in languages.SPOKEN else ""


def _start(request: HttpRequest, resource: Resource, length: str) -> dict[str, str]:
    """What stands in the language asked for, to be improved; else an empty page."""
    language = request.GET.get("language", "")
    if language not in languages.SPOKEN:
        return {"language": languages.current()}
    stands = queries.standing_rung(resource, length, language)
    return {"language": language, "body": stands.text if stands else ""}


def _send(request: HttpRequest, resource: Resource, length: str) -> HttpResponse:
    form = RungForm(request.POST, length=length)
    if not form.is_valid():
        return _page(request, resource, form, status=422)
    try:
        rung = actions.write_rung(
            resource=resource,
            length=length,
            text=form.cleaned_data["body"],
            language=form.cleaned_data["language"],
            by=request.user,
            once_key=once_of(request, {}),
            insist=bool(request.POST.get("insist")),
        )
    except Noticed as seen:
        noticed = passages_of_body(seen, form)
        return _page(request, resource, form, status=422, noticed=noticed)
    except (NotAllowed, Refused) as refusal:
        form.add_error(None, refusal_of(refusal))
        return _page(request, resource, form, status=422)
    drafts.drop(key=_key(resource, length), member=request.user)
    thank(request, rung)
    return HttpResponseRedirect(reverse("library:short-versions", args=[resource.pk]))


def _key(resource: Resource, length: str) -> str:
    return f"rung-{resource.pk}-{length}"


def _page(
    request: HttpRequest,
    resource: Resource,
    form: RungForm,
    status: int = 200,
    noticed: list[Passage] | None = None,
) -> HttpResponse:
    return form_page(
        request,
        "library/ladder/write.html",
        resource,
        form,
        key=_key(resource, form.length),
        status=status,
        noticed=noticed,
        length=form.length,
        title=Rung.Length(form.length).label,
        needs_host=not request.user.is_host,
    )
