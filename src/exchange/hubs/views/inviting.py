"""Hosts invite by list and by link; whoever is invited says yes, no, or never again.
Called by `urls/inviting.py`. Looking changes nothing, but who tapped yes and then signed in comes in."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from exchange.hubs.errors import NotAllowed, NotNow
from exchange.hubs.inviting import actions, queries
from exchange.hubs.inviting.forms import LinkForm, ListForm
from exchange.hubs.models import Invitation, InviteLink
from exchange.hubs.views.doors import managing_required
from exchange.mail import tokens
from exchange.mail.tokens import What
from exchange.members.doors import unsent

# In the session of somebody who tapped yes and has to sign in or join first.
_SAID_YES = "said_yes_to"


@never_cache
@managing_required
def inviting(request, space):
    """A list in one paste, a link, and how it goes."""
    act = request.POST.get("act", "")
    typed = request.POST if request.method == "POST" and act in ("list", "rest") else None
    form = ListForm(typed, space=space, initial=unsent(request))
    link = LinkForm(request.POST if act == "link" else None, auto_id="link_%s")
    if act == "link" and link.is_valid():
        return _make_link(request, space, link)
    if act == "back":
        return _take_back(request, space)
    ready = typed is not None and form.is_valid() and (act == "rest" or not form.list.wrong)
    if ready and _invite(request, space, form):
        if not form.list.wrong:
            return redirect("hubs:inviting", slug=space.slug)
        # What could not be read is still there to be mended.
        rest = "\n".join(one.typed for one in form.list.wrong)
        form = ListForm(initial={**form.cleaned_data, "addresses": rest}, space=space)
        return _page(request, space, form, link)
    wrong = form.list.wrong if typed is not None else ()
    status = 422 if form.errors or link.errors or wrong else 200
    return _page(request, space, form, link, wrong=wrong, status=status)


@require_POST
@managing_required
def link_away(request, space, pk):
    """A link opens nothing any more."""
    link = get_object_or_404(InviteLink, space=space, pk=pk if pk < 2**63 else 0)
    actions.take_back_link(link=link, by=request.user)
    messages.success(request, _("The link opens nothing any more."))
    return redirect("hubs:inviting", slug=space.slug)


@never_cache
def invited(request, key):
    """The page behind the letter and behind a link."""
    found = queries.by_key(key)
    if found is None:
        return render(request, "hubs/inviting/over.html", status=404)
    if isinstance(found, Invitation) and found.state == Invitation.State.DECLINED:
        return render(request, "hubs/inviting/over.html", {"said_no": True})
    if request.method != "POST":
        if request.user.is_authenticated and request.session.get(_SAID_YES) == key:
            return _come_in(request, found)
        return _invited_page(request, found)
    act = request.POST.get("act", "")
    if act in ("no", "never") and isinstance(found, Invitation):
        return _no(request, found, never_again=act == "never")
    if request.user.is_authenticated:
        return _come_in(request, found)
    request.session[_SAID_YES] = key
    door = "account_login" if act == "sign-in" else "account_signup"
    page = reverse("hubs:invited", args=[key])
    return redirect(f"{reverse(door)}?{urlencode({'next': page})}")


@csrf_exempt
@never_cache
def invite_stop(request, token):
    """From the header of the letter, at one click (RFC 8058)."""
    try:
        read = tokens.read(token)
    except (tokens.BadToken, tokens.Expired) as bad:
        raise Http404 from bad
    row = Invitation.objects.filter(pk=read.item).first()
    if read.what is not What.INVITE_STOP or row is None:
        raise Http404
    if request.method == "POST":
        actions.say_no(invitation=row, never_again=True)
        return render(request, "hubs/inviting/over.html", {"said_no": True})
    return render(request, "hubs/inviting/stop.html", {"invitation": row})


def _come_in(request, found):
    request.session.pop(_SAID_YES, None)
    try:
        if isinstance(found, InviteLink):
            actions.use_link(link=found, member=request.user)
        else:
            actions.say_yes(invitation=found, member=request.user)
    except (NotNow, NotAllowed):
        return render(request, "hubs/inviting/over.html", {"another": True}, status=404)
    messages.success(request, _("Welcome. You belong to it now."))
    return redirect(found.space)


def _no(request, invitation, *, never_again):
    actions.say_no(invitation=invitation, never_again=never_again)
    return render(request, "hubs/inviting/over.html", {"said_no": True})


def _invite(request, space, form):
    """Whether they were written to; else why not stands in the form."""
    given = {name: form.cleaned_data[name] for name in ("language", "role")}
    try:
        done = actions.invite(space=space, people=form.list.people, by=request.user, **given)
    except actions.TooMany as many:
        words = ngettext(
            "Today this group can invite %(n)d more person; the others tomorrow.",
            "Today this group can invite %(n)d more people; the others tomorrow.",
            many.left,
        )
        form.add_error("addresses", words % {"n": many.left})
        return False
    except NotNow:
        form.add_error(None, _("It is closed: nobody can be invited."))
        return False
    messages.success(request, " ".join(_said(done, form.list.doubled)))
    return True


def _said(done, doubled):
    yield ngettext("%(n)d letter is on its way.", "%(n)d letters are on their way.", done.invited) % {"n": done.invited}  # fmt: skip
    if done.before:
        yield ngettext("%(n)d was invited before and gets no second letter.", "%(n)d were invited before and get no second letter.", done.before) % {"n": done.before}  # fmt: skip
    if doubled:
        yield ngettext("%(n)d stood in the list twice.", "%(n)d stood in the list twice.", doubled) % {"n": doubled}  # fmt: skip
    if done.unwilling:
        yield ngettext("%(n)d does not wish to be invited to anything.", "%(n)d do not wish to be invited to anything.", done.unwilling) % {"n": done.unwilling}  # fmt: skip


def _make_link(request, space, form):
    try:
        actions.make_link(space=space, by=request.user, **form.cleaned_data)
    except NotNow:
        messages.error(request, _("There are many links already, or it is closed. Take one back first."))  # fmt: skip
    else:
        messages.success(request, _("The link is ready. Whoever has it can come in."))
    return redirect("hubs:inviting", slug=space.slug)


def _take_back(request, space):
    pk = request.POST.get("invitation", "")
    number = int(pk) if pk.isdecimal() and len(pk) < 18 else 0
    row = get_object_or_404(Invitation, space=space, by=request.user, pk=number)
    actions.take_back(invitation=row, by=request.user)
    messages.success(request, _("Taken back. The address is forgotten."))
    return redirect("hubs:inviting", slug=space.slug)


def _page(request, space, form, link, *, wrong=(), status=200):
    context = {
        "space": space,
        "form": form,
        "link_form": link,
        "wrong": wrong,
        "right": len(form.list.people),
        "tally": queries.tally(space),
        "unanswered": queries.unanswered(space, request.user),
        "links": queries.links_of(space),
    }
    return render(request, "hubs/inviting/inviting.html", context, status=status)


def _invited_page(request, found):
    is_letter = isinstance(found, Invitation)
    context = {"space": found.space, "invitation": found, "is_letter": is_letter}
    return render(request, "hubs/inviting/invited.html", context)
