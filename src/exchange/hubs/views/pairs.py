"""Hosts bring two people together; the two say yes, write, pause and end.
Called by `urls/pairs.py`."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from exchange.hubs.belonging.queries import roster
from exchange.hubs.errors import NotNow
from exchange.hubs.judging import Stopped
from exchange.hubs.models import Pair
from exchange.hubs.pairs import actions, bymail, queries, telling
from exchange.hubs.pairs.forms import PairForm, WordsForm
from exchange.hubs.pairs.questions import question
from exchange.hubs.views.doors import STOPPED, managing_required
from exchange.mail import tokens
from exchange.mail.tokens import What
from exchange.members.doors import member_required, member_required_keeping_text, unsent
from exchange.members.models import Member

_MOST_PEOPLE = 300


@never_cache
@managing_required
def pairs(request, space):
    """The pairs of a space, and a new one. Hosts see that a pair lives, not what it writes."""
    people = list(roster(space)[:_MOST_PEOPLE])
    form = PairForm(request.POST if "first" in request.POST else None, people=people)
    if "end" in request.POST:
        number = request.POST["end"]
        pk = int(number) if number.isdecimal() and len(number) < 18 else 0
        actions.end(pair=get_object_or_404(Pair, space=space, pk=pk), by=request.user)
        messages.success(request, _("The pair has ended; both are told."))
        return redirect("hubs:pairs", slug=space.slug)
    if form.is_bound and form.is_valid():
        first, second = (form.cleaned_data[name].member for name in ("first", "second"))
        try:
            actions.propose(space=space, first=first, second=second, by=request.user)
        except NotNow:
            form.add_error(None, _("These two cannot be paired now: they are a pair already, or one of them does not wish it."))  # fmt: skip
        else:
            messages.success(request, _("Both are asked by mail."))
            return redirect("hubs:pairs", slug=space.slug)
    context = {"space": space, "form": form, "pairs": queries.of_space(space)}
    status = 422 if form.errors else 200
    return render(request, "hubs/pairs/pairs.html", context, status=status)


@never_cache
@member_required
def mine(request):
    """One's own pairs."""
    rows = [(pair, pair.other_of(request.user)) for pair in queries.of_member(request.user)]
    return render(request, "hubs/pairs/mine.html", {"rows": rows})


@never_cache
@member_required_keeping_text
def pair(request, pk):
    """One's own pair: yes or no, the question of the month, words to the other, the end."""
    row = queries.own(request.user, pk)
    if row is None:
        raise Http404
    act = request.POST.get("act", "")
    form = WordsForm(request.POST if act == "write" else None, initial=unsent(request))
    if act == "write" and form.is_valid():
        try:
            telling.carry(pair=row, member=request.user, words=form.cleaned_data["words"])
        except NotNow:
            form.add_error(None, _("It is paused or has ended, or enough letters went today."))
        except Stopped:
            form.add_error("words", STOPPED)
        else:
            messages.success(request, _("Your words are on their way."))
            return redirect("hubs:pair", pk=row.pk)
    if act in _ACTS:
        try:
            _ACTS[act](row, request.user)
        except NotNow:
            messages.error(request, _("That is not possible any more."))
        else:
            messages.success(request, _("Saved."))
        return redirect("hubs:pair", pk=row.pk)
    context = {
        "pair": row,
        "other": row.other_of(request.user),
        "has_agreed": row.has_agreed(request.user),
        "question": question(row.asked - 1) if row.asked else "",
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "hubs/pairs/pair.html", context, status=status)


@csrf_exempt
@never_cache
def pair_stop(request, token):
    """From the header of a letter, at one click (RFC 8058): it rests."""
    try:
        read = tokens.read(token)
    except (tokens.BadToken, tokens.Expired) as bad:
        raise Http404 from bad
    member = Member.objects.active().filter(pk=read.person).first()
    row = queries.own(member, read.item) if member else None
    if read.what is not What.PAIR_STOP or row is None:
        raise Http404
    if request.method == "POST":
        bymail.rest(row, member)
    return render(request, "hubs/pairs/stop.html", {"done": request.method == "POST"})


_ACTS = {
    "yes": lambda row, member: actions.agree(pair=row, member=member),
    "no": lambda row, member: actions.end(pair=row, by=member),
    "pause": lambda row, member: actions.pause(pair=row, member=member),
    "go-on": lambda row, member: actions.go_on(pair=row, member=member),
    "end": lambda row, member: actions.end(pair=row, by=member),
}
