"""What people did with a record: in two taps that they used it, then where and what happened;
what it recommends; what was given back. Called by urls alone."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from exchange.contributions import drafts
from exchange.contributions.content import Content
from exchange.contributions.errors import ChangedMeanwhile, Closed, NotAllowed, Noticed, Refused
from exchange.contributions.models import State
from exchange.contributions.noticing import Passage, passages, passages_of_body
from exchange.core import ids
from exchange.library.models import Resource, Use
from exchange.library.practice import actions, queries
from exchange.library.practice.forms import AdviceForm, UseForm
from exchange.library.views.asked import resource_for
from exchange.library.views.offering import begun, form_page, once_of, refusal_of, thank
from exchange.members.doors import member_required_keeping_text


@never_cache
@member_required_keeping_text
def use(request: HttpRequest, pk: int) -> HttpResponse:
    """A tap says how it was used; the page it leads to takes more, for who likes to tell."""
    resource = _public(request, pk)
    if request.method != "POST":
        return _use_page(request, resource, UseForm(initial=_use_so_far(request, resource)))
    if request.POST.get("away"):
        return _take_away(request, resource)
    if "country" in request.POST:
        return _tell(request, resource)
    how = request.POST.get("how", "")
    if how not in Use.How.values or not _used(request, resource, how):
        return _use_page(request, resource, UseForm(request.POST), status=422)
    messages.success(request, _("Thank you, it counts. If you like, say where, and what happened."))
    return HttpResponseRedirect(request.path)


def _tell(request: HttpRequest, resource: Resource) -> HttpResponse:
    """The whole form. What was tapped is kept even when the words are not taken yet."""
    form = UseForm(request.POST)
    if not form.is_valid():
        return _use_page(request, resource, form, status=422)
    given = form.cleaned_data
    kept = _used(
        request, resource, given["how"], country=given["country"], setting=given["setting"]
    )
    if kept is None:
        form.add_error(None, refusal_of(NotAllowed()))
        return _use_page(request, resource, form, status=422)
    failed = said_with(request, form, kept)
    if failed is not None:
        return _use_page(request, resource, form, status=422, noticed=failed)
    drafts.drop(key=f"use-{resource.pk}", member=request.user)
    return HttpResponseRedirect(f"{resource.get_absolute_url()}#used")


def said_with(request: HttpRequest, form: Any, row: Any) -> list[Passage] | None:
    """Say the words that go with it; None when that went well, else what was noticed."""
    try:
        reply = actions.say_in_words(
            row=row,
            by=request.user,
            body=form.cleaned_data["body"],
            language=form.language_given(),
            once_key=ids.sent_back(request.POST.get("once", "")),
            insist=bool(request.POST.get("insist")),
        )
    except Noticed as seen:
        return passages_of_body(seen, form)
    except ChangedMeanwhile:
        form.add_error(None, _("This was changed in another place. Send again to replace it."))
        return []
    except (Closed, NotAllowed, Refused) as refusal:
        form.add_error("body", refusal_of(refusal))
        return []
    if reply is not None and reply.state != State.PUBLISHED:
        messages.info(
            request,
            _("Thank you. It counts now; a host reads your words before they go out."),
        )
    else:
        messages.success(request, _("Thank you. It is kept."))
    return None


def _used(request: HttpRequest, resource: Resource, how: str, **where: str) -> Use | None:
    tried = queries.standing_advice(resource, request.POST.get("advice", ""))
    try:
        return actions.say_used(
            resource=resource, by=request.user, how=how, recommendation=tried, **where
        )
    except NotAllowed:
        return None


def _take_away(request: HttpRequest, resource: Resource) -> HttpResponse:
    own = queries.own_use(resource, request.user)
    if own is not None:
        actions.take_use_away(use=own, by=request.user)
        messages.success(request, _("It is taken back, and your words with it."))
    return HttpResponseRedirect(resource.get_absolute_url())


def _use_so_far(request: HttpRequest, resource: Resource) -> dict[str, Any]:
    """What was typed before signing in, else what the member said before, else their country."""
    kept = begun(request, f"use-{resource.pk}")
    asked = request.GET.get("how", "")
    how = asked if asked in Use.How.values else ""
    tapped = {"how": how} if how else {}
    own = queries.own_use(resource, request.user)
    if own is None:
        return {"country": request.user.country, **kept, **tapped}
    said = queries.own_words_of(own, request.user)
    before = {"how": own.how, "country": own.country, "setting": own.setting, "body": said}
    return {**before, **kept, **tapped}


def _use_page(
    request: HttpRequest,
    resource: Resource,
    form: UseForm,
    status: int = 200,
    noticed: list[Passage] | None = None,
) -> HttpResponse:
    asked = request.POST.get("advice") or request.GET.get("advice", "")
    return form_page(
        request,
        "library/practice/use.html",
        resource,
        form,
        key=f"use-{resource.pk}",
        status=status,
        noticed=noticed,
        own=queries.own_use(resource, request.user),
        advice=queries.standing_advice(resource, asked),
    )


@never_cache
@member_required_keeping_text
def advice(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down one thing that a record recommends."""
    resource = _public(request, pk)
    if request.method == "POST":
        return _send_advice(request, resource)
    initial = begun(request, f"advice-{resource.pk}")
    return _advice_page(request, resource, AdviceForm(initial=initial))


def _send_advice(request: HttpRequest, resource: Resource) -> HttpResponse:
    form = AdviceForm(request.POST)
    if not form.is_valid():
        return _advice_page(request, resource, form, status=422)
    given = form.cleaned_data
    try:
        row = actions.offer_advice(
            resource=resource,
            text=given["body"],
            where=given["where"],
            language=given["language"],
            by=request.user,
            once_key=once_of(request, {}),
            insist=bool(request.POST.get("insist")),
        )
    except Noticed as seen:
        content = Content(title="", body=given["body"], parts={"where": given["where"]})
        noticed = passages(seen, content, form)
        return _advice_page(request, resource, form, status=422, noticed=noticed)
    except actions.Full:
        form.add_error(None, _("This record has as many recommendations as people will read."))
        return _advice_page(request, resource, form, status=422)
    except (NotAllowed, Refused) as refusal:
        form.add_error(None, refusal_of(refusal))
        return _advice_page(request, resource, form, status=422)
    drafts.drop(key=f"advice-{resource.pk}", member=request.user)
    thank(request, row)
    return HttpResponseRedirect(f"{resource.get_absolute_url()}#{row.anchor}")


def _advice_page(
    request: HttpRequest,
    resource: Resource,
    form: AdviceForm,
    status: int = 200,
    noticed: list[Passage] | None = None,
) -> HttpResponse:
    return form_page(
        request,
        "library/practice/advice.html",
        resource,
        form,
        key=f"advice-{resource.pk}",
        status=status,
        noticed=noticed,
        waiting=queries.waiting_advice(resource, request.user),
    )


def _public(request: HttpRequest, pk: int) -> Resource:
    """Only beside what everybody can read."""
    resource = resource_for(request, pk)
    if not resource.is_public:
        raise Http404
    return resource
