"""The morning queue and deciding about what stands in it.
Reached through urls.py by hosts who have shown a second factor; to others they do not exist."""

from dataclasses import replace
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from exchange.contributions.errors import AlreadyDecided, NotAllowed, NotReady
from exchange.contributions.models import Contribution, Decision, Revision
from exchange.contributions.pictures import queries as pictures
from exchange.core import waiting
from exchange.core.languages import named
from exchange.desk import actions, claims, words
from exchange.desk.appeals import Barred
from exchange.desk.forms import DecisionForm, DeliveryForm
from exchange.desk.models import Claim
from exchange.desk.queries import authors, items
from exchange.desk.queries import morning as queue
from exchange.ledger.actions import NotDead, drop_dead, retry_dead
from exchange.ledger.models import Delivery
from exchange.members.doors import host_required

What = Decision.What


@host_required
@never_cache
@require_GET
def morning(request):
    found = queue.morning(request.user)
    said = list(messages.get_messages(request))
    # What was just done is said where the host goes on, not at the top of a long page.
    at_the_top = [one for one in said if one.extra_tags not in found.places]
    unseen = pictures.waiting(request.user)
    elsewhere = waiting.standing()
    context = {
        "morning": found,
        "elsewhere": elsewhere,
        "said": said,
        "messages": at_the_top,
        "evidence": pictures.evidence(unseen),
        # Inside a hub or a group its own hosts look at them.
        "pictures": [
            one
            for one in unseen
            if pictures.waits_alone(one, found.places) and not one.picture.contribution.is_inside
        ],
    }
    return render(request, "desk/morning.html", context)


@host_required
@never_cache
@require_http_methods(["GET", "POST"])
def contribution_decision(request, pk):
    row = get_object_or_404(queue.contributions_to_read(request.user), pk=pk)
    history = authors.before([row.author], host=request.user)
    return decision(
        request,
        items.of_contribution(row, request.user, history),
        decide=partial(actions.decide_contribution, contribution=row, by=request.user),
        about=row,
        is_open=row.state in queue.UNDECIDED,
    )


@host_required
@never_cache
@require_http_methods(["GET", "POST"])
def reply_decision(request, pk):
    row = get_object_or_404(queue.replies_to_read(request.user), pk=pk)
    history = authors.before([row.author], host=request.user)
    return decision(
        request,
        items.of_reply(row, request.user, history),
        decide=partial(actions.decide_reply, reply=row, by=request.user),
        about=row,
        is_open=row.state in queue.UNDECIDED,
    )


@host_required
@never_cache
@require_http_methods(["GET", "POST"])
def revision_decision(request, pk):
    row = queue.changes_waiting().filter(pk=pk).first()
    if row is None:
        return _revision_gone(request, pk)
    history = authors.before([row.by], host=request.user)
    return decision(
        request,
        items.of_revision(row, request.user, history),
        decide=partial(decide_revision, row, request.user),
        about=row.contribution,
        is_open=True,
    )


@host_required
@require_POST
def delivery_decision(request, pk):
    delivery = get_object_or_404(Delivery, pk=pk)
    form = DeliveryForm(request.POST)
    if not form.is_valid():
        raise Http404
    verb = retry_dead if form.cleaned_data["what"] == "retry" else drop_dead
    try:
        verb(delivery, by=request.user)
        told = _("It will be tried again.") if verb is retry_dead else _("Let go.")
        messages.success(request, told, extra_tags="dead")
    except NotDead:
        words_for_it = _("Somebody has already decided about that one.")
        messages.info(request, words_for_it, extra_tags="dead")
    return HttpResponseRedirect(f"{reverse('desk:morning')}#dead")


@host_required
@require_POST
def looking(request, what, pk):
    """Say that one looks at it, or with `off` that one does not any more."""
    if what not in Claim.What.values:
        raise Http404
    if request.POST.get("off"):
        claims.drop(what=what, about=pk, by=request.user)
    else:
        claim = claims.take(what=what, about=pk, by=request.user)
        if claim.by_id != request.user.pk:
            told = _("%(name)s is looking at it already. You may decide all the same.")
            told %= {"name": claim.by.shown_name}
            messages.info(request, told, extra_tags=f"{what}-{pk}")
    return HttpResponseRedirect(f"{reverse('desk:morning')}#{what}-{pk}")


def decision(request, item, *, decide, about, is_open, back=""):
    """Show one thing with the form of a note, or take the decision; then on to `back`, the morning
    queue unless it is said."""
    back = back or reverse("desk:morning")
    item = replace(item, back=back)
    if request.method == "GET":
        if not is_open:
            return _too_late(request, item, about, "")
        what = request.GET.get("what")
        what = what if what in (What.HOLD, What.REWRITE) else What.HOLD
        following = request.GET.get("following", "")
        return _note_page(request, item, {"what": what, "following": following}, None)
    if "ready" in request.POST:
        return _note_page(request, item, _with_ready_note(request.POST, item), None)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _note_page(request, item, request.POST, form, status=422)
    given = form.cleaned_data
    try:
        decide(
            what=given["what"],
            version=given["version"],
            note=given["note"],
            reason=given["reason"],
            seen=given["seen"] or 0,
        )
    except AlreadyDecided:
        return _too_late(request, item, about, given["note"], seen=given["seen"] or 0)
    except NotReady as refusal:
        messages.error(request, refusal.why)
        return HttpResponseRedirect(back)
    except NotAllowed as refusal:
        context = {"item": item, "barred": isinstance(refusal, Barred)}
        return render(request, "desk/own_words.html", context, status=403)
    told = words.confirmation(given["what"], item.author)
    messages.success(request, told, extra_tags=given["following"])
    return HttpResponseRedirect(f"{back}#{given['following']}".rstrip("#"))


def decide_revision(revision, by, *, what, note, reason, **_versions):
    """A change has no version of its own: a newer change is another row."""
    actions.decide_revision(revision=revision, what=what, by=by, note=note, reason=reason)


def _note_page(request, item, given, form, status=200):
    note = given.get("note", "")
    return render(
        request,
        "desk/note.html",
        {
            "item": item,
            "what": given.get("what", What.HOLD),
            "following": given.get("following", ""),
            "form": form or DecisionForm(initial={"note": note, "reason": given.get("reason")}),
            "ready": words.NOTES,
            "author_language": named(item.author_language),
        },
        status=status,
    )


def _with_ready_note(given, item):
    """What was typed stays; the ready note, in the author's language, is put below it."""
    ready = words.note(given["ready"])
    pieces = [
        given.get("note", "").strip(),
        ready.in_language(item.author_language) if ready else "",
    ]
    reason = given.get("reason") or (ready.reason if ready else "")
    return {**given.dict(), "note": "\n\n".join(filter(None, pieces)), "reason": reason}


def _too_late(request, item, about, note, seen=None):
    """Another host was faster, or the words have changed: say who and when, keep the note."""
    about.refresh_from_db(fields=["state", "version"])
    last = about.decisions.first()
    is_open = about.state in queue.UNDECIDED
    # No newer decision than the one this host knew: then it was the author who was faster.
    rewritten = is_open and seen is not None and seen == (last.pk if last else 0)
    context = {"item": item, "last": last, "note": note, "rewritten": rewritten}
    return render(request, "desk/too_late.html", context, status=409)


def _revision_gone(request, pk):
    """The change was let out, sent back or replaced meanwhile."""
    kept = Revision.objects.filter(pk=pk).first()
    given = str(kept.contribution_id) if kept else request.POST.get("about", "")
    rows = Contribution.objects.visible_to(request.user)
    stands = get_object_or_404(rows, pk=int(given) if given.isdecimal() and len(given) < 18 else 0)
    item = {
        "title": stands.title,
        "title_url": stands.get_absolute_url(),
        "back": reverse("desk:morning"),
    }
    return _too_late(request, item, stands, request.POST.get("note", ""))
