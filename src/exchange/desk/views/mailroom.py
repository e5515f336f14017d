"""The hosts' page of mail: what was kept for them, how mail fares, the addresses of the Exchange.
Reached through urls.py by hosts who have shown a second factor."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from exchange.desk.mailforms import BoxForm, MailForm
from exchange.desk.queries import mail as queries
from exchange.mail.models import IncomingMail, Mailbox
from exchange.mail.receiving import actions, boxes
from exchange.members.doors import host_required


@host_required
@never_cache
@require_GET
def mail(request):
    item, person = request.GET.get("item", "")[:60], request.GET.get("person", "")
    if item or person:
        number = int(person) if person.isdecimal() and len(person) < 18 else None
        found = queries.deliveries(item=item, person=number)
        context = {"deliveries": found, "item": item, "person": number}
        return render(request, "desk/mail/deliveries.html", context)
    return _page(request, BoxForm())


@host_required
@never_cache
@require_POST
def mail_decision(request, pk):
    row = get_object_or_404(IncomingMail, pk=pk)
    form = MailForm(request.POST)
    if row.state != IncomingMail.State.KEPT:
        # What went its way is not a host's to read.
        messages.info(request, _("Another host was faster with this one."))
        return redirect("desk:mail")
    if not form.is_valid():
        context = {"one": queries.kept(row), "form": form}
        return render(request, "desk/mail/one.html", context, status=422)
    if queries.is_secret(row) and form.cleaned_data["what"] not in ("again", "answered"):
        raise Http404
    try:
        messages.success(request, _decide(request, row, form.cleaned_data))
    except actions.AlreadySettled:
        messages.info(request, _("Another host was faster with this one."))
    return redirect("desk:mail")


@host_required
@never_cache
@require_POST
def mailbox_new(request):
    form = BoxForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    given = form.cleaned_data
    try:
        boxes.add(local=given["local"], opens=given["opens"], hub=given["hub"], by=request.user.pk)
    except boxes.BadName as why:
        form.refuse(why)
        return _page(request, form, status=422)
    messages.success(request, _("The address is open."))
    return redirect("desk:mail")


@host_required
@require_POST
def mailbox(request, pk):
    box = get_object_or_404(Mailbox, pk=pk)
    wanted = request.POST.get("open") == "1"
    try:
        boxes.set_open(box=box, is_open=wanted, by=request.user.pk)
    except boxes.BadName as refusal:
        raise Http404 from refusal
    messages.success(request, _("Opened.") if wanted else _("Closed: its mail goes to the hosts."))
    return redirect("desk:mail")


def _decide(request, row, given):
    """Do it, and say what was done."""
    what, by = given["what"], request.user.pk
    if what == "member":
        actions.vouch(incoming=row, address=given["address"], by=by)
        return _("It goes its way as this member’s. They are told what became of it.")
    if what == "again":
        actions.try_again(incoming=row, by=by)
        return _("It will be tried again.")
    actions.settle(incoming=row, how=what, by=by)
    return _("Noted: not for us.") if what == "not-for-us" else _("Noted: answered elsewhere.")


def _page(request, form, status=200):
    context = {"room": queries.room(), "form": form}
    return render(request, "desk/mail/mail.html", context, status=status)
