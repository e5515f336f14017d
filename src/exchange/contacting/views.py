"""The hosts' pages of letters: the queue, one matter with its answer, the short answers they keep.
Reached through urls.py by hosts who have shown a second factor."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from exchange.contacting import queries
from exchange.contacting.actions import emptying, handling
from exchange.contacting.forms import AnswerForm, ReadyForm
from exchange.contacting.models import Ready
from exchange.contributions.content import Content
from exchange.contributions.errors import AlreadyDecided, NotAllowed, Noticed, Refused
from exchange.contributions.noticing import passages_at
from exchange.core import ids, waiting
from exchange.core.languages import named
from exchange.core.time import now
from exchange.members.doors import host_required


@host_required
@never_cache
@require_GET
def queue(request):
    return render(request, "contacting/queue.html", {"letters": queries.overview()})


@host_required
@never_cache
@require_http_methods(["GET", "POST"])
def one(request, pk):
    """A matter with all that was said; the answer is written here."""
    contact = _found(pk)
    if request.method == "GET":
        return _page(request, contact, _blank(contact))
    if "ready" in request.POST:
        return _page(request, contact, _begun(request.POST, contact))
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, contact, form, status=422)
    given = form.cleaned_data
    try:
        handling.answer(
            contact=contact,
            text=given["text"],
            by=request.user,
            seen=given["seen"],
            once_key=given["once"],
        )
    except Noticed as seen:
        return _page(request, contact, form, noticed=_passages(seen, given["text"]), status=422)
    except (AlreadyDecided, NotAllowed, Refused) as refusal:
        form.add_error(None, _why(refusal))
        # Having read what is new, the host may send it after all.
        return _page(request, contact, form, status=409, seen=queries.last_read(contact))
    waiting.forget()
    messages.success(request, _("Your answer is on its way."))
    return redirect("contacting-desk:queue")


@host_required
@require_POST
def act(request, pk):
    """Looking at it or not any more, closing, opening again: one button each."""
    contact = _found(pk)
    what = request.POST.get("what")
    if what == "look":
        row = handling.claim(contact=contact, by=request.user)
        if row.claimed_by_id != request.user.pk:
            told = _("%(name)s is looking at it already. You may answer all the same.")
            messages.info(request, told % {"name": row.claimed_by.shown_name})
    elif what == "leave":
        handling.release(contact=contact, by=request.user)
    elif what == "close":
        handling.close(contact=contact, by=request.user)
        messages.success(request, _("Closed."))
    elif what == "open":
        handling.reopen(contact=contact, by=request.user)
    else:
        raise Http404
    waiting.forget()
    if what == "close":
        return redirect("contacting-desk:queue")
    return redirect("contacting-desk:one", pk)


@host_required
@never_cache
@require_http_methods(["GET", "POST"])
def empty(request, pk):
    """Take all words away, asked once more before."""
    contact = _found(pk)
    if request.method == "GET":
        return render(request, "contacting/empty.html", {"contact": contact})
    emptying.empty(contact=contact, by=request.user)
    waiting.forget()
    messages.success(request, _("Gone: what was said, and whose it was."))
    return redirect("contacting-desk:queue")


@host_required
@never_cache
@require_http_methods(["GET", "POST"])
def ready(request):
    """The short answers hosts keep."""
    form = ReadyForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        return _ready_page(request, form, status=200 if request.method == "GET" else 422)
    given = form.cleaned_data
    try:
        handling.keep_ready(
            title=given["title"],
            language=given["language"],
            text=given["ready_text"],
            by=request.user,
        )
    except Noticed as seen:
        told = f"{given['title']}\n\n{given['ready_text']}"
        return _ready_page(request, form, noticed=_passages(seen, told), status=422)
    except Refused as refusal:
        form.add_error(None, _why(refusal))
        return _ready_page(request, form, status=422)
    messages.success(request, _("Kept for all hosts."))
    return redirect("contacting-desk:ready")


@host_required
@require_POST
def ready_away(request, pk):
    handling.drop_ready(ready=get_object_or_404(Ready, pk=pk))
    messages.success(request, _("Gone."))
    return redirect("contacting-desk:ready")


def _page(request, contact, form, *, noticed=(), status=200, seen=None):
    if seen is not None:
        form.data = {**form.data.dict(), "seen": seen}
    claimed = contact.claimed_by if contact.claim_stands(now()) else None
    context = {
        "contact": contact,
        "history": queries.history(contact),
        "form": form,
        "noticed": noticed,
        "ready": queries.ready(contact.language),
        "spoken": named(contact.language),
        "claimed": claimed,
        "is_mine": claimed is not None and claimed.pk == request.user.pk,
    }
    return render(request, "contacting/one.html", context, status=status)


def _ready_page(request, form, *, noticed=(), status=200):
    rows = [(row, named(row.language)) for row in Ready.objects.all()]
    context = {"rows": rows, "form": form, "noticed": noticed}
    return render(request, "contacting/ready.html", context, status=status)


def _blank(contact, text=""):
    given = {"seen": queries.last_read(contact), "once": ids.new_id(), "text": text}
    return AnswerForm(initial=given)


def _begun(given, contact):
    """What was typed stays; the short answer is put below it."""
    number = given["ready"]
    is_number = number.isdecimal() and len(number) < 18
    row = Ready.objects.filter(pk=int(number)).first() if is_number else None
    pieces = [given.get("text", "").strip(), row.text if row else ""]
    return _blank(contact, "\n\n".join(filter(None, pieces)))


def _found(pk):
    contact = queries.one(pk)
    if contact is None:
        raise Http404
    return contact


def _passages(seen, text):
    return passages_at(seen, Content(title="", body=text), lambda _name: ("", ""))


def _why(refusal):
    if isinstance(refusal, AlreadyDecided):
        if refusal.by_name:
            told = _("%(name)s has answered meanwhile. Please read it, then send yours if needed.")
            return told % {"name": refusal.by_name}
        return _("They have written more meanwhile. Please read it before you send.")
    if isinstance(refusal, NotAllowed):
        return _("There is no address to answer to.")
    return _("Your words could not be checked just now. Please send them again in a while.")
