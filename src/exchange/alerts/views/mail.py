"""Everything a member follows, how they want mail, and what was sent to them.
Called through `alerts.urls`."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from exchange.alerts.watching import overview
from exchange.alerts.wishing import actions, queries, words
from exchange.alerts.wishing.forms import PauseForm, WishesForm
from exchange.mail.bounces.queries import may_write
from exchange.mail.models import OutgoingMail
from exchange.mail.together import SIGN
from exchange.members.doors import member_required, member_required_keeping_text, unsent

SENT_A_PAGE = 30


@never_cache
@member_required
def mail(request: HttpRequest) -> HttpResponse:
    """One list: what is followed, the rule that holds, and why."""
    return _mail(request, PauseForm())


def _mail(request: HttpRequest, pause: PauseForm, *, status: int = 200) -> HttpResponse:
    wishes = queries.wishes_of(request.user)
    number = request.GET.get("page", "1")
    page = int(number) if number.isascii() and number.isdecimal() and len(number) < 6 else 1
    shown = overview.overview(request.user, wishes, page=page)
    context = {
        "wishes": wishes,
        # Why nothing unasked goes to them any more; "" when it does.
        "mail_stopped": may_write(request.user.email, "alert"),
        "digest_comes": words.digest_comes(wishes),
        "next_digest": words.next_digest(wishes),
        "followed": shown.rows,
        "has_help": shown.has_help,
        "number": shown.page,
        "pages": _numbered(shown),
        "pause": pause,
    }
    return render(request, "alerts/mail.html", context, status=status)


def _numbered(shown: overview.Overview) -> list[dict[str, object]]:
    """The pages near this one, the first and the last."""
    if shown.pages == 1:
        return []
    near = range(shown.page - 2, shown.page + 3)
    numbers = sorted({1, shown.pages, *(n for n in near if 1 <= n <= shown.pages)})
    return [{"number": n, "url": f"?page={n}", "current": n == shown.page} for n in numbers]


@never_cache
@member_required_keeping_text
def wishes(request: HttpRequest) -> HttpResponse:
    """When, how much, how many."""
    now_set = queries.wishes_of(request.user)
    form = WishesForm(
        request.POST if request.method == "POST" else None,
        member=request.user,
        wishes=now_set,
        initial=unsent(request),
    )
    if request.method == "POST" and form.is_valid():
        actions.set_wishes(member=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(reverse("alerts:mail"))
    status = 422 if request.method == "POST" else 200
    return render(request, "alerts/wishes.html", {"form": form}, status=status)


@require_POST
@never_cache
@member_required_keeping_text(back=lambda request: reverse("alerts:mail"))
def act(request: HttpRequest) -> HttpResponse:
    """Pause everything, stop everything, start again."""
    what = request.POST.get("what")
    if what == "pause":
        form = PauseForm(request.POST)
        if not form.is_valid():
            return _mail(request, form, status=422)
        actions.pause(member=request.user, until=form.until())
    elif what == "stop":
        actions.stop_all(member=request.user)
    elif what == "start":
        actions.start_again(member=request.user)
    return HttpResponseRedirect(reverse("alerts:mail"))


@never_cache
@member_required
def sent(request: HttpRequest) -> HttpResponse:
    """What was sent to this member, or not, and why not; the newest first."""
    before = request.GET.get("before", "")
    rows = OutgoingMail.objects.filter(person=request.user.pk).exclude(last_error__startswith=SIGN)
    if before.isascii() and before.isdecimal() and len(before) < 19:
        rows = rows.filter(pk__lt=int(before))
    found = list(rows.defer("text", "html", "headers").order_by("-pk")[: SENT_A_PAGE + 1])
    more = len(found) > SENT_A_PAGE
    shown = [_sent(one) for one in found[:SENT_A_PAGE]]
    context = {"sent": shown, "older": shown[-1]["mail"].pk if more else None}
    return render(request, "alerts/sent.html", context)


def _sent(mail: OutgoingMail) -> dict[str, object]:
    sort = mail.item.partition(":")[0]
    item = mail.item if sort in ("reply", "contribution") else ""
    return {"mail": mail, "became": words.what_became(mail), "item": item}
