"""Another host's look: the page where an author asks, and the pages where hosts decide.
Reached through urls.py."""

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from exchange.contributions.errors import AlreadyDecided, NotAllowed
from exchange.contributions.models import Contribution
from exchange.conversation.models import Reply
from exchange.desk import appeals as asking
from exchange.desk.forms import AskingForm, SettlingForm
from exchange.desk.queries import asked_again, authors, items
from exchange.desk.queries import morning as queue
from exchange.members.doors import host_required, member_required_keeping_text


@never_cache
@require_http_methods(["GET", "POST"])
@member_required_keeping_text
def ask_contribution(request, pk):
    return _ask(request, get_object_or_404(Contribution.objects.visible_to(request.user), pk=pk))


@never_cache
@require_http_methods(["GET", "POST"])
@member_required_keeping_text
def ask_reply(request, pk):
    rows = Reply.objects.visible_to(request.user).select_related("contribution")
    return _ask(request, get_object_or_404(rows, pk=pk))


@host_required
@never_cache
@require_GET
def appeals(request):
    context = {
        "open": asked_again.all_open(request.user),
        "settled": asked_again.settled(request.user),
    }
    return render(request, "desk/appeals.html", context)


@host_required
@never_cache
@require_http_methods(["GET", "POST"])
def appeal(request, pk):
    asked = asked_again.one_of(request.user, pk)
    if asked is None:
        raise Http404
    form = SettlingForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, asked, form, status=422 if request.method == "POST" else 200)
    given = form.cleaned_data
    try:
        asking.settle(
            appeal=asked.appeal,
            let_out=given["what"] == "let_out",
            by=request.user,
            note=given["note"],
        )
    except AlreadyDecided:
        messages.info(request, _("Somebody has already decided about that one."))
    except NotAllowed:
        return _page(request, asked, form, status=403)
    else:
        messages.success(request, _("Decided. The author is told by e-mail."))
    return redirect("desk:appeals")


def _ask(request, row):
    if row.author_id != request.user.pk or not asking.may_ask(request.user, row):
        raise Http404
    form = AskingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            asking.ask(about=row, by=request.user, words=form.cleaned_data["words"])
        except NotAllowed as refusal:
            raise Http404 from refusal
        messages.success(
            request, _("Thank you. Another host looks at it, and you will get an e-mail.")
        )
        return HttpResponseRedirect(reverse("members:me"))
    context = {"row": row, "form": form, "decision": asking.decision_about(row)}
    return render(request, "desk/ask.html", context, status=422 if form.errors else 200)


def _page(request, asked, form, status):
    """The whole thing with its author's history, as in the queue."""
    subject = asked.appeal.subject
    history = authors.before([subject.author], host=request.user)
    is_reply = isinstance(subject, Reply)
    rows = (queue.replies_to_read if is_reply else queue.contributions_to_read)(request.user)
    row = get_object_or_404(rows, pk=subject.pk)
    of = items.of_reply if is_reply else items.of_contribution
    context = {
        "asked": asked,
        "item": of(row, request.user, history),
        "decision": subject.decisions.first(),
        "form": form,
    }
    return render(request, "desk/appeal.html", context, status=status)
