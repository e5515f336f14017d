"""A second reader looks; a reader says that something is wrong; a translation is taken back.
Called by urls.py alone."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from exchange.contributions.errors import Noticed, Refused
from exchange.members.doors import host_required, member_required_keeping_text
from exchange.translating import actions, pieces, queries, rules
from exchange.translating.errors import ChangedMeanwhile, NotAllowed
from exchange.translating.forms import NoteForm, RemarkForm
from exchange.translating.models import Translation
from exchange.translating.views.finding import translation_of

State = Translation.State


@never_cache
@host_required
def waiting(request: HttpRequest) -> HttpResponse:
    """For hosts: what waits for eyes, the oldest first."""
    rows = Translation.objects.visible_to(request.user).filter(state=State.WAITING)
    found = rows.select_related("contribution", "reply", "translator").order_by("changed_at")[:50]
    return render(request, "translating/waiting.html", {"rows": list(found)})


@never_cache
@member_required_keeping_text
def look(request: HttpRequest, pk: int) -> HttpResponse:
    """Original and translation side by side; let out, or ask for a change."""
    row = translation_of(request, pk)
    if row.state != State.WAITING or not rules.may_look(request.user, row):
        raise Http404
    if request.method != "POST":
        return _look_page(request, row, NoteForm())
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _look_page(request, row, form, status=422)
    sent = request.POST.get("version", "")
    version = int(sent) if sent.isdecimal() and len(sent) < 10 else 0
    try:
        return _decided(request, row, form, version)
    except ChangedMeanwhile:
        form.add_error(None, _("It was changed meanwhile. Please read it once more."))
        return _look_page(request, translation_of(request, pk), form, status=409)
    except NotAllowed:
        raise Http404 from None


def _decided(request: HttpRequest, row: Translation, form: NoteForm, version: int) -> HttpResponse:
    note = form.cleaned_data["note"]
    if request.POST.get("act") == "out":
        actions.approve(row=row, by=request.user, version=version)
        messages.success(request, _("It is out. Thank you for reading."))
        return HttpResponseRedirect(row.get_absolute_url())
    if not note:
        form.add_error("note", _("Please write a few words before you send."))
        return _look_page(request, row, form, status=422)
    try:
        actions.send_back(row=row, by=request.user, version=version, note=note)
    except (Noticed, Refused):
        form.add_error("note", _("Please say it without names, numbers and addresses."))
        return _look_page(request, row, form, status=422)
    messages.success(request, _("The translator gets your words."))
    return HttpResponseRedirect(reverse("translating:wanted"))


def _look_page(
    request: HttpRequest, row: Translation, form: NoteForm, status: int = 200
) -> HttpResponse:
    original = pieces.of(row.contribution, row.reply)
    typed = pieces.fitted(original, row.pieces)
    pairs = [(piece, typed[piece.name][piece.number]) for piece in original]
    context = {"row": row, "pairs": pairs, "form": form, "earlier": queries.history(row)}
    return render(request, "translating/look.html", context, status=status)


@never_cache
@member_required_keeping_text
def wrong(request: HttpRequest, pk: int) -> HttpResponse:
    """Something is wrong in a translation."""
    row = translation_of(request, pk)
    if row.state != State.PUBLISHED or not rules.may_translate(request.user, row.contribution):
        raise Http404
    form = RemarkForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(request, "translating/wrong.html", {"row": row, "form": form}, status=status)
    try:
        actions.remark(row=row, by=request.user, words=form.cleaned_data["words"])
    except (Noticed, Refused):
        form.add_error("words", _("Please say it without names, numbers and addresses."))
        return render(request, "translating/wrong.html", {"row": row, "form": form}, status=422)
    messages.success(request, _("Thank you. The translator gets your words."))
    return HttpResponseRedirect(row.get_absolute_url())


@never_cache
@member_required_keeping_text
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Asked once more, then gone from every door."""
    row = translation_of(request, pk)
    if not rules.may_take_back(request.user, row):
        raise Http404
    if request.method != "POST":
        return render(request, "translating/withdraw.html", {"row": row})
    actions.take_back(row=row, by=request.user)
    messages.success(request, _("It is withdrawn everywhere."))
    return HttpResponseRedirect(row.get_absolute_url())
