"""Ways other than mail: this browser, a number. Own pages of a member, and the stop of a number.
Called by urls.py alone."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from exchange.alerts.channels import actions, gateways, push
from exchange.alerts.channels.forms import CodeForm, DeviceForm, NumberForm
from exchange.alerts.models import Device, Number
from exchange.members.doors import member_required


@never_cache
@member_required
def channels(request):
    """What there is, and what this member uses."""
    return _page(request)


@require_POST
@member_required
def device(request):
    """Add this browser, or take one away."""
    if request.POST.get("away", "").isdecimal():
        actions.remove_device(member=request.user, pk=int(request.POST["away"][:18]))
        messages.success(request, _("That browser is told nothing more."))
        return redirect("alerts:channels")
    form = DeviceForm(request.POST)
    try:
        if not form.is_valid():
            raise actions.NotPossible
        actions.add_device(member=request.user, **form.cleaned_data)
        messages.success(request, _("This browser is told when there is something new."))
    except actions.NotPossible:
        messages.error(request, _("This browser could not be added. Try it with another."))
    return redirect("alerts:channels")


@require_POST
@member_required
def number(request):
    """Add a number, or take one away."""
    if request.POST.get("away"):
        actions.remove_number(member=request.user, gateway=request.POST["away"])
        messages.success(request, _("Nothing more is sent to that number."))
        return redirect("alerts:channels")
    form = NumberForm(request.POST)
    if not form.is_valid():
        return _page(request, form=form, status=422)
    try:
        actions.add_number(member=request.user, **form.cleaned_data)
        messages.success(request, _("We sent you a code. Please type it below."))
    except actions.NotPossible:
        messages.error(request, _("No more codes today. Please try again tomorrow."))
    return redirect("alerts:channels")


@require_POST
@member_required
def code(request, gateway):
    """The code that was sent to a number."""
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _page(request, code=form, status=422)
    try:
        actions.confirm_number(member=request.user, gateway=gateway, code=form.cleaned_data["code"])
    except actions.WrongCode:
        said = _("That is not the code. After three tries, send the number again.")
        if Number.objects.filter(member=request.user, gateway=gateway, confirmed_at=None).exists():
            form.add_error("code", said)
            return _page(request, code=form, status=422)
        # Another tab was faster: no number waits, and there is no field to stand at.
        messages.error(request, said)
        return redirect("alerts:channels")
    messages.success(request, _("Your number is confirmed."))
    return redirect("alerts:channels")


@csrf_exempt
@never_cache
def number_stop(request, token):
    """For whoever holds the phone: no sign-in, no cookie. Looking changes nothing."""
    if request.method == "POST":
        actions.stop_number(token=token)
        return render(request, "alerts/number_stop.html", {"done": True})
    get_object_or_404(Number, token=token)
    return render(request, "alerts/number_stop.html")


def _page(request, *, form=None, code=None, status=200):
    """`code` is the form of a number that waits for its code."""
    waiting = Number.objects.filter(member=request.user, confirmed_at=None).first()
    ways = gateways.every()
    numbers = Number.objects.filter(member=request.user).exclude(confirmed_at=None)
    context = {
        "devices": Device.objects.filter(member=request.user).order_by("-at"),
        "push_key": push.public_key(),
        "gateways": ways,
        "numbers": [(ways[one.gateway].label, one) for one in numbers if one.gateway in ways],
        "waiting": waiting if waiting and waiting.gateway in ways else None,
        "form": form or NumberForm(),
        "code": code or CodeForm(),
    }
    return render(request, "alerts/channels.html", context, status=status)
