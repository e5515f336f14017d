"""A member's own side: where they work, proposing an organisation, looking after a page.
Called by urls.py alone."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from exchange.core import waiting
from exchange.members.doors import member_required, member_required_keeping_text, unsent
from exchange.organisations import actions, queries, rules
from exchange.organisations.errors import (
    ChangedMeanwhile,
    NotAllowed,
    Noticed,
    Refused,
    ThereAlready,
    TooMany,
)
from exchange.organisations.forms import ChangeForm, ClaimForm, ProposalForm
from exchange.organisations.models import Organisation
from exchange.organisations.views.noticed import passages


@never_cache
@member_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Where one works; a typed name finds those it may mean, without any script."""
    typed = request.GET.get("q", "")[:160]
    belongings = queries.of_member(request.user, request.user)
    here = {one.organisation_id for one in belongings}
    meant = [one for one in queries.meant_by(request.user, typed) if one.pk not in here]
    context = {"belongings": belongings, "typed": typed, "meant": meant}
    return render(request, "organisations/mine.html", context)


@never_cache
@require_safe
def similar(request: HttpRequest) -> HttpResponse:
    """Those a name may mean, as a piece of a page, while somebody types it."""
    found = queries.meant_by(request.user, request.GET.get("text", "")[:160])
    return render(request, "organisations/_similar.html", {"found": found[:4]})


@never_cache
@member_required_keeping_text
def new(request: HttpRequest) -> HttpResponse:
    """An organisation that is not in the list yet."""
    if request.method != "POST":
        begun = {"title": request.GET.get("name", "")[:160], "works_there": True}
        return _new_page(request, ProposalForm(initial=unsent(request) or begun))
    form = ProposalForm(request.POST)
    if not form.is_valid():
        return _new_page(request, form, status=422)
    given = dict(form.cleaned_data)
    try:
        row = actions.propose(
            name=given.pop("title"),
            by=request.user,
            insist=bool(request.POST.get("insist")),
            **given,
        )
    except Noticed as seen:
        return _new_page(request, form, noticed=passages(seen), status=422)
    except ThereAlready as there:
        return _new_page(request, form, there=_if_seen(request, there), status=422)
    except (NotAllowed, Refused, TooMany) as refusal:
        form.add_error(None, _said(refusal))
        return _new_page(request, form, status=422)
    waiting.forget()
    if row.is_checked:
        messages.success(request, _("It has a page now."))
    else:
        messages.success(request, _("Thank you. A host looks at it; until then you alone see it."))
    return HttpResponseRedirect(row.get_absolute_url())


@never_cache
@member_required
@require_POST
def work_there(request: HttpRequest, slug: str) -> HttpResponse:
    """ "I work there", and its taking back."""
    row = _found(request, slug)
    belonging = queries.belonging_of(request.user, row)
    if request.POST.get("what") == "no":
        if belonging is not None:
            actions.say_works_there_no_more(belonging=belonging)
        messages.success(request, _("It is taken back."))
    else:
        try:
            actions.say_works_there(organisation=row, member=request.user)
            messages.success(request, _("Saved."))
        except (NotAllowed, TooMany) as refusal:
            messages.error(request, _said(refusal))
    return HttpResponseRedirect(reverse("organisations:mine"))


@never_cache
@member_required_keeping_text
def claim(request: HttpRequest, slug: str) -> HttpResponse:
    """ "I look after this page", with why; a host decides."""
    row = _found(request, slug)
    belonging = queries.belonging_of(request.user, row)
    form = ClaimForm(request.POST or None, initial=unsent(request))
    asked = request.method == "POST" and form.is_valid()
    if asked:
        try:
            actions.ask_to_speak(
                organisation=row, member=request.user, words=form.cleaned_data["words"]
            )
        except (NotAllowed, TooMany) as refusal:
            form.add_error(None, _said(refusal))
        else:
            waiting.forget()
            messages.success(
                request, _("Thank you. A host looks at it, and you get an answer by e-mail.")
            )
            return HttpResponseRedirect(row.get_absolute_url())
    context = {
        "organisation": row,
        "form": form,
        "speaks": rules.speaks(belonging),
        "waits": rules.waits(belonging),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "organisations/claim.html", context, status=status)


@never_cache
@member_required_keeping_text
def change(request: HttpRequest, slug: str) -> HttpResponse:
    """The facts and the words of a page, for whoever looks after it and for hosts."""
    row = _found(request, slug)
    belonging = queries.belonging_of(request.user, row)
    if not rules.may_change(request.user, belonging):
        raise Http404
    by_host = request.user.is_host
    if request.method != "POST":
        begun = ChangeForm.initial_of(row) | unsent(request)
        return _change_page(request, row, ChangeForm(initial=begun, by_host=by_host))
    form = ChangeForm(request.POST, by_host=by_host)
    if not form.is_valid():
        return _change_page(request, row, form, status=422)
    try:
        stands = _change(request, row, form)
    except Noticed as seen:
        return _change_page(request, row, form, noticed=passages(seen), status=422)
    except (ChangedMeanwhile, NotAllowed, Refused, ThereAlready) as refusal:
        form.add_error(None, _said(refusal))
        return _change_page(request, row, form, status=422)
    if not stands:
        waiting.forget()
        messages.info(request, _("A host reads your words first; until then the page stays."))
    else:
        messages.success(request, _("Saved."))
    return HttpResponseRedirect(row.get_absolute_url())


def _change(request: HttpRequest, row: Organisation, form: ChangeForm) -> bool:
    given = dict(form.cleaned_data)
    return actions.change(
        organisation=row,
        version=given.pop("version"),
        language=given.pop("language"),
        fields=given,
        by=request.user,
        insist=bool(request.POST.get("insist")),
    )


@never_cache
@member_required
@require_POST
def speak_no_more(request: HttpRequest, slug: str) -> HttpResponse:
    """They look after the page no longer, and still work there."""
    belonging = queries.belonging_of(request.user, _found(request, slug))
    if not rules.speaks(belonging):
        raise Http404
    actions.speaks_no_more(belonging=belonging, by=request.user)
    messages.success(request, _("Saved."))
    return HttpResponseRedirect(reverse("organisations:mine"))


def _found(request: HttpRequest, slug: str) -> Organisation:
    return get_object_or_404(Organisation.objects.visible_to(request.user), slug=slug)


def _new_page(
    request: HttpRequest,
    form: ProposalForm,
    *,
    noticed: object = None,
    there: Organisation | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {"form": form, "noticed": noticed, "there": there}
    return render(request, "organisations/new.html", context, status=status)


def _change_page(
    request: HttpRequest,
    row: Organisation,
    form: ChangeForm,
    *,
    noticed: object = None,
    status: int = 200,
) -> HttpResponse:
    history = list(row.changes.select_related("by")[:20])
    context = {"organisation": row, "form": form, "noticed": noticed, "history": history}
    return render(request, "organisations/change.html", context, status=status)


def _if_seen(request: HttpRequest, there: ThereAlready) -> Organisation:
    """The entry that is there, as far as this member may see it: somebody else's proposal gives
    no more than the name they typed themselves."""
    found = there.organisation
    seen = Organisation.objects.visible_to(request.user).filter(pk=found.pk).first()
    return seen or Organisation(name=found.name)


def _said(refusal: Exception) -> str:
    if isinstance(refusal, TooMany):
        return _("That is more than we can take at once. Please wait until a host has looked.")
    if isinstance(refusal, Refused):
        return _("We cannot take these words. Please change them.")
    if isinstance(refusal, ChangedMeanwhile):
        return _("Somebody changed this page meanwhile. Please look at it, then change it again.")
    if isinstance(refusal, ThereAlready):
        return _("Another organisation has this name already.")
    return _("You cannot do this at the moment.")
