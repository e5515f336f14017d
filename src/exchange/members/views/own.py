"""A member's own pages: what is theirs, what others see of them, the welcome, the first host.
Called by `urls.py`."""

from allauth.account.internal.decorators import login_stage_required
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from exchange.mail.bounces.actions import revive
from exchange.mail.bounces.queries import may_write
from exchange.members import actions, first_host, queries, rules
from exchange.members.doors import member_required, member_required_keeping_text, unsent
from exchange.members.forms import AgreementForm, ProfileForm, told_by
from exchange.members.naming import NameRefused
from exchange.members.stages import AgreementStage
from exchange.members.views.paths import next_page

# Where to go on when a second factor has been set up.
AFTER_SECOND_FACTOR = "after_second_factor"


@never_cache
@member_required
def me(request):
    """Everything that is the member's own, and the ways to change it."""
    has_second_factor = rules.has_second_factor(request.user)
    context = {
        "has_second_factor": has_second_factor,
        # Why nothing unasked goes to them any more; "" when it does.
        "mail_stopped": may_write(request.user.email, "alert"),
    }
    return render(request, "members/me.html", context)


@never_cache
@member_required
def welcome(request):
    """The first page after joining: what to do first."""
    return render(request, "members/welcome.html")


@never_cache
@member_required_keeping_text
def profile(request):
    """What others see of the member."""
    member = request.user
    if request.method != "POST":
        form = ProfileForm(initial={**told_by(member), **unsent(request)}, member=member)
        return render(request, "members/profile.html", {"form": form})
    form = ProfileForm(request.POST, member=member)
    if form.is_valid():
        try:
            actions.edit_profile(member=member, about=form.about)
        except NameRefused as refused:
            form.add_error("display_name", refused.problem.words)
        else:
            messages.success(request, _("Saved. This is how others see you now."))
            return redirect("members:me")
    return render(request, "members/profile.html", {"form": form}, status=422)


@require_POST
@member_required
def data_saver(request):
    """Lighter pages, or the usual ones."""
    actions.save_data(member=request.user, wanted=request.POST.get("wanted") == "yes")
    return redirect("members:me")


@require_POST
@member_required
def mail_again(request):
    """Their address works, or our mail is wanted again."""
    if revive(address=request.user.email):
        messages.success(request, _("Thank you. We write to you again."))
    return redirect("members:me")


@require_POST
@member_required
def discretion(request):
    """For a phone that others look at."""
    actions.be_discreet(
        member=request.user,
        neutral_subjects="neutral_subjects" in request.POST,
        quick_exit="quick_exit" in request.POST,
    )
    messages.success(request, _("Saved."))
    return redirect("members:me")


@never_cache
@login_stage_required(stage=AgreementStage.key, redirect_urlname="account_login")
def agreement(request):
    """Between the code and the house: what is to be agreed to, in today's version."""
    stage = request._login_stage
    asked = queries.not_yet_agreed(stage.login.user)
    form = AgreementForm(request.POST or None, asked=asked)
    if request.method == "POST" and form.is_valid():
        actions.agree(member=stage.login.user, to=asked)
        return stage.exit()
    status = 422 if request.method == "POST" else 200
    return render(request, "members/agreement.html", {"form": form}, status=status)


@never_cache
@member_required
def second_factor(request):
    """Why hosts need a second factor, and the two ways to set one up."""
    page = next_page(request)
    if page:
        request.session[AFTER_SECOND_FACTOR] = page
    if rules.has_second_factor(request.user):
        return redirect(page or "mfa_index")
    return render(request, "members/second_factor.html")


@never_cache
def become_first_host(request, token):
    """Behind the link that `run` prints, for as long as there is no host."""
    if queries.there_is_a_host() or not first_host.is_open(token):
        raise Http404
    if request.method != "POST" or not request.user.is_authenticated:
        return render(request, "members/first_host.html")
    try:
        actions.become_first_host(member=request.user, token=token)
    except actions.NoLongerOpen as closed:
        raise Http404 from closed
    messages.success(request, _("You are the first host. Welcome, and thank you."))
    return redirect("members:second-factor")
