"""The pages of private messages: all of them, one correspondence, the first words, the choices, and
stopping their mails. Called by urls.py; a stranger and every host get 404."""

from __future__ import annotations

from typing import Any

from allauth.core import ratelimit
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from exchange.contributions.content import Content
from exchange.contributions.errors import NotAllowed, Noticed, SpineError
from exchange.contributions.noticing import Passage, passages_at
from exchange.core.time import now
from exchange.corresponding import queries, rules, why
from exchange.corresponding.actions import answering, writing
from exchange.corresponding.errors import Rewrite
from exchange.corresponding.forms import ChoiceForm, MessageForm, OwnerForm
from exchange.corresponding.models import Correspondence, Message
from exchange.mail import tokens
from exchange.mail.tokens import BadToken, Expired, What
from exchange.members import queries as members
from exchange.members.doors import member_required, member_required_keeping_text, unsent
from exchange.members.models import Member

ONE_CLICK = ("List-Unsubscribe", "One-Click")


@never_cache
@member_required
@require_GET
def everything(request: HttpRequest) -> HttpResponse:
    """Requests first, then whom one writes with, then what waits and what was put away."""
    number = request.GET.get("page", "1")
    page = int(number) if number.isdecimal() and len(number) < 5 else 1
    context = {"all": queries.overview(request.user, max(1, page))}
    return render(request, "corresponding/all.html", context)


@never_cache
@member_required_keeping_text
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One correspondence, the newest last; the answer is written below."""
    row = _row(request, pk)
    other = row.other(request.user)
    if request.method == "GET":
        return _page(request, row, MessageForm(initial=unsent(request)))
    form = MessageForm(request.POST)
    if not form.is_valid():
        return _page(request, row, form, status=422)
    if other is None:
        form.add_error(None, why.words_for("gone", request.user))
        return _page(request, row, form, status=422)
    noticed = _sent(request, other, form)
    if noticed is not None or form.errors:
        return _page(request, row, form, noticed=noticed, status=422)
    return redirect(f"{row.get_absolute_url()}#say")


@never_cache
@member_required_keeping_text
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The first words to somebody; whoever has written with them goes to that page."""
    to = _person(request)
    row = queries.of_pair(request.user, to)
    if row is not None and request.method == "GET":
        return redirect(row)
    if request.method == "GET":
        return _new_page(request, to, MessageForm(initial=unsent(request), is_first=True))
    form = MessageForm(request.POST, is_first=row is None)
    noticed = _sent(request, to, form) if form.is_valid() else None
    if form.errors or noticed is not None:
        return _new_page(request, to, form, noticed=noticed, status=422)
    messages.success(request, _("Your message is with them. You hear when they answer."))
    return redirect("corresponding:messages")


@require_POST
@member_required
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """Yes, let it be, end it, block, unblock: one button each."""
    row = _row(request, pk)
    other, what = row.other(request.user), request.POST.get("what")
    if what == "accept":
        answering.accept(row=row, by=request.user)
        messages.success(request, _("You may write to each other now."))
        return redirect(f"{row.get_absolute_url()}#say")
    if what == "leave":
        answering.leave(row=row, by=request.user)
        messages.success(request, _("Put away. Nobody is told."))
    elif what == "block" and other is not None:
        answering.block(whom=other, by=request.user)
        messages.success(request, _("Blocked. They are not told, and cannot write to you."))
    elif what == "unblock" and other is not None:
        answering.unblock(whom=other, by=request.user)
        messages.success(request, _("They may write to you again."))
        return redirect(row)
    else:
        raise Http404
    return redirect("corresponding:messages")


@require_POST
@member_required
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own words, for both."""
    rows = Message.objects.visible_to(request.user).select_related("correspondence")
    found = get_object_or_404(rows, pk=_small(pk), writer=request.user)
    try:
        writing.take_back(message=found, by=request.user)
    except NotAllowed as refused:
        raise Http404 from refused
    messages.success(request, _("Taken back. What went by mail may have been read already."))
    return redirect(found.correspondence)


@never_cache
@member_required
@require_http_methods(["GET", "POST"])
def choices(request: HttpRequest) -> HttpResponse:
    """Who may write, whether it comes by mail, and whom one has blocked."""
    chosen = queries.choice_of(request.user)
    if request.method == "POST" and "unblock" in request.POST:
        return _unblock(request)
    initial = {"from_whom": chosen.from_whom, "by_mail": chosen.by_mail}
    form = ChoiceForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        answering.choose(member=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("corresponding:messages")
    context = {"form": form, "blocks": queries.blocked_by(request.user)}
    status = 422 if request.method == "POST" else 200
    return render(request, "corresponding/choices.html", context, status=status)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """No more letters about messages. From a header at one click (RFC 8058); from the text of a
    letter, where copies show the link, after the address it was sent to. Looking changes nothing."""
    found = _stopping(token)
    if found is None:
        return render(request, "corresponding/stop.html", {"gone": True}, status=404)
    member, by_page = found
    with translation.override(_language(request, member)):
        is_owner = request.user.is_authenticated and request.user.pk == member.pk
        asks = by_page and not is_owner
        form = OwnerForm(member=member) if asks else None
        if request.method != "POST":
            return render(request, "corresponding/stop.html", {"form": form})
        if asks:
            if not ratelimit.consume(request, action="stop_page", key=str(member.pk)):
                return render(request, "corresponding/stop.html", {"full": True}, status=429)
            form = OwnerForm(request.POST, member=member)
            if not form.is_valid():
                return render(request, "corresponding/stop.html", {"form": form}, status=422)
        answering.choose(member=member, by_mail=False)
        return render(request, "corresponding/stop.html", {"done": True})


def _sent(request: HttpRequest, to: Member, form: MessageForm) -> list[Passage] | None:
    """Send it; what a gate noticed is given back, other refusals stand in the form."""
    text = form.cleaned_data["text"]
    try:
        writing.write(
            by=request.user,
            to=to,
            text=text,
            once_key=form.cleaned_data["once"],
            insist=bool(request.POST.get("insist")),
        )
    except Noticed as seen:
        request.may_insist = not isinstance(seen, Rewrite)
        place = form["text"]
        content = Content(title="", body=text)
        return passages_at(seen, content, lambda _name: (place.label, f"#{place.auto_id}"))
    except SpineError as refusal:
        form.add_error(None, why.words_of(refusal, request.user))
    return None


def _page(
    request: HttpRequest,
    row: Correspondence,
    form: MessageForm,
    *,
    noticed: list[Passage] | None = None,
    status: int = 200,
) -> HttpResponse:
    number = request.GET.get("before", "")
    before = int(number) if number.isdecimal() and len(number) < 18 else 0
    talk = queries.talk(row, request.user, before=before)
    if talk.messages:
        answering.see(row=row, by=request.user, upto=talk.messages[-1].pk)
    context: dict[str, Any] = {
        "talk": talk,
        "form": form,
        "noticed": noticed,
        "may_insist": getattr(request, "may_insist", False),
        "reason": why.words_for(talk.why_not, request.user) if talk.why_not else "",
        "seen": members.shown(talk.other, request.user) if talk.other else None,
    }
    return render(request, "corresponding/one.html", context, status=status)


def _new_page(
    request: HttpRequest,
    to: Member,
    form: MessageForm,
    *,
    noticed: list[Passage] | None = None,
    status: int = 200,
) -> HttpResponse:
    code = rules.why_not(request.user, to, queries.between(request.user, to), now())
    context = {
        "to": to,
        "seen": members.shown(to, request.user),
        "form": form,
        "noticed": noticed,
        "may_insist": getattr(request, "may_insist", False),
        "reason": why.words_for(code, request.user) if code else "",
    }
    return render(request, "corresponding/new.html", context, status=status)


def _unblock(request: HttpRequest) -> HttpResponse:
    number = request.POST["unblock"]
    blocks = {str(block.whom_id): block.whom for block in queries.blocked_by(request.user)}
    if number in blocks:
        answering.unblock(whom=blocks[number], by=request.user)
        messages.success(request, _("They may write to you again."))
    return redirect("corresponding:choices")


def _row(request: HttpRequest, pk: int) -> Correspondence:
    found = queries.one(_small(pk), request.user)
    if found is None:
        raise Http404
    return found


def _person(request: HttpRequest) -> Member:
    number = request.POST.get("to") or request.GET.get("to", "")
    if not number.isdecimal() or len(number) > 18 or int(number) == request.user.pk:
        raise Http404
    found: Member = get_object_or_404(Member.objects.active(), pk=int(number))
    return found


def _small(pk: int) -> int:
    if pk >= 2**63:
        raise Http404
    return pk


def _stopping(token: str) -> tuple[Member, bool] | None:
    try:
        found = tokens.read(token)
    except (BadToken, Expired):
        return None
    if found.what not in (What.MESSAGE_STOP, What.MESSAGE_PAGE):
        return None
    member = Member.objects.active().filter(pk=found.person, is_demo=False).first()
    return (member, found.what is What.MESSAGE_PAGE) if member is not None else None


def _language(request: HttpRequest, member: Member) -> str:
    asked: str = translation.get_language_from_path(request.path_info) or ""
    return asked or member.first_language
