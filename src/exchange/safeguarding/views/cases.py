"""The cases, for lead and deputies with a second factor; to everybody else they do not exist.
Called by `urls.py`. Every look is written down by the action that lets it happen."""

from functools import wraps

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from exchange.members.doors import second_factor_required
from exchange.safeguarding import case_file, frozen, queries
from exchange.safeguarding.actions import handling
from exchange.safeguarding.forms import (
    ClosureForm,
    DecisionForm,
    EntryForm,
    HandoverForm,
    MessageForm,
)
from exchange.safeguarding.models import Look

_handler_required = second_factor_required(
    may=queries.is_handler, room="/desk/concerns/", keeping_text=False
)

_PICTURE_HEADERS = {
    "Cache-Control": "private, no-store",
    "Content-Disposition": 'inline; filename="evidence.webp"',
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


@_handler_required
@never_cache
@require_safe
def cases(request):
    """By the clock."""
    context = {
        "open": queries.open_cases(request.user),
        "closed": queries.closed_cases(request.user),
    }
    return render(request, "safeguarding/cases.html", context)


@_handler_required
@never_cache
@require_safe
def case(request, pk):
    """One case; the words in it stay folded."""
    found = _found(request, pk)
    handling.look(case=found, by=request.user)
    return _page(request, found)


@_handler_required
@never_cache
@require_POST
def words(request, pk):
    """The same with the words unfolded, and that written down."""
    found = _found(request, pk)
    handling.look(case=found, by=request.user, what=Look.At.WORDS)
    return _page(request, found, unfolded=True)


@_handler_required
@require_safe
def picture(request, pk, key):
    """One picture kept as evidence, and that it was opened written down."""
    found = _found(request, pk)
    data = frozen.read(key) if queries.has_frozen(found, key) else None
    if data is None:
        raise Http404
    handling.look(case=found, by=request.user, what=Look.At.PICTURE)
    return HttpResponse(data, content_type="image/webp", headers=_PICTURE_HEADERS)


def _deed(form_class, anchor):
    """A POST on the page of a case: read its form, do it, and come back to the same place."""

    def decorated(view):
        @_handler_required
        @never_cache
        @require_POST
        @wraps(view)
        def deed(request, pk):
            found = _found(request, pk)
            form = form_class(request, found) if form_class else None
            if form is not None and not form.is_valid():
                return _page(request, found, status=422, **{anchor: form})
            try:
                told = view(request, found, form.cleaned_data if form else {})
            except handling.AlreadyClosed:
                told = _("This case is closed; nothing is added to it any more.")
            except handling.NobodyToTell:
                told = _("There is nobody this can go to.")
            messages.info(request, told)
            return HttpResponseRedirect(_next(request, pk, anchor))

        return deed

    return decorated


def _next(request, pk, anchor):
    """Back to the case; to the list when this handler may not open it any more."""
    if queries.cases_of(request.user).filter(pk=pk).exists():
        return f"{reverse('safeguarding:case', args=[pk])}#{anchor}"
    return reverse("safeguarding:cases")


@_deed(lambda request, found: EntryForm(request.POST), "entry")
def entry(request, found, given):
    handling.write_down(case=found, by=request.user, what=given["what"], text=given["text"])
    return _("Written down.")


@_deed(lambda request, found: MessageForm(request.POST), "message")
def message(request, found, given):
    handling.write_to_poster(case=found, by=request.user, text=given["message"])
    return _("Your message is on its way.")


@_deed(lambda request, found: DecisionForm(request.POST), "decision")
def decision(request, found, given):
    verbs = {"stand": handling.let_stand, "hide": handling.seal, "withdraw": handling.withdraw}
    verbs[given["decision"]](case=found, by=request.user, text=given["why"])
    return _("Decided, and written down.")


@_deed(
    lambda request, found: HandoverForm(request.POST, others=_others(request, found)), "handover"
)
def handover(request, found, given):
    to = next(one for one in _others(request, found) if one.pk == given["to"])
    handling.hand_over(case=found, by=request.user, to=to, text=given["where"])
    return _("Handed over. Take a break if it was heavy; talk to somebody you trust.")


@_deed(None, "handover")
def recusal(request, found, given):
    handling.step_aside(case=found, by=request.user)
    return _("You stepped aside. The others go on without you.")


@_deed(lambda request, found: ClosureForm(request.POST), "closure")
def closure(request, found, given):
    handling.close(case=found, by=request.user, outcome=given["outcome"], text=given["summary"])
    return _("Closed. Thank you. Take a break if it was heavy; talk to somebody you trust.")


def _found(request, pk):
    return get_object_or_404(queries.cases_of(request.user).select_related("person"), pk=pk)


def _others(request, found):
    return [one for one in queries.handlers_of(found) if one.pk != request.user.pk]


def _page(request, found, *, unfolded=False, status=200, **refused):
    others = _others(request, found)
    forms = {
        "entry": EntryForm(),
        "message": MessageForm(),
        "decision": DecisionForm(),
        "handover": HandoverForm(others=others),
        "closure": ClosureForm(),
    }
    context = {
        "case": found,
        "shown": case_file.of(found, unfolded=unfolded),
        "unfolded": unfolded,
        "others": others,
        **{name: refused.get(name, form) for name, form in forms.items()},
        "form": next(iter(refused.values()), None),
    }
    return render(request, "safeguarding/case.html", context, status=status)
