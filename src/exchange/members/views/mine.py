"""What we hold of a member, as a page and as a file, and the way out.
Called by `urls.py`."""

from django.contrib import messages
from django.contrib.auth import logout
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from exchange.members import holdings, leaving, rules
from exchange.members.doors import member_required, showed_second_factor
from exchange.members.forms import LeavingForm
from exchange.members.views.paths import with_next


def _sure(view):
    """Who has a second factor shows it here: all we know of somebody, and the end of it, need more
    than an open phone."""

    @never_cache
    @member_required
    def door(request):
        member = request.user
        if rules.has_second_factor(member) and not showed_second_factor(request, member):
            return redirect(with_next("mfa_reauthenticate", _page(request)))
        return view(request)

    return door


def _page(request):
    return request.get_full_path() if request.method == "GET" else reverse("members:leave")


@never_cache
@require_safe
@member_required
def data(request):
    """What we hold, by room, in numbers."""
    return render(request, "members/data.html", {"rooms": holdings.rooms(request.user)})


@require_safe
@_sure
def data_page(request):
    """All of it in one file that opens in a browser."""
    answer = HttpResponse(holdings.as_page(request.user))
    answer["Content-Disposition"] = 'attachment; filename="my-data.html"'
    return answer


@require_safe
@_sure
def data_file(request):
    """All of it, for reading and for machines, with the pictures."""
    made = holdings.as_zip(request.user)
    return FileResponse(made, as_attachment=True, filename="my-data.zip")


@_sure
def leave(request):
    """Two ways to leave, each with what it means, and the address typed to be sure."""
    member = request.user
    form = LeavingForm(request.POST or None, member=member)
    if member.is_appointed or request.method != "POST" or not form.is_valid():
        context = {
            "form": form,
            "numbers": holdings.numbers(member),
            "may_stop_hosting": leaving.may_stop_hosting(member),
        }
        status = 422 if request.method == "POST" else 200
        return render(request, "members/leaving.html", context, status=status)
    leaving.leave(member=member, words_too=form.cleaned_data["words"] == "go")
    logout(request)
    return redirect("members:goodbye")


@require_POST
@_sure
def stop_hosting(request):
    """Before leaving, or for its own sake."""
    if request.user.is_appointed:
        try:
            leaving.stop_hosting(member=request.user)
        except leaving.LastHost:
            messages.error(request, _("You are the only host. Please appoint another first."))
        else:
            messages.success(request, _("You host no more. Thank you for all you did."))
    return redirect("members:leave")


@never_cache
@require_safe
def goodbye(request):
    """After the last click; nobody is signed in any more."""
    return render(request, "members/goodbye.html")
