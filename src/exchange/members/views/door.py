"""Joining and signing in: one address, one code, and back to where the person came from.
Called by `urls.py`."""

import time
from dataclasses import asdict

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.internal.flows.logout import logout
from allauth.account.internal.stagekit import clear_login
from allauth.account.models import Login
from allauth.core import ratelimit
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from exchange.core import languages
from exchange.mail.rules import MailRefused
from exchange.members import actions, codes, queries
from exchange.members.actions import About
from exchange.members.forms import CodeForm, JoinForm, SignInForm
from exchange.members.letters import send_code
from exchange.members.naming import NameRefused
from exchange.members.views.paths import next_page, with_next

# What was typed on the join page waits in the session while the code is on its way.
JOINING = "joining"
KEPT_SECONDS = 60 * 60


@never_cache
def join(request):
    """Everything asked of a newcomer, on one page. The answer is the same for a known address."""
    if request.user.is_authenticated:
        return redirect(next_page(request) or "members:me")
    proven = codes.proven(request.session)
    if request.method != "POST":
        return _join_page(request, JoinForm(initial=_begun(request), proven=proven))
    form = JoinForm(request.POST, proven=proven)
    if not form.is_valid():
        return _join_page(request, form, status=422)
    request.session[JOINING] = {"at": time.time(), "email": form.email_address, **_typed(form)}
    if proven:
        return _arrive(request, proven, next_page(request), asdict(form.about))
    return _send(request, form, about=asdict(form.about))


@never_cache
def sign_in(request):
    """The one door: an address, known or not, gets a code."""
    if request.user.is_authenticated:
        return redirect(next_page(request) or "members:me")
    if request.method != "POST":
        return _sign_in_page(
            request, SignInForm(initial={"email": request.GET.get("email", "")[:254]})
        )
    form = SignInForm(request.POST)
    if not form.is_valid():
        return _sign_in_page(request, form, status=422)
    return _send(request, form, about=None)


@never_cache
def enter_code(request):
    """The code from the mail. Three wrong ones, or a quarter of an hour, and it begins anew."""
    code = codes.under_way(request.session)
    if code is None:
        if request.user.is_authenticated:
            return redirect("members:me")
        messages.error(
            request, _("That code no longer works. Ask for a new one; it takes a moment.")
        )
        return redirect(with_next("account_login", next_page(request)))
    if request.method != "POST":
        return _code_page(request, code, CodeForm())
    if request.POST.get("action") == "again":
        return _send_again(request, code)
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _code_page(request, code, form, status=422)
    return _answered(request, code, form)


@require_POST
def anew(request):
    """Begin again with another address; what was typed elsewhere stays in the session."""
    page = next_page(request)
    codes.forget(request.session)
    codes.forget_proven(request.session)
    request.session.pop(JOINING, None)
    clear_login(request)
    return redirect(with_next("account_login", page))


@never_cache
def sign_out(request):
    """Asked once by GET, done by POST."""
    if not request.user.is_authenticated:
        return redirect("account_login")
    if request.method != "POST":
        return render(request, "members/sign_out.html")
    logout(request)
    messages.success(
        request, _("You have signed out. On a shared phone, close the browser as well.")
    )
    return redirect("account_login")


def inactive(request):
    """A closed account; shown only to someone who has shown the address to be theirs."""
    return render(request, "members/inactive.html", status=403)


def _answered(request, code, form):
    answer = codes.answer(request.session, form.cleaned_data["code"])
    if answer is codes.Answer.RIGHT:
        return _arrive(request, code.email, code.next, code.about)
    if answer is codes.Answer.WRONG:
        form.add_error("code", _("That is not the code. Please look again at the newest mail."))
        return _code_page(request, codes.under_way(request.session), form, status=422)
    words = _("That was not the code, three times, so it no longer works. Ask for a new one.")
    messages.error(request, words)
    return redirect(_start_again(code))


def _start_again(code):
    """The page the code was asked on, with what was typed there."""
    if code.about is not None:
        return with_next("account_signup", code.next)
    return with_next("account_login", code.next, email=code.email)


def _arrive(request, email, page, about):
    """The address is theirs: come in, join, or tell what is still missing."""
    member = queries.by_address(email)
    if member is None and about is None:
        codes.prove(request.session, email)
        words = _("This address is yours. Nobody has joined with it yet: you can, in a minute.")
        messages.success(request, words)
        return redirect(with_next("account_signup", page))
    if member is not None:
        if about is not None:
            words = _("You have a place here already, so we signed you in. Nothing was changed.")
            messages.info(request, words)
        actions.confirm_address(member=member)
        return _come_in(request, member, page)
    try:
        member = actions.join(email=email, about=About(**about))
    except NameRefused as refused:
        messages.error(request, refused.problem.words)
        codes.prove(request.session, email)
        return redirect(with_next("account_signup", page))
    except actions.AddressTaken:
        return _come_in(request, queries.by_address(email), page)
    return _come_in(request, member, page or reverse("members:welcome"))


def _come_in(request, member, page):
    """Through the stages of allauth: second factor, what is still to agree to."""
    request.session.pop(JOINING, None)
    codes.forget_proven(request.session)
    record_authentication(request, member, method="code", email=member.email)
    return perform_login(request, Login(user=member, redirect_url=page or None, email=member.email))


def _send(request, form, *, about):
    """Send a code to the address of a form and ask for it on the next page."""
    email = form.email_address if about is not None else form.cleaned_data["email"]
    if not _may_have_code(request, email):
        return _too_often(request, email, "account_login" if about is None else "account_signup")
    page = next_page(request)
    code = codes.begin(request.session, email=email, next_page=page, about=about)
    try:
        send_code(email=email, code=code, joining=about is not None, host=request.get_host())
    except MailRefused:
        codes.forget(request.session)
        form.add_error("email", _("We cannot write to this address. Please give another one."))
        again = _sign_in_page if about is None else _join_page
        return again(request, form, status=422)
    return redirect("account_confirm_login_code")


def _send_again(request, code):
    if not _may_have_code(request, code.email):
        return _too_often(request, code.email, "account_login")
    fresh = codes.again(request.session)
    if fresh is None:
        codes.forget(request.session)
        messages.error(request, _("We sent the code several times. Check the address, please."))
        return redirect(_start_again(code))
    send_code(email=code.email, code=fresh, joining=code.about is not None, host=request.get_host())
    messages.success(request, _("A new code is on its way. Only the newest one works."))
    return redirect("account_confirm_login_code")


def _may_have_code(request, email):
    """Few codes for an address from one line, some more from all lines together: so nobody is
    flooded with mail, and nobody can easily keep somebody else from signing in."""
    line = f"{email}|{get_adapter().get_client_ip(request)}"
    from_here = ratelimit.consume(request, action="request_login_code", key=line)
    return from_here and ratelimit.consume(request, action="codes_to_an_address", key=email)


def _too_often(request, email, door):
    """429: too many codes for an address or from a line; the address stays typed."""
    context = {"email": email, "door": reverse(door), "next": next_page(request)}
    return render(request, "members/too_often.html", context, status=429)


def _sign_in_page(request, form, status=200):
    context = {
        "form": form,
        "next": next_page(request),
        "under_way": codes.under_way(request.session),
    }
    return render(request, "members/sign_in.html", context, status=status)


def _join_page(request, form, status=200):
    context = {"form": form, "next": next_page(request), "proven": form.proven}
    return render(request, "members/join.html", context, status=status)


def _code_page(request, code, form, status=200):
    context = {"form": form, "code": code, "next": code.next}
    return render(request, "members/code.html", context, status=status)


def _begun(request):
    """What the visitor typed on the join page earlier in this session, or a fair guess."""
    begun = {"language_1": languages.current(), "email": request.GET.get("email", "")[:254]}
    typed = request.session.get(JOINING, {})
    return {**begun, **(typed if typed.get("at", 0) > time.time() - KEPT_SECONDS else {})}


def _typed(form):
    return {name: value for name, value in form.cleaned_data.items() if name != "email"}
